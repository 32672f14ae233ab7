"""What the command line and HTTP share: a question in words is read and answered, and nothing is printed here.

Read in this order: `picking` (a name becomes an id), `reading` (words become a person and a question), `answering`
(what next, and the gap), `covering` (the coverage of a ladder), `values` (words become a value of a record),
`amending` (words become an edit), `undoing`.
"""
