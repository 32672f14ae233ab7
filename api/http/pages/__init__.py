"""The pages: the same answers as the JSON, made by the server, so that they print and need no script.

Read in this order: `form` (what may be asked), `what_next` (the form with its answer), `reference` (coverage, one
thing, the API, what went wrong), then what these are made with: `templating`, `bars` and `timeline` (pictures),
`asked_again` (a name that was not clear). The templates stand in `templates`, style and script in `static`.
"""
