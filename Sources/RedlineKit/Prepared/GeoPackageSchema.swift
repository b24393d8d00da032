import Foundation
import GRDB
import RedlineGeometry

/// The tables of a GeoPackage (OGC 12-128r18) with those of a prepared catalog beside them.
enum GeoPackageSchema {
    /// The tables that keep something of layers as a whole: where cells lie, measured ground, fields, patches.
    private static let blocks = ["redline_chunks", "redline_tiles", "redline_fields", "redline_patches"]

    static func create(in database: Database) throws {
        // 'GPKG', and version 1.3.
        try database.execute(
            sql: """
                PRAGMA application_id = 1196444487;
                PRAGMA user_version = 10300;
                CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
                  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
                  description TEXT);
                CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
                  identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL,
                  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
                CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
                  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
                  PRIMARY KEY (table_name, column_name));
                CREATE TABLE redline_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL);
                CREATE TABLE redline_layer (id INTEGER PRIMARY KEY, layer TEXT NOT NULL, edition TEXT NOT NULL,
                  table_name TEXT NOT NULL, summary BLOB NOT NULL, directory BLOB NOT NULL, checksum INTEGER NOT NULL,
                  UNIQUE (layer, edition));
                CREATE TABLE redline_cells (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
                """)
        for table in blocks {
            try database.execute(
                sql: "CREATE TABLE \(table) (id INTEGER PRIMARY KEY, data BLOB NOT NULL, checksum INTEGER NOT NULL)")
        }
        let systems: [(String, Int, String, Int, String)] = [
            ("Undefined Cartesian", -1, "NONE", -1, "undefined"), ("Undefined geographic", 0, "NONE", 0, "undefined"),
            (
                "WGS 84", 4326, "EPSG", 4326,
                definition(name: "WGS 84", datum: "WGS_1984", ellipsoid: "WGS 84", "298.257223563")
            ),
            (
                "CGCS2000", GeoPackageGeometry.srs, "EPSG", GeoPackageGeometry.srs,
                definition(
                    name: "China Geodetic Coordinate System 2000", datum: "China_2000", ellipsoid: "CGCS2000",
                    "298.257222101")
            ),
        ]
        for (name, id, organization, code, definition) in systems {
            try database.execute(
                sql: "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)",
                arguments: [name, id, organization, code, definition])
        }
    }

    private static func definition(name: String, datum: String, ellipsoid: String, _ flattening: String) -> String {
        """
        GEOGCS["\(name)",DATUM["\(datum)",SPHEROID["\(ellipsoid)",6378137,\(flattening)]],PRIMEM["Greenwich",0],\
        UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","\(name == "WGS 84" ? 4326 : GeoPackageGeometry.srs)"]]
        """
    }

    static func setMeta(_ key: String, _ value: String, in database: Database) throws {
        let checksum = Checksum.of(Data(key.utf8), Data(value.utf8))
        try database.execute(
            sql: "INSERT INTO redline_meta VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value, "
                + "checksum = excluded.checksum",
            arguments: [key, value, Int64(bitPattern: checksum)])
    }

    /// Keeps something of a layer as a whole.
    static func insert(_ data: Data, of layer: Int64, into table: String, in database: Database) throws {
        let checksum = Checksum.of(Data("\(layer)\n".utf8), data)
        try database.execute(
            sql: "INSERT INTO \(table) VALUES (?, ?, ?)", arguments: [layer, data, Int64(bitPattern: checksum)])
    }

    static func createLayer(
        _ table: String, title: String, envelope: Envelope, geometryType: String, in database: Database
    ) throws {
        let quoted = table.quotedDatabaseIdentifier
        try database.execute(
            sql: """
                CREATE TABLE \(quoted) (fid INTEGER PRIMARY KEY, geom BLOB, zone_id TEXT, zone_code TEXT,
                  zone_name TEXT, zone_class TEXT, repaired BOOLEAN, attributes BLOB)
                """)
        let box: [Double?] =
            envelope.isEmpty ? [nil, nil, nil, nil] : [envelope.minX, envelope.minY, envelope.maxX, envelope.maxY]
        // The same bytes from the same input: no time of making.
        try database.execute(
            sql: "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, '1970-01-01T00:00:00.000Z', ?, ?, ?, ?, ?)",
            arguments: [table, table, title, box[0], box[1], box[2], box[3], GeoPackageGeometry.srs])
        try database.execute(
            sql: "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
            arguments: [table, geometryType, GeoPackageGeometry.srs])
    }

    static func insert(_ rows: [PreparedZone], into table: String, in database: Database) throws {
        let statement = try database.makeStatement(
            sql: "INSERT INTO \(table.quotedDatabaseIdentifier) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        // SQLite ends a text at U+0000; as bytes it is kept whole.
        func kept(_ text: String?) -> (any DatabaseValueConvertible)? {
            guard let text, text.utf8.contains(0) else { return text }
            return Data(text.utf8)
        }
        for (place, row) in rows.enumerated() {
            try statement.execute(arguments: [
                place + 1, row.geometry, kept(row.id), kept(row.code), kept(row.name), kept(row.class), row.isRepaired,
                row.attributes,
            ])
        }
    }
}

/// Geometry as GeoPackage keeps it: a header, then well-known binary.
enum GeoPackageGeometry {
    /// CGCS2000.
    static let srs = 4490
    /// 'GP', version, flags, and the number of the CRS.
    static let headerSize = 8

    /// The row of a zone.
    static func row(_ zone: Zone) -> PreparedZone {
        let ground = zone.ground
        let isOnlyPolygons = ground.lines.isEmpty && ground.points.isEmpty
        let geometry = isOnlyPolygons ? Geometry.multiPolygon(ground.polygons) : ground.geometry ?? .collection([])
        // No envelope, least significant byte first.
        var data = Data([0x47, 0x50, 0, 0b0000_0001])
        for shift in stride(from: 0, to: 32, by: 8) { data.append(UInt8(truncatingIfNeeded: srs >> shift)) }
        data.append(contentsOf: WellKnownBinary.encode(geometry))
        return PreparedZone(
            id: zone.id, code: zone.code, name: zone.name, class: zone.class,
            attributes: PreparedZone.packed(zone.attributes), isRepaired: zone.isRepaired, geometry: data)
    }
}
