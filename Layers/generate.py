#!/usr/bin/env python3
"""Write the synthetic sample catalogs beside this file, or check that they are as this program makes them.

    python3 Layers/generate.py           write
    python3 Layers/generate.py --check   compare with the files on disk; exit status 1 if one differs

Standard library only, Python 3.11 or newer. The same bytes on every run.
"""

import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
from pathlib import Path  # noqa: E402

from generator import catalogs, readme  # noqa: E402

ROOT = Path(__file__).resolve().parent


def main() -> int:
    parser = argparse.ArgumentParser(description="Write or check the synthetic sample catalogs.")
    parser.add_argument("--check", action="store_true", help="compare with the files on disk, write nothing")
    check = parser.parse_args().check

    files, text = catalogs.build()
    readme_path = ROOT / "README.md"
    files["README.md"] = readme.with_figures(readme_path.read_text(encoding="utf-8"), text).encode()

    different = []
    for name, content in sorted(files.items()):
        path = ROOT / name
        if check:
            if not path.exists():
                different.append(f"{name} is missing")
            elif path.read_bytes() != content:
                different.append(f"{name} differs")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
    for line in different:
        print(f"{line}; `python3 Layers/generate.py` makes it again", file=sys.stderr)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
