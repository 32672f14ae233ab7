"""What others publish becomes records. Loaders know neither the graph nor the edges, and keep nothing.

Read in this order: `loaded` (what every loader gives back), `rungs` (the order of a ladder, derived), `ladder` (ids and
records of a ladder), `slugs` (short ids from sentences), `letters` (what no text has), `nearest` (what was probably
meant), `nodes` (YAML with its lines), then the folders `curated` (YAML edited by hand) and `table` (CSV and XLSX). The
starter graph itself stands in `starter`.
"""
