#!/usr/bin/env python3
"""Checks that the JSON Schema of catalogs and the program agree on what a catalog is.

Takes the built program from $REDLINE_EXECUTABLE. The sample catalogs and the README's are accepted by both; each wrong
one below is refused by both.

usage: check_catalogs.py
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]


class TextLoader(yaml.SafeLoader):
    """Reads days as text, as editors and the program do."""


TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

LAYER = "schema: 1\nlayers:\n  - {id: a, family: region, source: a.geojson%s}\n"

ACCEPTED = {
    "lengths": LAYER % ", accuracy: 0.5 km, tolerance: 5",
    "Chinese unit": LAYER % ", accuracy: 5 米",
    "one text for both languages": "name: Demonstration\n" + LAYER % "",
    "rectangle": "extent: {bbox: [90, 35.5, 99, 39]}\n" + LAYER % "",
    "editions": "schema: 1\nlayers:\n  - {id: a, family: region, editions: [{edition: 2023-12-31, source: a.gpkg}]}\n",
    "built-in class map": LAYER % ", class_map: nlcd, band: 2, content: classes",
    "own class map": LAYER % ", class_map: {base: nlcd, values: {'41': {class: forest, name: {zh: 林}}, '0*': other}, "
    "implements: {forest: forest-coverage}, precedence: [other, forest]}",
}

REFUSED = {
    "nothing": "{}",
    "another version": "schema: 2\nlayers: [{id: a, family: region, source: a.geojson}]\n",
    "no layers": "schema: 1\nlayers: []\n",
    "unknown key": "colour: red\n" + LAYER % "",
    "unknown key of a layer": LAYER % ", famly: region",
    "unknown key of fields": LAYER % ", fields: {cod: HXDM}",
    "no family": "schema: 1\nlayers: [{id: a, source: a.geojson}]\n",
    "no source": "schema: 1\nlayers: [{id: a, family: region}]\n",
    "source and editions": LAYER % ", editions: [{edition: 2023-12-31, source: b.geojson}]",
    "edition and editions": "schema: 1\nlayers:\n  - {id: a, family: region, edition: 2023-12-31, "
    "editions: [{edition: 2023-12-31, source: a.gpkg}]}\n",
    "no editions": "schema: 1\nlayers: [{id: a, family: region, editions: []}]\n",
    "id with a comma": "schema: 1\nlayers: [{id: 'a,b', family: region, source: a.geojson}]\n",
    "id of all layers": "schema: 1\nlayers: [{id: '*', family: region, source: a.geojson}]\n",
    "width in words": LAYER % ", tolerance: wide",
    "negative length": LAYER % ", tolerance: -1 mm",
    "day in words": LAYER % ", edition: yesterday",
    "unknown class map": LAYER % ", class_map: nlc",
    "class map beside classes": LAYER % ", class_map: nlcd, classes: {a: b}",
    "class map of nothing": LAYER % ", class_map: {}",
    "unknown indicator": LAYER % ", class_map: {base: nlcd, implements: {forest: forest}}",
    "band 0": LAYER % ", band: 0",
    "unknown content": LAYER % ", content: cove",
    "flag in words": LAYER % ", tiling: maybe",
    "rectangle of three numbers": "extent: {bbox: [90, 35, 99]}\n" + LAYER % "",
    "rectangle outside the Earth": "extent: {bbox: [90, 35, 199, 39]}\n" + LAYER % "",
}


def main():
    schema = json.loads((ROOT / "Documentation/catalog.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    texts = [(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"), True)
             for path in sorted(ROOT.glob("Layers/*/catalog.yaml"))]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    # Other blocks show targets, or a part of a layer.
    texts += [
        ("README.md", text, True)
        for text in re.findall(r"```yaml\n(.*?)```", readme, re.S) if re.search(r"^layers:", text, re.M)
    ]
    texts += [(name, text, True) for name, text in ACCEPTED.items()]
    texts += [(name, text, False) for name, text in REFUSED.items()]
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "catalog.yaml")
        for name, text, is_right in texts:
            fault = jsonschema.exceptions.best_match(validator.iter_errors(yaml.load(text, TextLoader)))
            file.write_text(text, encoding="utf-8")
            # A catalog whose sources are missing is described all the same; only a wrong one is a failure.
            run = subprocess.run(
                [os.environ["REDLINE_EXECUTABLE"], "info", str(file)], capture_output=True, text=True, check=False)
            if (fault is None) != is_right:
                print(f"{name}: the schema says: {fault.message if fault else 'right'}")
                failures += 1
            if (run.returncode == 0) != is_right:
                print(f"{name}: the program says: {run.stderr.strip() or 'right'}")
                failures += 1
    print(f"{len(texts)} catalogs, {failures} faults")
    return 1 if failures or len(texts) < len(ACCEPTED) + len(REFUSED) + 3 else 0


if __name__ == "__main__":
    sys.exit(main())
