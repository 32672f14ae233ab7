"""All records as frozen arrays, which know no domain question: where the index looks things up, in memory and on disk.

Read in this order: `columns` (one field of many records), `tables` (all records of one kind), `frozen` (everything, as
one bundle), `saved` (the bundle on disk).
"""
