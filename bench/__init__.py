"""Benchmarks and tables of figures, each run by `python -m bench.NAME`; none is a test, none has a time limit.

Timed: `index` (build, save, open, look up), `names` (what they cost whoever answers), `pathways` (the solver) and
`stores` (load, replace, read), which `python -m bench` runs, and `batch` (10,000 people, one worker and two). Counted:
`rungs` (what credentials can do for every step of the UK framework) and `questions` (twenty questions, judged in the
docs). `memory` says what a process held at most, and what is its own.
"""
