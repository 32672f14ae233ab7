"""One module for each command of `credpath`; what is heavy is imported when a command runs, so that --help is quick.

Read in this order: `options` (what several commands take), `running` (an open service for a command), then the
commands: `ask` (next, gap), `batch`, `look` (show, find, coverage), `load`, `keep` (sources, drop, export), `check`,
`edit` (amend, edits, undo), `move` (copy, compare), `backup` (backup, restore), `doctor`, `other` (serve, schema,
template), `demo`.
"""
