#!/usr/bin/env bash
# Forest by county from patches and from a raster, side by side. Run it from anywhere; $REDLINE names another program.
set -euo pipefail
cd "$(dirname "$0")/.."

forest() {
    # Columns: region_name 2, class 4, share 6.
    "${REDLINE:-redline}" coverage --catalog Layers/haixi/catalog.yaml --land-cover "$1" --format csv --quiet |
        awk -F, '$4 == "forest" { printf "%s %.2f\n", $2, 100 * $6 }'
}

# Into variables first, so that a failure ends the script.
patches="$(forest land-cover)"
cells="$(forest land-cover-raster)"
echo "Forest land-cover share, %: county, from patches, from cells"
join <(sort <<<"$patches") <(sort <<<"$cells")
