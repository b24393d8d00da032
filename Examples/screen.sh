#!/usr/bin/env bash
# Screens the sample sites from the shell, lists the redline conflicts, and stops a pipeline on any conflict.
set -euo pipefail
cd "$(dirname "$0")/.."
redline="${REDLINE:-redline}"
output="$(mktemp -d)"
trap 'rm -rf "$output"' EXIT

status=0
"$redline" screen Layers/haixi/sites.geojson --catalog Layers/haixi/catalog.yaml \
    --output "$output/findings.csv" --fail-on any || status=$?

echo "Conflicts with the redline:"
awk -F, 'NR > 1 && $4 == "redline" && $10 == "overlaps" { print "  " $3 }' "$output/findings.csv"
if [ "$status" = 2 ]; then echo "Some sites are in conflict."; fi
