"""Shapes on a terminal: pages made of blocks, drawn with rich where somebody looks and plainly where it is piped.

Read in this order: `blocks` (what a page is made of), `draw` (both ways of drawing), `progress`, then the pages:
`gap`, `plan`, `answer`, `coverage`, `entry`, `housekeeping`.
"""
