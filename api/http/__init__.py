"""The HTTP edge: the same answers as the command line, as JSON under `/api/v1`, and the pages.

Read in this order: `app` (how it is put together), `parameters` (what may be asked), `calls` (the JSON), `lists` and
`paging` (long lists), `caching`, `heads` (HEAD as GET), `guard` (headers and what must not leak), `pages` (for people);
then the processes: `serving` (the parent), `keeper` (the saved index follows the store), `workers` and `worker` (who
answers), `heart` (and is alive).
"""
