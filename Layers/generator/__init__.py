"""Generator of the synthetic sample catalogs in this folder; start it with `python3 Layers/generate.py`."""
