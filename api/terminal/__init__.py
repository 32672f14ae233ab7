"""Shapes on a terminal: pages made of blocks, drawn with rich where somebody looks and plainly where it is piped.

Read in this order: `bare` (what is never printed), `blocks` (what a page is made of), `colour` and `plain` (the two
drawings), `show` (which of them), `progress`, then the pages: `gap`, `plan`, `answer`, `coverage`, `entry`,
`housekeeping`, `batch`, `keeping`, `edits`.
"""
