#!/usr/bin/env python3
"""Reads a conflict list (GeoJSON of `redline screen`) with nothing but Python, and sums overlaps by layer.

usage: read_findings.py conflicts.geojson
"""
import collections
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    conflicts = json.load(file)

hectares = collections.Counter()
for feature in conflicts["features"]:
    finding = feature["properties"]
    if finding["relation"] == "overlaps":
        hectares[finding["layer"]] += (finding["overlap_area_m2"] or 0) / 10_000

about = conflicts["redline"]
print(f'{about["summary"]["sites"]} sites, areas by the method "{about["area_method"]}"')
for layer, area in hectares.items():
    print(f"{layer}\t{area:.2f} ha")
