"""Folders of YAML that a domain expert edits by hand, such as the starter graph in `loaders/starter`.

Read `folder` (which files there are, what they come to), `reading` (what is known while they are read), then one module
for each kind of file: `ladders`, `credentials` (with `conditions` and `money`), `editors` (mapping, assignments,
conventions).
"""
