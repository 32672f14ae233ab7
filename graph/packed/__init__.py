"""All records as frozen arrays, which know no domain question: where the index looks things up, in memory and on disk.

Read in this order: `columns` (one field of many records), `tables` (all records of one kind), `remarks` (notes about
fields), `keys` (rows by words), `frozen` (everything, as one bundle), `saved` (the bundle on disk). How it is made
while records stream by: `piles` (arrays that grow), `pool` (numbers for ids), `growing` (one kind), `linking` (who
points to what), `freezing`.
"""
