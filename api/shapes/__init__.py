"""What credpath says, as JSON: one pydantic model for each answer, with documented and stable fields.

Read in this order: `basics` (who says so, money, names), `figures` (prices, efforts), `proof`, `gap`, `pathway`,
`answer` (what `credpath next` says), `entries` (show and find), `coverage`, `housekeeping` (load, sources, check),
`batch` (a row for each of many people), `edits` (amend, edits, undo), `keeping` (copy, compare, backup, restore,
doctor), and `schemas` (the model of each `--json` by name). The terminal and the page render these same shapes.
"""
