"""Whether anything is lost when a process or a server is killed, told by a command that anyone can run.

Read `steps` (what is done to a store, the same for a seed), `child` (the process that does it and says what it began
and what was acknowledged), `verdict` (what a store may hold after a kill), `rounds` (kill, open again, judge) and
`backends` (where). `python -m tests.torture` prints the table; `test_torture` is a short run of it,
and `test_verdict` shows that the judge sees what is lost.
"""
