"""Reads catalogs, their layers and sites, for the independent recomputation."""

import hashlib
import json
import pathlib
from dataclasses import dataclass, field

import numpy as np
import pyogrio
import pyproj
import shapely
import yaml

from ellipsoid import lines_of, points_of, polygons_of, scale

# Longitude and latitude of these are taken as they are: one datum for every purpose here.
GEOGRAPHIC = {"EPSG:4490", "EPSG:4326", "EPSG:4979", "OGC:CRS84", "EPSG:4480"}

# Names that code, name and class go by where a catalog does not say; only those of the sample layers.
USUAL = {
    "code": ["code", "HJGKDYBM", "HXDM", "XZQDM", "adcode"],
    "name": ["name", "HJGKDYMC", "HXMC", "XZQMC"],
    "class": ["class", "GKDYFL", "HXLX"],
}


@dataclass
class Zone:
    id: str
    code: str | None
    name: str | None
    zone_class: str | None
    ground: object
    repaired: bool


@dataclass
class Layer:
    entry: dict
    edition: str | None
    zones: list
    features: int | None
    sha256: str | None
    geometries: np.ndarray = field(default=None)
    tree: shapely.STRtree = field(default=None)
    # How far, in metres, edges may lie from where another densification puts them.
    slack: float = 0.0

    @property
    def id(self):
        return self.entry["id"]

    @property
    def family(self):
        return self.entry["family"]

    def index(self):
        self.geometries = np.array([z.ground for z in self.zones], dtype=object)
        self.tree = shapely.STRtree(self.geometries)
        return self


@dataclass
class Site:
    id: str
    name: str
    ground: object = None
    repaired: bool = False
    problem: str | None = None


def metres(text):
    """A length with unit, as catalogs and options write it."""
    text = str(text).strip()
    for unit, factor in (("km", 1000.0), ("mm", 0.001), ("cm", 0.01), ("m", 1.0)):
        if text.endswith(unit):
            return float(text[: -len(unit)]) * factor
    return float(text)


def text_of(value):
    """An attribute as text; None for no value and for blanks."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        value = int(value)
    text = str(value).strip()
    return text or None


def ground_of(geometry, repair):
    """What a geometry covers, its parts united; whether anything was repaired; why it cannot be used."""
    if geometry is None or geometry.is_empty:
        return None, False, "no geometry"
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        return None, False, "not a number"
    geometry = shapely.force_2d(geometry)
    repaired = False
    polygons = []
    parts = polygons_of(geometry)
    for polygon in parts:
        if polygon.is_valid:
            polygons.append(polygon)
        elif not repair:
            return None, False, shapely.is_valid_reason(polygon)
        else:
            repaired = True
            polygons += polygons_of(shapely.make_valid(polygon, method="structure", keep_collapsed=False))
    lines = lines_of(geometry)
    if any(np.ptp(np.asarray(line.coords), axis=0).max() == 0 for line in lines):
        if not repair:
            return None, False, "a line without length"
        repaired = True
        lines = [line for line in lines if np.ptp(np.asarray(line.coords), axis=0).max() > 0]
    points = list(dict.fromkeys(points_of(geometry)))
    united = shapely.MultiPolygon(polygons)
    if not united.is_valid:
        united = shapely.unary_union(polygons)
    members = [united] if polygons else []
    members += [shapely.MultiLineString(lines)] if lines else []
    members += [shapely.MultiPoint(points)] if points else []
    if not members:
        return None, repaired, "nothing is left"
    ground = members[0] if len(members) == 1 else shapely.GeometryCollection(members)
    return ground, repaired, None


def shape(value):
    """A GeoJSON geometry as shapely's; rings may be open or short, which shapely refuses and a reader must name."""
    if value is None:
        return None
    try:
        return shapely.from_geojson(json.dumps(value))
    except shapely.errors.GEOSException:
        return "malformed"


def feature_rows(path, layer=None, encoding=None):
    """Rows of a file as (identifier, properties, geometry), and its CRS."""
    path = pathlib.Path(path)
    if path.suffix in (".geojson", ".json"):
        document = json.loads(path.read_text(encoding="utf-8"))
        crs = document.get("crs", {}).get("properties", {}).get("name", "OGC:CRS84")
        crs = {"urn:ogc:def:crs:OGC:1.3:CRS84": "OGC:CRS84"}.get(crs, crs).replace("urn:ogc:def:crs:EPSG::", "EPSG:")
        rows = [
            (feature.get("id"), feature.get("properties") or {}, shape(feature.get("geometry")))
            for feature in document["features"]
        ]
        return rows, crs
    options = {"layer": layer} if layer else {}
    if encoding:
        options["encoding"] = encoding
    meta, fids, geometries, columns = pyogrio.raw.read(path, return_fids=True, **options)
    names = list(meta["fields"])
    has_ids = pyogrio.read_info(path, **({"layer": layer} if layer else {}))["fid_column"] != ""
    rows = []
    for place, wkb in enumerate(geometries):
        properties = {name: column[place] for name, column in zip(names, columns)}
        rows.append((int(fids[place]) if has_ids else None, properties, shapely.from_wkb(wkb) if wkb else None))
    return rows, meta["crs"]


def to_degrees(geometry, crs):
    """The geometry in CGCS2000 degrees, edges of its own plane followed to a hundredth of a millimetre."""
    if geometry is None or crs in GEOGRAPHIC:
        return geometry
    transformer = pyproj.Transformer.from_crs(crs, "EPSG:4490", always_xy=True, allow_ballpark=False)
    # s^2 / 8R < 0.01 mm for s of 20 m.
    dense = shapely.segmentize(geometry, 20.0)
    return shapely.transform(dense, lambda c: np.column_stack(transformer.transform(c[:, 0], c[:, 1])))


def files_of(source):
    """The files that make up a source: a shapefile has several."""
    source = pathlib.Path(source)
    if source.suffix.lower() != ".shp":
        return [source]
    endings = {".shp", ".shx", ".dbf", ".prj", ".cpg"}
    return sorted(p for p in source.parent.iterdir() if p.stem == source.stem and p.suffix.lower() in endings)


def sha256_of(files):
    """The digest of one file; of several, that of the list of digests and names as `sha256sum` prints it."""
    digests = [(hashlib.sha256(p.read_bytes()).hexdigest(), p.name) for p in files]
    if len(digests) == 1:
        return digests[0][0]
    return hashlib.sha256("".join(f"{digest}  {name}\n" for digest, name in digests).encode()).hexdigest()


class Catalog:
    """A catalog and its layers, each read when it is asked for."""

    def __init__(self, path, as_of=None):
        self.path = pathlib.Path(path)
        # Dates and codes stay the text that they are written as.
        self.document = yaml.load(self.path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        self.sha256 = hashlib.sha256(self.path.read_bytes()).hexdigest()
        self.as_of = as_of or self.document.get("as_of")
        self.entries = {entry["id"]: entry for entry in self.document["layers"]}
        self.regions = self.document.get("regions")
        self._layers = {}

    def zone_layers(self, only=None):
        """The entries that sites are screened against, in the order of the file."""
        return [
            e for e in self.entries.values()
            if e["family"] not in ("region", "land-cover") and (only is None or e["id"] in only)
        ]

    def extent_of(self, entry):
        return entry.get("extent", self.document.get("extent"))

    def _edition(self, entry):
        if "editions" not in entry:
            editions = [(entry.get("edition"), entry["source"])]
        else:
            editions = sorted((e["edition"], e["source"]) for e in entry["editions"])
        in_force = [e for e in editions if not self.as_of or not e[0] or e[0] <= self.as_of]
        return in_force[-1] if in_force else None

    def layer(self, identifier):
        if identifier not in self._layers:
            self._layers[identifier] = self._read(self.entries[identifier])
        return self._layers[identifier]

    def _read(self, entry):
        edition = self._edition(entry)
        if edition is None:
            return Layer(entry, None, [], None, None).index()
        source = self.path.parent / edition[1]
        rows, own_crs = feature_rows(source, entry.get("layer"), entry.get("encoding"))
        crs = entry.get("crs") or own_crs
        names = list(dict.fromkeys(name for _, properties, _ in rows for name in properties))
        fields = {key: self._field(entry, key, names) for key in USUAL}
        zones = []
        for number, (identifier, properties, geometry) in enumerate(rows, start=1):
            ground, repaired, problem = ground_of(to_degrees(geometry, crs), repair=True)
            if problem:
                raise SystemExit(f"{entry['id']}: feature {number} has no usable geometry ({problem}).")
            values = {k: text_of(properties.get(f)) if f else None for k, f in fields.items()}
            classes = entry.get("classes") or {}
            zone_class = values["class"]
            if classes and zone_class is not None:
                zone_class = classes.get(zone_class, f"unknown:{zone_class}")
            zones.append(
                Zone(
                    str(identifier if identifier is not None else number), values["code"], values["name"], zone_class,
                    ground, repaired,
                )
            )
        layer = Layer(entry, edition[0], zones, len(rows), sha256_of(files_of(source)))
        layer.slack = 0.0 if crs in GEOGRAPHIC else 0.001
        return layer.index()

    @staticmethod
    def _field(entry, key, names):
        named = (entry.get("fields") or {}).get(key)
        if named:
            return named
        return next((n for alias in USUAL[key] for n in names if n.lower() == alias.lower()), None)


def read_sites(paths, repair=False, id_field=None):
    """Sites in the order of their first rows, rows of one id joined."""
    rows = []
    for path in paths:
        read, crs = feature_rows(path)
        rows += [(identifier, properties, geometry, crs) for identifier, properties, geometry in read]
    column = [text_of(properties.get(id_field or "id")) for _, properties, _, _ in rows]
    own = [text_of(identifier) for identifier, _, _, _ in rows]

    def identifies(values):
        return any(values) and (len(rows) == 1 or None in values or len(set(values)) > 1)

    has_column, has_own = identifies(column), identifies(own)
    groups = {}
    for place in range(len(rows)):
        given = (column[place] if has_column else None) or (own[place] if has_own else None)
        groups.setdefault(("id", given) if given else ("row", str(place + 1)), []).append(place)
    sites = []
    for (_, identifier), places in groups.items():
        names = [text_of(rows[p][1].get("name")) for p in places]
        site = Site(identifier, next((n for n in names if n), identifier))
        shapes = [rows[p][2] for p in places]
        if any(s is None or isinstance(s, str) or s.is_empty for s in shapes):
            site.problem = "no geometry"
        else:
            shapes = [to_degrees(s, rows[p][3]) for s, p in zip(shapes, places)]
            whole = shapes[0] if len(shapes) == 1 else shapely.GeometryCollection(shapes)
            site.ground, site.repaired, site.problem = ground_of(whole, repair)
        sites.append(site)
    return sites


def window(geometry, reach):
    """The box of a geometry grown by `reach` metres and a little."""
    west, south, east, north = geometry.bounds
    kx, ky = scale(max(abs(south), abs(north)))
    return shapely.box(west - 1.1 * reach / kx, south - 1.1 * reach / ky, east + 1.1 * reach / kx, north + 1.1 * reach / ky)
