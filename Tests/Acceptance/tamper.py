"""Shows that the verifier notices: changes one value after another in a right result, and expects a difference each.

    tamper.py SITES.geojson CATALOG.yaml FINDINGS.geojson [options of verify_findings.py]

A verifier that passes everything would pass a broken program as well.
"""

import copy
import json
import pathlib
import subprocess
import sys
import tempfile


def larger(value):
    return value * (1 + 1e-6) + 1e-3


def changes(document):
    """Pairs of what is changed and the changed document."""
    features = document["features"]

    def changed(name, act):
        other = copy.deepcopy(document)
        act(other)
        return name, other

    yield changed("a finding is missing", lambda d: d["features"].pop(len(features) // 2))
    yield changed("a finding stands twice", lambda d: d["features"].append(d["features"][0]))
    yield changed("two findings are swapped", lambda d: d["features"].insert(0, d["features"].pop(1)))
    first = features[0]["properties"]
    for key, value in first.items():
        if key == "margin_m" and value:
            yield changed(key, lambda d: d["features"][0]["properties"].update(margin_m=0.1 * value))
        elif isinstance(value, float):
            yield changed(key, lambda d, k=key: d["features"][0]["properties"].update({k: larger(d["features"][0]["properties"][k])}))
        elif key in ("points_inside", "overlap_length_m") and value is None:
            yield changed(key, lambda d, k=key: d["features"][0]["properties"].update({k: 1}))
        elif key not in ("rules", "certainty", "margin_m"):
            yield changed(key, lambda d, k=key: d["features"][0]["properties"].update({k: "?"}))
    ruled = next(n for n, f in enumerate(features) if f["properties"]["rules"])
    yield changed("a rule is missing", lambda d: d["features"][ruled]["properties"]["rules"].pop(0))
    yield changed("a rule's effect", lambda d: d["features"][ruled]["properties"]["rules"][0].update(effect="advise"))
    yield changed("a rule's summary", lambda d: d["features"][ruled]["properties"]["rules"][0].update(summary="fine"))
    yield changed("the order of keys", lambda d: d["features"][0]["properties"].update(
        {"site_name": d["features"][0]["properties"].pop("site_name")}))
    polygons = [n for n, f in enumerate(features) if f["geometry"] and f["geometry"]["type"] == "Polygon"]
    yield changed("a ring's direction", lambda d: d["features"][polygons[0]]["geometry"]["coordinates"][0].reverse())

    def shift(d):
        ring = d["features"][polygons[0]]["geometry"]["coordinates"][0]
        ring[1] = [ring[1][0] + 1e-7, ring[1][1]]

    yield changed("a vertex, by a centimetre", shift)
    yield changed("a checksum", lambda d: d["redline"]["layers"][0].update(sha256="0" * 64))
    yield changed("the catalog's checksum", lambda d: d["redline"]["catalog"].update(sha256="0" * 64))
    yield changed("a count of features", lambda d: d["redline"]["layers"][0].update(features=1))
    yield changed("the count of sites", lambda d: d["redline"]["sites"].update(read=1))
    yield changed("the summary", lambda d: d["redline"]["summary"].update(clear=99))


def main():
    sites, catalog, findings, *options = sys.argv[1:]
    document = json.loads(pathlib.Path(findings).read_text(encoding="utf-8"))
    verifier = pathlib.Path(__file__).with_name("verify_findings.py")
    unnoticed = []
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "findings.geojson"
        for name, other in changes(document):
            path.write_text(json.dumps(other, ensure_ascii=False), encoding="utf-8")
            run = subprocess.run(
                [sys.executable, verifier, sites, catalog, path, *options], capture_output=True, text=True)
            count += 1
            # A difference it must be, not a crash of the verifier.
            if run.returncode != 1 or " differences" not in run.stdout:
                unnoticed.append(f"{name}: {run.stdout[-200:]}{run.stderr[-300:]}")
    print(f"{count} changes, {len(unnoticed)} unnoticed")
    for name in unnoticed:
        print(name)
    sys.exit(1 if unnoticed else 0)


if __name__ == "__main__":
    main()
