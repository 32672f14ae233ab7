"""CSV and XLSX tables of any publisher, read by a small mapping file.

Read `mapping` (the language of mapping files), `reader` (a table becomes records), `records` and `cells` (a row, a
cell), `rows` and `sheets` (the two file formats), `ladder` (what follows from all rows together), `template` (the
spreadsheet for an own ladder). The mappings that ship stand in `presets`.
"""
