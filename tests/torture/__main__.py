"""`python -m tests.torture`: kill clients and servers at random moments, and count what was lost. It must be nothing.

Each row of the table is one store that lives through all of its kills. Lost are changes that were acknowledged and are
not there; half-written are sources that hold neither what they held nor what they should. A step in flight may be kept
or left out, whole. The exit code is 1 where anything was lost or half-written.
"""

# ruff: noqa: T201 — it is a command

import argparse
import time
from statistics import median

from tests.torture.backends import KILLS, opened
from tests.torture.rounds import Tally, Torture, Victim

COLUMNS = (
    "backend", "who is killed", "kills", "acknowledged changes", "lost", "half-written sources",
    "unfinished step kept / left out", "reopening median", "worst",
)  # fmt: skip
VICTIMS: dict[str, tuple[Victim, ...]] = {
    "oxigraph": ("client",), "neo4j": ("client", "server"), "fuseki": ("client", "server"),
}  # fmt: skip


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--backend", choices=KILLS, action="append", help="default: all; may be given several times")
    parser.add_argument("--victim", choices=("client", "server"), action="append", help="default: both")
    parser.add_argument("--kills", type=int, help=f"default: {KILLS}")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print("| " + " | ".join(COLUMNS) + " |\n" + "|---" * len(COLUMNS) + "|", flush=True)
    tallies = [
        torture(name, victim, asked.seed, asked.kills or KILLS[name])
        for name in asked.backend or KILLS
        for victim in VICTIMS[name]
        if victim in (asked.victim or VICTIMS[name])
    ]
    print()
    for tally in tallies:
        print(tell(tally))
    return 1 if any(tally.wrong for tally in tallies) else 0


def torture(name: str, victim: Victim, seed: int, kills: int) -> Tally:
    """Run one row and print it."""
    with opened(name) as backend:
        tally = Torture(backend, victim, seed).run(kills)
    print(row(tally), flush=True)
    return tally


def row(tally: Tally) -> str:
    """The tally as a row of the table."""
    found = tally.outcomes
    cells = (
        tally.backend, tally.victim, tally.kills, tally.acknowledged, found["lost"], found["half-written"],
        f"{found['kept']} / {found['left out']}", f"{median(tally.reopening):.2f} s", f"{max(tally.reopening):.2f} s",
    )  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


def tell(tally: Tally) -> str:
    """What the row does not say: where the kills fell, what the client was told, and what went wrong."""
    where = ", ".join(f"{what} {n}" for what, n in sorted(tally.killed_in.items()))
    told = ", ".join(f"{error} {n}" for error, n in sorted(tally.told.items()))
    lines = [f"{tally.backend}, {tally.victim} killed, seed {tally.seed}: aimed at {where}"]
    lines.append("  lasting " + ", ".join(f"{what} {seconds:.3f} s" for what, seconds in tally.lengths.items()))
    lines += [f"  the client was told: {told}"] if told else []
    return "\n".join(lines + [f"  WRONG: {line}" for line in tally.wrong])


if __name__ == "__main__":
    started = time.perf_counter()
    code = main()
    print(f"\n{time.perf_counter() - started:.0f} s")
    raise SystemExit(code)
