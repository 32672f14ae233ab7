"""Loaders read what others publish and give records. They know neither the graph nor the API.

Read in this order: `loaded` (what every loader gives back), `nodes` (YAML with its lines), `ladder` (role ladders as
records), `starter` (the folder of YAML files), `mapping` and `table` (any CSV or XLSX, driven by a small TOML file),
`rungs` (the order of rungs, derived), `template` (a spreadsheet for an employer's own ladder).
"""
