"""`python -m bench`: the benchmarks that measure time, at sizes that a laptop finishes in a few minutes."""

import runpy
import sys

SMALL: dict[str, tuple[str, ...]] = {
    "index": ("2000", "20000"),
    "names": ("2000", "20000"),
    "pathways": (),
    "stores": ("2000", "memory", "oxigraph"),
}

for name, arguments in SMALL.items():
    print(f"\n## {name}\n")
    sys.argv = [f"bench.{name}", *arguments]
    runpy.run_module(f"bench.{name}", run_name="__main__")
