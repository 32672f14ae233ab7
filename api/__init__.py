"""The edges: what people and programs touch. Answers become shapes here, and shapes become terminal, page and JSON.

Read in this order: `settings`, `catalogue` (an index and its names), `knowledge` (what is known at one moment),
`service` (an open store and what is known of it), `shapes` (what is said), `present` (answers become shapes),
`sentences` (data become English), `people` (who asks), `asking` (a question is read and answered, for the command
line and HTTP alike), `commands` and `command` (the command line), `whole` (files that are written whole), `batch`
(plans for many at once), `terminal` (pages on a terminal), `problems` (errors over HTTP), `http` (the API and the
pages), `diagnosis` (what is wrong with an installation).
"""
