"""One small world in which every kind of record speaks, some of them at two places about one thing."""

from datetime import date

from ontology.records import (
    AdvancedStanding,
    Alignment,
    Assessment,
    Assignment,
    Backing,
    Claim,
    Competency,
    Cost,
    Credential,
    Finding,
    Forwarding,
    Framework,
    Level,
    LevelText,
    NextRole,
    Option,
    OutcomeData,
    PartOf,
    Provider,
    Rate,
    Record,
    Requirement,
    Role,
    Scale,
)
from ontology.values import Range, Source

HERE = Source(id="board", place="p1", page="https://example.org/first", date="2026-03")
RULED = Source(id="board", place="p2", rule="asks at least as much", premises=("id/board/role/junior",))

WORLD: tuple[Record, ...] = (
    Framework(
        id="id/b/framework/f", source=HERE, name="Ladder", valid_from=date(2026, 1, 1), replaces="id/b/framework/e"
    ),
    Scale(id="id/b/scale/s", source=HERE, name="Four levels"),
    Level(id="id/b/level/1", source=HERE, scale="id/b/scale/s", rank=1, name="Awareness"),
    Competency(
        id="id/b/competency/c",
        source=HERE,
        name="Agile",
        other_names=("Lean", "Scrum"),
        framework="id/b/framework/f",
        scale="id/b/scale/s",
        broader=("id/b/competency/d",),
    ),
    LevelText(
        id="id/b/level-text/1", source=HERE, competency="id/b/competency/c", level="id/b/level/1", words="knows it"
    ),
    Role(id="id/b/role/junior", source=HERE, name="Junior", rung=1, ladder="id/b/framework/f"),
    Role(id="id/b/role/junior", source=RULED, name="Junior product manager", family="Product manager"),
    Requirement(id="id/b/requirement/1", source=HERE, subject="id/b/role/junior", at_least=1, importance=100),
    Option(
        id="id/b/option/1",
        source=HERE,
        requirement="id/b/requirement/1",
        competency="id/b/competency/c",
        level="id/b/level/1",
    ),
    Provider(id="id/b/provider/b", source=HERE, name="Board", kind="professional body"),
    Credential(
        id="id/b/credential/first",
        source=HERE,
        name="First",
        type="Certification",
        provider="id/b/provider/b",
        status="active",
        offered_until=date(2027, 1, 31),
        effort=Range(960, 1200),
        renewal_months=0,
    ),
    Credential(id="id/b/credential/first", source=RULED, name="First", elapsed=Range(28, 28)),
    Cost(
        id="id/b/cost/1",
        source=HERE,
        credential="id/b/credential/first",
        kind="exam",
        amount=Range(15000, 20000),
        currency="GBP",
    ),
    Assessment(
        id="id/b/assessment/1",
        source=HERE,
        credential="id/b/credential/first",
        methods=("exam", "quiz"),
        proctored="yes",
        evaluator="Automated",
    ),
    Claim(
        id="id/b/claim/1", source=HERE, subject="id/b/credential/first", competency="id/b/competency/c", mode="assesses"
    ),
    PartOf(id="id/b/part-of/1", source=HERE, part="id/b/credential/first", whole="id/b/credential/master"),
    AdvancedStanding(
        id="id/b/advanced-standing/1",
        source=HERE,
        held="id/b/credential/first",
        into="id/b/credential/master",
        money_off=50000,
        currency="GBP",
        minutes_off=600,
    ),
    Alignment(
        id="id/b/alignment/1", source=HERE, one="id/b/competency/c", other="https://example.org/agile", relation="close"
    ),
    Backing(id="id/b/backing/1", source=HERE, subject="id/b/provider/b", by="ISO", how="accredits"),
    Finding(id="id/b/finding/1", source=HERE, subject="id/b/provider/b", criterion="verifiable_record", verdict="met"),
    Assignment(
        id="id/b/assignment/1",
        source=HERE,
        name="Run a retrospective",
        produces="notes",
        assessor="the team lead",
        rubric="three criteria",
        effort=Range(300, 600),
    ),
    OutcomeData(
        id="id/b/outcome-data/1",
        source=HERE,
        credential="id/b/credential/first",
        measure="pass rate",
        value=71,
        unit="percent",
    ),
    NextRole(
        id="id/b/next-role/1", source=RULED, from_role="id/b/role/junior", to_role="id/b/role/lead", kind="ladder step"
    ),
    Rate(id="id/b/rate/1", source=HERE, base="USD", quote="GBP", millionths=761200, day=date(2026, 10, 30)),
    Forwarding(id="id/b/role/old", source=HERE, to="id/b/role/junior"),
)
