"""Data becomes plain English sentences: the only place where answers are worded.

Read in this order: `words` (lists, counts, money, hours), `figures` (what is known and what stands in), `proof` (how
surely, and why not surer), `gap` (on what an item rests), `plan` (why a step, what a plan does), `left` (what no
credential closes, because), `coverage`, `batch` (what a row of many says).
"""
