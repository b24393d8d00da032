extension CellLayer {
    /// Puts zones of several layers together as the zones of one, in that order.
    ///
    /// - Parameter parts: Layers, and the places of the zones to take from each.
    /// - Complexity: That of copying the cells and indexing them anew.
    package init(joining parts: [(layer: CellLayer, zones: [Int])]) {
        var zones: [ZoneCells] = []
        for part in parts {
            for zone in part.zones { zones.append(part.layer.zoneCells(zone)) }
        }
        self.init(zones)
    }

    /// The cells of one zone by themselves.
    package func zoneCells(_ zone: Int) -> ZoneCells {
        let cells = cells(ofZone: zone)
        var copy = ZoneCells(rule: rules[zone])
        copy.origin = origins[zone]
        copy.rectangles = Array(rectangles[cells])
        let first = edgeStarts[cells.lowerBound]
        copy.edgeStarts = edgeStarts[cells.lowerBound...cells.upperBound].map { $0 - first }
        copy.edges = Array(edges[Int(first)..<Int(edgeStarts[cells.upperBound])])
        return copy
    }
}
