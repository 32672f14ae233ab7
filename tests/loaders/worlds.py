"""One small starter folder, drawn once: two rungs, one provider, three credentials, one mapping, one project."""

from pathlib import Path

LADDER = """\
framework:
  {name: Tiny framework, publisher: Tiny house, version: "1", page: https://tiny.example/, attribution: Thanks to all.}
family: Gardener
group: Outdoors
competencies:
  - name: Pruning
    about: Cutting what should not grow.
    levels: {Working: Cuts with care., Expert: Teaches others to cut.}
  - name: Planting
roles:
  - name: Gardener
    other_names: [Gdnr]
    requires: {Pruning: Working, Planting: Awareness}
  - name: Lead gardener
    requires: {Pruning: Expert, Planting: Awareness}
steps:
  - {from: Gardener, to: Lead gardener}
"""

CREDENTIALS = """\
providers:
  - id: green
    name: Green Guild
    kind: professional body
    page: https://green.example/
    backing:
      - {how: accredits, by: Garden Board, standard: GB 1, page: https://board.example/list, date: 2026-06}
credentials:
  - id: green/one
    name: Green One
    other_names: [G1]
    provider: green
    type: Certificate
    page: https://green.example/one
    says:
      - {effort_hours: 16, page: https://green.example/one}
      - {effort_hours: [20, 30], page: https://review.example/one, date: 2025, by: third party}
      - {renewal_months: 0, page: https://green.example/one}
    costs:
      - {kind: exam, amount: 200, currency: USD, page: https://green.example/fees}
      - {kind: exam, amount: [90.5, 100], currency: GBP, for: members, page: https://green.example/fees}
      - {kind: training, page: https://green.example/fees}
      - {kind: other, amount: 3000, currency: JPY, page: https://green.example/fees}
    assessments:
      - id: exam
        name: Green exam
        says:
          - {methods: [quiz], proctored: no, page: https://green.example/exam}
          - {pass_mark: 85%, page: https://green.example/exam}
  - id: green/two
    name: Green Two
    page: https://green.example/two
    says:
      - {credit: 15, credit_scheme: UK credit, page: https://green.example/two}
    requires:
      - at_least: 1
        of: [green/one, {years: 3, family: Gardener, words: three years in gardens}, {words: a degree}]
        page: https://green.example/two
    standing:
      - {into: green/whole, money_off: 50, currency: GBP, hours_off: 1.5, page: https://green.example/two}
    findings:
      - {criterion: verifiable_record, verdict: met, words: public register, page: https://green.example/register}
  - id: green/whole
    name: Green Whole
    page: https://green.example/whole
    parts:
      - {at_least: 2, of: [green/one, green/two], page: https://green.example/whole}
"""

MAPPING = """\
- credential: green/one
  shows:
    - {competency: Pruning, level: Working, mode: assesses, topics: [saws, shears], page: https://green.example/topics}
"""

ASSIGNMENTS = """\
- id: orchard
  name: Prune an orchard
  shows: [{competency: Pruning, level: Expert}]
  produces: a pruned orchard
  assessor: the head gardener
  rubric: no branch is torn
  effort_hours: [30, 50]
  elapsed_days: [30, 90]
- id: any-working
  general: Working
  name: Do it once
  produces: a result
  assessor: a colleague
  rubric: it works
"""

CONVENTIONS = """\
rates:
  - {base: USD, quote: GBP, value: 0.7612, day: 2026-10-30, page: https://bank.example/rates}
credit_hours:
  - {scheme: UK credit, hours: [9, 10.5], page: https://credit.example/}
"""


def write_world(folder: Path, **changed: str) -> Path:
    """Write the small starter folder; a keyword such as `mapping=...` replaces that file's text."""
    files = {
        "ladders/gardener.yml": changed.get("ladder", LADDER),
        "credentials/green.yml": changed.get("credentials", CREDENTIALS),
        "mapping/green.yml": changed.get("mapping", MAPPING),
        "assignments/garden.yml": changed.get("assignments", ASSIGNMENTS),
        "conventions.yml": changed.get("conventions", CONVENTIONS),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
