"""Recomputes every property of the conflict GeoJSON of `redline screen`, and lists what differs.

    verify_findings.py SITES.geojson CATALOG.yaml FINDINGS.geojson [--distance 5km] [--tolerance 1m] [--layers a,b]
                       [--as-of 2020-01-01] [--area-method notice32] [--all-areas] [--repair]

Nothing of the program is used: shapely, pyproj and numpy do the work, and the areas are this folder's own.
"""

import argparse
import json
import pathlib
import re
import sys

import numpy as np
import pyproj
import shapely
import yaml

import ellipsoid
from ellipsoid import lines_of, points_of, polygons_of, stretched
from layers import Catalog, metres, read_sites, window
from screening import Screening, polygonal

# The tolerances of the acceptance cases: what is computed twice in doubles agrees to this.
RELATIVE, SQUARE_METRES = 1e-9, 1e-4
# Metres for lengths, of the same relative kind; a centimetre for distances, as promised.
METRES, CENTIMETRE = 1e-4, 0.01
SHARE = 1e-9

HEAD = [
    "finding_id", "site_id", "site_name", "layer", "family", "zone_id", "zone_code", "zone_name", "zone_class",
    "relation", "reason", "effect", "rules",
]
TAIL = [
    "overlap_length_m", "points_inside", "site_share", "zone_share", "distance_m", "region_code", "region_name",
    "certainty", "margin_m",
]
RUN = [
    "schema", "version", "verb", "area_method", "language", "as_of", "catalog", "layers", "sites", "summary",
    "warnings", "engines",
]
LISTED = 20

# The strongest first, as documented; duties of authorities are no effect on a site.
EFFECTS = ["forbid", "remove", "forbid-or-restrict", "presumption-against", "restrict", "condition", "advise"]
DUTIES = ["no-loss", "enforce"]
RULE = ["id", "effect", "summary", "citation"]


class Differences:
    """Counts what was compared and keeps what differs."""

    def __init__(self):
        self.checked = 0
        self.found = []

    def check(self, holds, place, message):
        self.checked += 1
        if not holds:
            self.found.append(f"{place}: {message}")

    def equal(self, actual, expected, place, name):
        self.check(actual == expected, place, f"{name} is {actual!r}, expected {expected!r}")

    def close(self, actual, expected, tolerance, place, name):
        if actual is None or expected is None or isinstance(actual, bool):
            self.equal(actual, expected, place, name)
            return
        self.check(
            abs(actual - expected) <= tolerance, place,
            f"{name} is {actual!r}, expected {expected!r} (off by {abs(actual - expected):.3g}, "
            f"allowed {tolerance:.3g})")


class Verifier:
    def __init__(self, arguments):
        self.arguments = arguments
        self.differences = Differences()
        self.text = open(arguments.findings, encoding="utf-8").read()
        self.document = json.loads(self.text)
        self.catalog = Catalog(arguments.catalog, arguments.as_of)
        self.sites = read_sites(arguments.sites.split(","), arguments.repair, arguments.id_field)
        self.by_id = {site.id: site for site in self.sites}
        only = arguments.layers.split(",") if arguments.layers else None
        self.screening = Screening(self.catalog, self.sites, only, arguments.distance, arguments.tolerance)
        tolerances = [self.screening.tolerance_of(entry) for entry in self.screening.entries]
        self.tolerance = max(tolerances, default=0.001)
        self.method = arguments.area_method or "ellipsoidal"
        self.packs = {}
        for name in self.catalog.document.get("rules", []):
            pack = yaml.safe_load((pathlib.Path(arguments.catalog).parent / name).read_text(encoding="utf-8"))
            self.packs |= {rule["id"]: rule for rule in pack.get("rules", [])}

    def run(self):
        same = self.differences
        same.equal(list(self.document), ["type", "features", "redline"], "file", "members")
        same.equal(self.document["type"], "FeatureCollection", "file", "type")
        self.check_numbers()
        expected = self.screening.findings()
        seen = set()
        for feature in self.document["features"]:
            properties = feature["properties"]
            key = (properties["site_id"], properties["layer"], properties["zone_id"])
            place = "/".join(str(k) for k in key)
            self.check_rules(properties, place)
            if properties["relation"] in ("outside", "anywhere"):
                self.check_ruled(feature, place)
                continue
            same.check(key not in seen, place, "the finding stands twice")
            seen.add(key)
            # Where a finding may or may not be expected, this one is of the other kind.
            unexpected = key not in expected or "none" in expected[key].relations
            if unexpected and properties["reason"] == "distance-not-set":
                self.check_unset(feature, place)
                continue
            if key not in expected:
                same.check(False, place, f"no such finding is expected ({properties['relation']})")
                continue
            self.check_finding(feature, expected[key], place)
        for key, finding in expected.items():
            if key not in seen:
                same.check("none" in finding.relations, "/".join(str(k) for k in key),
                           f"the finding is missing ({', '.join(sorted(finding.relations))})")
        ids = [f["properties"]["finding_id"] for f in self.document["features"]]
        same.check(len(set(ids)) == len(ids), "file", "finding_id repeats")
        self.check_order()
        self.check_run()

    def check_numbers(self):
        """Numbers in their shortest form: no more digits than reading back the same double takes."""
        longer = []
        plain = re.sub(r'"(?:[^"\\]|\\.)*"', '""', self.text)
        for token in re.findall(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", plain):
            def digits(text):
                return re.split("[eE]", text)[0].replace("-", "").replace(".", "").strip("0")
            if len(digits(token)) > len(digits(repr(float(token)))):
                longer.append(token)
        self.differences.check(not longer, "file", f"numbers longer than needed: {longer[:3]}")

    # One finding

    def check_finding(self, feature, expected, place):
        same, properties = self.differences, feature["properties"]
        areas = [name for name, _ in self.area_columns()]
        same.equal(list(properties), HEAD + areas + TAIL, place, "keys")
        same.equal(feature["type"], "Feature", place, "type")
        zone, site = expected.zone, expected.site
        same.check(bool(properties["finding_id"]), place, "finding_id is empty")
        same.equal(feature.get("id", properties["finding_id"]), properties["finding_id"], place, "finding_id")
        same.equal(properties["site_name"], site.name, place, "site_name")
        same.equal(properties["family"], expected.layer.family, place, "family")
        for name, value in (
            ("zone_code", zone and zone.code), ("zone_name", zone and zone.name),
            ("zone_class", zone and zone.zone_class),
        ):
            same.equal(properties[name], value, place, name)
        relation = properties["relation"]
        same.check(relation in expected.relations, place, f"relation is {relation}, expected {expected.relations}")
        reasons = expected.reasons
        if self.catalog.document.get("rules") and "rules-not-loaded" in reasons:
            reasons = reasons | {"attribute-missing", "distance-not-set"}
        elif "rules-not-loaded" in reasons:
            reasons = {"rules-not-loaded"}
        same.check(properties["reason"] in reasons, place, f"reason is {properties['reason']}, expected {reasons}")
        self.check_geometry(feature["geometry"], relation, expected, place)
        self.check_measures(feature, relation, expected, place)
        self.check_certainty(properties, relation, expected, place)
        self.check_region(feature, place)

    def check_rules(self, properties, place):
        """The rules of the packs as they stand there; the effect is that of the strongest."""
        same, rules = self.differences, properties["rules"]
        same.check(isinstance(rules, list), place, "rules is no list")
        ranks = []
        for rule in rules:
            same.equal(list(rule), RULE, place, "keys of a rule")
            known = self.packs.get(rule["id"])
            same.check(known is not None, place, f"no pack holds the rule {rule['id']}")
            if known is None:
                continue
            same.equal(rule["effect"], known["effect"], place, f"effect of {rule['id']}")
            same.check(rule["summary"] in known["summary"].values(), place, f"summary of {rule['id']}")
            same.check(str(known["section"]) in rule["citation"], place, f"citation of {rule['id']}")
            self.check_place(properties, known, place)
            ranks.append(((EFFECTS + DUTIES).index(rule["effect"]), rule["id"]))
        same.check(
            [min(rank, len(EFFECTS)) for rank, _ in ranks] == sorted(min(rank, len(EFFECTS)) for rank, _ in ranks),
            place, "rules are not sorted by strength")
        strongest = min((rank for rank, _ in ranks), default=len(EFFECTS))
        effect = EFFECTS[strongest] if strongest < len(EFFECTS) else None
        same.equal(properties["effect"], effect, place, "effect")

    def check_place(self, properties, rule, place):
        """A rule stands only with findings of the places that it speaks of."""
        same, relation = self.differences, properties["relation"]
        if relation == "anywhere":
            same.equal(rule.get("anywhere"), True, place, f"anywhere of {rule['id']}")
            return
        side = "outside" if relation == "outside" else "inside"
        places = [p for p in rule.get("at", [])
                  if p["family"] == properties["family"] and p.get("side", "inside") == side]
        same.check(bool(places), place, f"{rule['id']} does not speak of {properties['family']}")
        if relation in ("near", "touches"):
            same.check(any("distance" in p for p in places), place, f"{rule['id']} has no distance")
        classes = {c for p in places for c in ([p["class"]] if isinstance(p.get("class"), str) else p.get("class", []))}
        if classes and all("class" in p for p in places) and side == "inside":
            entry = self.catalog.entries[properties["layer"]]
            if properties["zone_class"] not in classes:
                same.check("attributes" in entry, place, f"{rule['id']} is not for {properties['zone_class']}")

    def check_ruled(self, feature, place):
        """A finding without a zone: rules on any ground, or on ground outside the zones of a layer."""
        same, properties = self.differences, feature["properties"]
        names = [name for name, _ in self.area_columns()]
        same.equal(list(properties), HEAD + names + TAIL, place, "keys")
        same.equal(feature["geometry"], None, place, "geometry")
        empty = ["zone_id", "zone_code", "zone_name", "zone_class", "overlap_length_m", "points_inside", "zone_share",
                 "distance_m", *names]
        for name in empty:
            same.equal(properties[name], None, place, name)
        site = self.by_id.get(properties["site_id"])
        same.check(site is not None and properties["site_name"] == site.name, place, "site")
        if properties["relation"] == "anywhere":
            same.equal((properties["layer"], properties["family"]), (None, None), place, "layer")
            return
        share = properties["site_share"]
        layers = [self.catalog.layer(e["id"]) for e in self.screening.entries if e["family"] == properties["family"]]
        cover = shapely.unary_union([polygonal(z.ground) for layer in layers for z in layer.zones])
        rest = polygonal(site.ground).difference(cover)
        outside = ellipsoid.area(polygonal(rest)) > SQUARE_METRES or any(
            not cover.intersects(p) for p in points_of(site.ground) + lines_of(site.ground))
        same.check(outside or bool(lines_of(site.ground)), place, "the site lies inside the zones")
        if share is not None and polygons_of(site.ground):
            whole = ellipsoid.area(polygonal(site.ground))
            same.check(share <= ellipsoid.area(polygonal(rest)) / whole + SHARE, place, f"site_share is {share}")

    def check_unset(self, feature, place):
        """A layer that rules without a distance speak of: all of the site cannot be judged."""
        same, properties = self.differences, feature["properties"]
        same.equal((properties["relation"], properties["effect"]), ("not-assessable", None), place, "relation, effect")
        family = properties["family"]
        around = [r for r in self.packs.values() for p in r.get("at", [])
                  if p["family"] == family and p.get("distance") == "unspecified"]
        same.check(bool(around), place, "no rule speaks of what lies around that family")
        undecided = [r["id"] for r in feature.get("undecided", [])]
        same.check(bool(undecided) and set(undecided) <= {r["id"] for r in around}, place, f"undecided is {undecided}")
        geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
        same.check(geometry.equals(self.by_id[properties["site_id"]].ground), place, "geometry is not the site")

    def check_geometry(self, written, relation, expected, place):
        same = self.differences
        same.check(written is not None, place, "there is no geometry")
        if written is None:
            return
        self.check_rings(written, place)
        geometry = shapely.from_geojson(json.dumps(written))
        wanted = expected.site.ground if relation in ("touches", "near") else expected.geometry
        one, other = polygonal(geometry), polygonal(wanted)
        same.check(one.is_valid, place, "the polygons are invalid")
        if one.is_valid and not one.equals(other):
            differ = polygonal(one.symmetric_difference(other))
            off = ellipsoid.area(differ)
            around = sum(ellipsoid.perimeter(p) for p in polygons_of(other))
            # A crossing of two edges is known to some 1e-8 m.
            allowed = max(SQUARE_METRES, 1e-8 * around, expected.slack, RELATIVE * ellipsoid.area(other))
            same.check(off <= allowed, place, f"geometry differs by {off:.3g} m² (allowed {allowed:.3g})")
        else:
            same.check(True, place, "")
        if relation in ("touches", "near"):
            same.close(ellipsoid.length(lines_of(geometry)), ellipsoid.length(lines_of(wanted)), METRES, place, "lines")
        known = points_of(expected.site.ground) + (points_of(expected.zone.ground) if expected.zone else [])
        known = {p.coords[0][:2] for p in known}
        same.check({p.coords[0][:2] for p in points_of(geometry)} <= known, place, "a point is of neither side")

    def check_rings(self, written, place):
        """Exterior rings counter-clockwise, holes clockwise, all closed (RFC 7946)."""
        polygons = {"Polygon": lambda g: [g["coordinates"]], "MultiPolygon": lambda g: g["coordinates"]}
        if written["type"] == "GeometryCollection":
            for member in written["geometries"]:
                self.check_rings(member, place)
            return
        for polygon in polygons.get(written["type"], lambda g: [])(written):
            for number, ring in enumerate(polygon):
                ring = np.asarray(ring)
                closed = len(ring) >= 4 and (ring[0] == ring[-1]).all()
                is_right = closed and shapely.LinearRing(ring).is_ccw == (number == 0)
                self.differences.check(bool(is_right), place, "a ring is open or runs the wrong way")

    def check_measures(self, feature, relation, expected, place):
        same, properties = self.differences, feature["properties"]
        written = shapely.from_geojson(json.dumps(feature["geometry"])) if feature["geometry"] else None
        self.check_areas(properties, relation, expected, written, place)
        self.check_length(properties, relation, expected, written, place)
        if relation == "not-assessable":
            for name in ("points_inside", "zone_share", "distance_m"):
                same.equal(properties[name], None, place, name)
        else:
            points = properties["points_inside"]
            allowed = expected.points
            same.check(points is None if allowed is None else points in allowed, place,
                       f"points_inside is {points}, expected {allowed}")
            if relation in ("overlaps", "touches"):
                same.equal(properties["distance_m"], 0, place, "distance_m")
            else:
                same.close(properties["distance_m"], expected.distance, CENTIMETRE, place, "distance_m")
        self.check_shares(properties, expected, place)

    def area_columns(self):
        """The columns of areas and the method of each."""
        columns = [("overlap_area_m2", self.method)]
        if self.arguments.all_areas:
            others = ["notice32", "geodesic"]
            if self.method != "ellipsoidal":
                others.insert(0, "ellipsoidal")
            columns += [(f"overlap_area_{method}_m2", method) for method in others]
        return columns

    def check_certainty(self, properties, relation, expected, place):
        """No shift shorter than the depth of a corner takes a site out; certain is what survives both accuracies."""
        same, margin, entry = self.differences, properties["margin_m"], expected.layer.entry
        if relation == "not-assessable":
            same.equal((margin, properties["certainty"]), (None, None), place, "margin and certainty")
            return
        if relation == "overlaps" and margin is not None and expected.zone:
            _, south, _, north = expected.site.ground.bounds
            latitude = (south + north) / 2
            zone = polygonal(expected.zone.ground)
            # A whole boundary is costly to turn to metres: what is farther than twice the margin does not matter.
            near = zone.boundary.intersection(window(expected.site.ground, 2 * margin + 1))
            flat = stretched(near, latitude)
            corners = [p for p in shapely.points(shapely.get_coordinates(expected.site.ground)) if zone.contains(p)]
            depth = max((stretched(p, latitude).distance(flat) for p in corners), default=0.0) if corners else 0.0
            same.check(near.is_empty or margin >= 0.99 * depth - 0.01, place, f"margin_m is {margin}, a corner is {depth} deep")
        if relation == "touches":
            same.equal(margin, 0, place, "margin_m")
        if "accuracy" in entry:
            allowed = {"certain" if margin is not None and margin > metres(entry["accuracy"]) else "possible", "possible"}
            if margin is not None and margin > metres(entry["accuracy"]) and not properties["rules"]:
                allowed = {"certain"}
            same.check(properties["certainty"] in allowed, place, f"certainty is {properties['certainty']}")

    def check_areas(self, properties, relation, expected, written, place):
        same = self.differences
        for name, method in self.area_columns():
            value = properties[name]
            if relation == "not-assessable" or expected.area is None:
                same.equal(value, None, place, name)
                continue
            same.check(isinstance(value, (int, float)), place, f"{name} is {value!r}")
            if value is None:
                continue
            # A touch may show the sliver that it drops; an overlap is the area of the polygon as it is written.
            measured = written if relation == "overlaps" else expected.geometry
            if relation in ("touches", "near") and expected.distance:
                measured = shapely.MultiPolygon()
            area = ellipsoid.area(measured, method)
            tolerance = max(SQUARE_METRES, RELATIVE * area)
            if relation == "touches" and value == 0:
                same.check(True, place, "")
                continue
            if relation == "touches":  # Another densification leaves another sliver.
                around = sum(ellipsoid.perimeter(p) for p in polygons_of(expected.site.ground))
                tolerance = max(tolerance, expected.layer.slack * around)
            same.close(value, area, tolerance, place, f"{name} against the written polygon")
            if relation == "overlaps" and method == "ellipsoidal":
                same.close(value, expected.area, max(tolerance, expected.slack), place, f"{name} against shapely's")

    def check_length(self, properties, relation, expected, written, place):
        same, value = self.differences, properties["overlap_length_m"]
        if relation == "not-assessable" or expected.length is None:
            same.equal(value, None, place, "overlap_length_m")
            return
        low, high = expected.length
        if relation == "touches":
            low = 0.0
        # An edge of another plane lies up to its slack aside; a line that crosses it aslant is longer by more.
        room = max(METRES, RELATIVE * high, 50 * expected.layer.slack)
        same.check(value is not None and low - room <= value <= high + room, place,
                   f"overlap_length_m is {value}, expected {low}…{high}")

    def check_shares(self, properties, expected, place):
        same = self.differences
        value = properties["site_share"]
        if "site_share" in expected.extra:
            low, high = expected.extra["site_share"]
            low = 0.0 if properties["relation"] == "touches" else low
            whole = ellipsoid.length(lines_of(expected.site.ground))
            room = max(SHARE, METRES / whole, 50 * expected.layer.slack / whole)
            same.check(value is not None and low - room <= value <= high + room, place,
                       f"site_share is {value}, expected {low}…{high}")
        elif properties["relation"] == "touches" and value == 0:
            same.check(True, place, "")
        else:
            whole = self.screening.area(("site", expected.site.id), expected.site.ground) or 1.0
            room = max(SHARE, SQUARE_METRES / whole, expected.slack / whole)
            if properties["relation"] == "touches" and expected.layer.slack:
                room = 1.0  # Judged above, by the area.
            same.close(value, expected.site_share, room, place, "site_share")
        value = properties["zone_share"]
        if properties["relation"] == "touches" and value == 0:
            same.check(True, place, "")
        elif properties["relation"] != "not-assessable":
            room = SHARE
            if expected.zone and polygons_of(expected.zone.ground):
                whole = self.screening.area(("zone", id(expected.zone)), expected.zone.ground)
                room = max(SHARE, SQUARE_METRES / whole, 2 * expected.slack / whole)
            same.close(value, expected.zone_share, room, place, "zone_share")
        for name in ("site_share", "zone_share"):
            value = properties[name]
            same.check(value is None or 0 <= value <= 1, place, f"{name} is {value}, not a share")

    def check_region(self, feature, place):
        """The region that holds the largest part of what is written."""
        same, properties = self.differences, feature["properties"]
        given = (properties["region_code"], properties["region_name"])
        if not self.catalog.regions or feature["geometry"] is None:
            same.equal(given, (None, None), place, "region")
            return
        regions = self.catalog.layer(self.catalog.regions)
        geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
        polygons, lines, points = polygonal(geometry), lines_of(geometry), points_of(geometry)
        sizes = {}
        indices = list(regions.tree.query(geometry))
        for index in indices:
            zone = regions.zones[index]
            size = (
                ellipsoid.area(polygons.intersection(zone.ground)) if polygons.area else 0.0,
                ellipsoid.length(lines_of(shapely.MultiLineString(lines).intersection(zone.ground))) if lines else 0.0,
                float(sum(zone.ground.covers(p) for p in points)),  # On a boundary may count or not.
            )
            if any(size):
                key = (zone.code, zone.name)
                sizes[key] = tuple(map(sum, zip(sizes.get(key, (0.0, 0.0, 0.0)), size)))
        # Area first, then length, then points; what is smaller than rounding counts as nothing, or as something.
        allowed = {(None, None)}
        for kind, rounding in enumerate((SQUARE_METRES, METRES, 0)):
            largest = max((size[kind] for size in sizes.values()), default=0.0)
            if largest > 0:
                allowed |= {key for key, size in sizes.items() if size[kind] >= largest * (1 - 1e-9)}
            if kind == 2 and not any(regions.zones[i].ground.contains(p) for i in indices for p in points):
                break
            if largest > rounding:
                allowed.discard((None, None))
                break
        if properties["relation"] == "touches":  # A touch may be as narrow in the region, or apart by as little.
            allowed.add((None, None))
            near = regions.tree.query(geometry, predicate="dwithin", distance=self.tolerance / 60_000)
            allowed |= {(regions.zones[i].code, regions.zones[i].name) for i in near}
        if given not in allowed and lines and not polygons.area:
            # A line on the border of two regions falls to either by rounding.
            clipped = shapely.MultiLineString(lines)
            lengths = {}
            for index in indices:
                part = clipped.intersection(regions.zones[index].ground.buffer(1e-9))
                lengths[regions.zones[index].code, regions.zones[index].name] = ellipsoid.length(lines_of(part))
            allowed |= {key for key, value in lengths.items() if value >= max(lengths.values()) - METRES}
        same.check(given in allowed, place, f"region is {given}, expected {allowed}")

    # The whole

    def check_order(self):
        """Sites as they were given; for each the strictest effect first, then the layers in order, the largest, the code."""
        same = self.differences
        site_order = {site.id: n for n, site in enumerate(self.sites)}
        layer_order = {entry["id"]: n for n, entry in enumerate(self.screening.entries)}
        keys = []
        for feature in self.document["features"]:
            p = feature["properties"]
            overlaps = p["relation"] == "overlaps"
            names = ("overlap_area_m2", "overlap_length_m", "points_inside")
            # The order is that of ellipsoidal areas, whatever is shown.
            overlaps = overlaps and self.method == "ellipsoidal"
            size = tuple(-(p[name] or 0) if overlaps else 0 for name in names)
            if p["site_id"] in site_order and p["layer"] in layer_order and p["relation"] != "outside":
                rank = EFFECTS.index(p["effect"]) if p["effect"] in EFFECTS else len(EFFECTS)
                code = (p["zone_code"] or "") if overlaps else ""
                keys.append((site_order[p["site_id"]], rank, layer_order[p["layer"]], p["relation"] != "overlaps", size, code))
        for before, after in zip(keys, keys[1:]):
            same.check(before <= after, "order", f"{before} stands before {after}")

    def check_run(self):
        same, run = self.differences, self.document["redline"]
        same.equal(list(run), RUN, "redline", "keys")
        same.equal(run["schema"], 1, "redline", "schema")
        same.equal(run["area_method"], self.method, "redline", "area_method")
        same.equal(run["verb"], "screen", "redline", "verb")
        same.equal(run["as_of"], self.catalog.as_of, "redline", "as_of")
        same.check(bool(run["version"]) and run["language"] in ("zh", "en"), "redline", "version or language")
        names = self.catalog.document.get("name")
        names = set(names.values()) if isinstance(names, dict) else {names}
        same.check(run["catalog"]["name"] in names, "redline", f"catalog name is {run['catalog']['name']}")
        same.equal(run["catalog"]["sha256"], self.catalog.sha256, "redline", "catalog sha256")
        self.check_layers(run)
        skipped = [s for s in self.sites if s.problem]
        repaired = sum(s.repaired for s in self.sites)
        same.equal(run["sites"], {"read": len(self.sites), "skipped": len(skipped), "repaired": repaired},
                   "redline", "sites")
        self.check_summary(run["summary"], len(self.sites) - len(skipped))
        same.check(all(isinstance(w, str) for w in run["warnings"]), "redline", "warnings")
        same.equal(list(run["engines"]), ["geos", "proj", "gdal"], "redline", "engines")
        for word in ("/home/", "/tmp/", self.arguments.findings):
            same.check(word not in self.text, "redline", f"the file names a path: {word}")

    def check_layers(self, run):
        same = self.differences
        listed = [layer["id"] for layer in run["layers"]]
        screened = [entry["id"] for entry in self.screening.entries]
        same.equal([i for i in listed if i in screened], screened, "redline", "layers")
        for layer in run["layers"]:
            place = f"redline/layers/{layer['id']}"
            same.equal(list(layer), ["id", "edition", "features", "repaired", "sha256"], place, "keys")
            ours = self.catalog.layer(layer["id"])
            same.equal(layer["edition"], ours.edition, place, "edition")
            same.equal(layer["features"], ours.features, place, "features")
            same.equal(layer["repaired"], sum(z.repaired for z in ours.zones), place, "repaired")
            same.equal(layer["sha256"], ours.sha256, place, "sha256")

    def check_summary(self, summary, sites):
        same = self.differences
        relations = {}
        for feature in self.document["features"]:
            p = feature["properties"]
            relations.setdefault(p["site_id"], set()).add(p["relation"])
        quiet = [s for s in self.sites if not s.problem and s.id not in relations]
        covered = all(self.catalog.extent_of(entry) is not None for entry in self.screening.entries)
        same.equal(list(summary), ["sites", "clear", "clear_in_data", "not_assessable", "findings", "by_effect"],
                   "summary", "keys")
        same.equal(summary["sites"], sites, "summary", "sites")
        same.equal(summary["clear"], len(quiet) if covered else 0, "summary", "clear")
        same.equal(summary["clear_in_data"], 0 if covered else len(quiet), "summary", "clear_in_data")
        some = sum("not-assessable" in r for r in relations.values())
        only = sum("not-assessable" in r and "overlaps" not in r for r in relations.values())
        same.check(summary["not_assessable"] in (some, only), "summary",
                   f"not_assessable is {summary['not_assessable']}, expected {some} or {only}")
        same.equal(summary["findings"], len(self.document["features"]), "summary", "findings")
        same.equal(sum(summary["by_effect"].values()), len(self.document["features"]), "summary", "by_effect")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sites", help="one file, or several with commas between them")
    parser.add_argument("catalog")
    parser.add_argument("findings")
    for option in ("--distance", "--tolerance", "--layers", "--as-of", "--id-field", "--area-method"):
        parser.add_argument(option)
    parser.add_argument("--all-areas", action="store_true")
    parser.add_argument("--repair", action="store_true")
    verifier = Verifier(parser.parse_args())
    pyproj.network.set_network_enabled(False)
    verifier.run()
    differences = verifier.differences
    for difference in differences.found[:LISTED]:
        print(difference)
    if len(differences.found) > LISTED:
        print(f"… and {len(differences.found) - LISTED} more")
    print(
        f"{len(verifier.document['features'])} findings, {differences.checked} properties checked, "
        f"{len(differences.found)} differences")
    sys.exit(1 if differences.found else 0)


if __name__ == "__main__":
    main()
