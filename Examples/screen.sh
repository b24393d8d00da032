#!/usr/bin/env bash
# Screens the sample sites from the shell and lists those in the redline; ends with 2 if any site is in conflict.
set -euo pipefail
cd "$(dirname "$0")/.."
redline="${REDLINE:-redline}"
output="$(mktemp -d)"
trap 'rm -rf "$output"' EXIT

status=0
"$redline" screen Layers/haixi/sites.geojson --catalog Layers/haixi/catalog.yaml \
    --output "$output/findings.csv" --fail-on any || status=$?
[ "$status" = 0 ] || [ "$status" = 2 ] || exit "$status"

echo "Sites in the redline:"
# Good enough where no name holds a comma; read CSV with a real reader elsewhere.
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
    $column["layer"] == "redline" && $column["relation"] == "overlaps" { print "  " $column["site_name"] }' \
    "$output/findings.csv" | uniq
exit "$status"
