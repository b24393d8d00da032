/// Files that are read otherwise than `ogrinfo` reads them, with the reason.
enum KnownDifferences {
    private static let broken =
        "the rows are read and each broken geometry is reported; GDAL leaves it out, or gives up"
    private static let noTable = "a shapefile without its table is refused"
    private static let damaged = "GDAL stops at the damaged row and reports success"

    static let all: [String: String] = [
        "gdal-ogr/filegdb/testopenfilegdb92.gdb.zip": "a TIN inside a collection is refused by its name",
        "gdal-ogr/filegdb/weird_winding_order_fgdb.zip":
            "the folder inside the archive is found; ogrinfo wants its name",
        "gdal-ogr/flatgeobuf/invalid_curvepolygon_linestring_three_points.fgb": damaged,
        "gdal-ogr/flatgeobuf/invalid_polyhedralsurface_of_curvepolygon.fgb": damaged,
        "gdal-ogr/flatgeobuf/test_ogr_flatgeobuf_singlepart_mls_new.fgb": damaged,
        "gdal-ogr/geojson/ogr_geojson_14.geojson": broken,
        "gdal-ogr/gpkg/huge_feature_count.gpkg": "the announced count is absurd; the one row is read and counted",
        "gdal-ogr/jsonfg/prism_with_polygon_base.json": "a place of JSON-FG is reported; GDAL makes no geometry of it",
        "gdal-ogr/kml/empty.kml": "a file without any layer is refused",
        "gdal-ogr/kml/style_of_point_with_external_style/style.kml": "a file without any layer is refused",
        "gdal-ogr/shp/arcm_with_m.shp": noTable,
        "gdal-ogr/shp/buggymultiline.shp": noTable,
        "gdal-ogr/shp/buggymultipoly.shp": noTable,
        "gdal-ogr/shp/buggypoint.shp": noTable,
        "gdal-ogr/shp/emptyshapefilewithsbn.shp": noTable,
        "gdal-ogr/shp/pointzm_with_all_nodata_m.shp": noTable,
        "gdal-ogr/shp/polygonm_with_m.shp": noTable,
        "gdal-ogr/shp/testpointm.shp": noTable,
        "geojson-validity/check-geojson/bad/bad-polygonloop.geojson": broken,
        "geojson-validity/check-geojson/bad/badcoord.geojson": broken,
        "geojson-validity/check-geojson/bad/badfeature.geojson": broken,
        "geojson-validity/check-geojson/bad/multipoint-multidimension.geojson": broken,
        "geojson-validity/check-geojson/bad/multipoint-nondimension.geojson": broken,
        "geojson-validity/check-geojson/bad/point-labeled-as-a-multipolygon.geojson": broken,
        "geojson-validity/check-geojson/bad/point-toofew.geojson": broken,
        "geojson-validity/check-geojson/bad/stringcoord.geojson": broken,
        "geojson-validity/geojson-invalid-geometry/invalid_structure/invalid_geometry_coordinates_1d.geojson": broken,
        "geojson-validity/geojson-invalid-geometry/invalid_structure/invalid_geometry_coordinates_missing.geojson":
            broken,
        "geojson-validity/geojson-invalid-geometry/invalid_structure/invalid_geometry_depth_deep_point.geojson": broken,
        "geojson-validity/geojson-invalid-geometry/invalid_structure/invalid_geometry_depth_shallow_linestring.geojson":
            broken,
        "geojson-validity/geojson-invalid-geometry/invalid_structure/invalid_geometry_depth_shallow_polygon.geojson":
            broken,
        "geojson-validity/geojson-invalid-geometry/invalid_structure/invalid_geometry_mislabeled_point.geojson": broken,
        "geojson-validity/geojsonhint/bad/bad-featurelist.geojson": broken,
        "geojson-validity/geojsonhint/bad/bad-polygonloop.geojson": broken,
        "geojson-validity/geojsonhint/bad/badcoord.geojson": broken,
        "geojson-validity/geojsonhint/bad/badfeature.geojson": broken,
        "geojson-validity/geojsonhint/bad/multiple_problems.geojson": broken,
        "geojson-validity/geojsonhint/bad/multipoint-nondimension.geojson": broken,
        "geojson-validity/geojsonhint/bad/point-labeled-as-a-multipolygon.geojson": broken,
        "geojson-validity/geojsonhint/bad/point-toofew.geojson": broken,
    ]
}
