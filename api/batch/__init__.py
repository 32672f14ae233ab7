"""Plans for a whole workforce: a table of people becomes a table of plans, on one machine or on a cluster.

Read in this order: `columns` (what the table of people may hold), `planning` (a question of nobody in particular, and
what a worker does with it), `reading` (rows become questions), `journal` (what is kept while it runs), `interrupts`
(what Ctrl-C does), `workers` (a pool of processes, or Dask), `running` (questions to workers, whatever dies), `writing`
(rows become a file), and `everyone` (all of it in one call).
"""
