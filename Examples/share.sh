#!/usr/bin/env bash
# Which counties have less redline than the prefecture as a whole? Run it from anywhere; $REDLINE names another program.
set -euo pipefail
cd "$(dirname "$0")/.."

table="$("${REDLINE:-redline}" share --catalog Layers/haixi/catalog.yaml --zones redline --regions counties \
    --format csv --quiet)"

# Columns: region_code 1, region_name 2, share 6. The last row is the total, measured from the whole.
total="$(tail -n 1 <<<"$table" | cut -d, -f6)"
printf 'Share of redline in all: %.2f %%\n' "$(awk -v share="$total" 'BEGIN { print 100 * share }')"
echo "Counties below it:"
awk -F, -v total="$total" 'NR > 1 && $1 != "total" && $6 < total { printf "%s,%.2f\n", $2, 100 * $6 }' <<<"$table" |
    sort -t, -k2,2n | sed 's/\(.*\),\(.*\)/  \1  \2 %/'
