"""What our editors say: which competency a credential's topics speak to, workplace projects, rates, hours in a credit.

All of it speaks as `starter-editors`, so answers can say that a mapping is ours and not the issuer's.
"""

from typing import get_args

from loaders.curated.money import currency_of
from loaders.curated.reading import (
    EDITORS,
    ISSUERS,
    LADDER_IDS,
    OTHERS,
    STARTER_IDS,
    Reading,
    assessment_id,
    credential_id,
)
from loaders.ladder import competency_id
from loaders.nearest import suggestion
from loaders.nodes import Part
from ontology.ids import local_name, mint, slug
from ontology.records import Assignment, Claim, Credential, Rate
from ontology.values import Mode, Range, Source

MILLION = 1_000_000


def read_mapping(reading: Reading, top: Part) -> None:
    """Read one file of mappings."""
    reading.each(top.items(), lambda part: _read_mapped(reading, part))


def _read_mapped(reading: Reading, part: Part) -> None:
    found = reading.tolerate(part, ("credential", "shows", "note"), ("credential", "shows"))
    reading.credential_id(found["credential"])
    key = found["credential"].text()
    reading.numbered(found, "shows", f"{part.file}#{key}", lambda line, at: _read_claim(reading, line, key, at))


def _read_claim(reading: Reading, line: Part, key: str, place: str) -> None:
    found = line.keys(
        ("competency", "level", "mode", "topics", "page", "date", "by", "note"), ("competency", "mode", "page")
    )
    competency = reading.competency_name(found["competency"])
    level = reading.level_id(found["level"]) if "level" in found else None
    mode = found["mode"].choice(get_args(Mode))
    by = _assessment_of(found, line, reading.assessments.get(key, ()), mode)
    parts = (key, competency, *([local_name(level)] if level else []), mode, *([by] if by else []))
    reading.add(
        Claim(
            id=mint(STARTER_IDS, "claim", *parts),
            source=Source(
                id=EDITORS,
                place=place,
                page=found["page"].page(),
                date=found["date"].when() if "date" in found else None,
            ),
            subject=credential_id(key),
            competency=competency_id(LADDER_IDS, competency),
            mode=mode,
            level=level,
            assessment=assessment_id(key, by) if by else None,
            words="; ".join(found["topics"].texts()) if "topics" in found else None,
        )
    )


def _assessment_of(found: dict[str, Part], line: Part, exams: tuple[str, ...], mode: str) -> str | None:
    """The assessment that is named, or the only one there is. Which of several assesses must be said."""
    if "by" in found:
        by = found["by"].text()
        if by not in exams:
            found["by"].refuse(
                repr(by), suggestion(by, exams) if exams else "a credential with an assessment of that id"
            )
        return by
    if mode == "assesses" and len(exams) > 1:
        line.refuse("no by", "by: which of " + ", ".join(exams) + " assesses it")
    return exams[0] if len(exams) == 1 else None


def read_assignments(reading: Reading, top: Part) -> None:
    """Read one file of workplace projects."""
    reading.each(top.items(), lambda part: _read_assignment(reading, part))


def _read_assignment(reading: Reading, part: Part) -> None:
    words = ("name", "produces", "assessor", "rubric", "audience", "leadership")
    known = ("id", *words, "shows", "general", "effort_hours", "elapsed_days", "note")
    found = reading.tolerate(part, known, ("id", *words[:4]))
    key = found["id"].text()
    if ("shows" in found) == ("general" in found):
        part.refuse("shows and general together, or neither", "shows: [...] or general: a level")
    id_ = mint(STARTER_IDS, "assignment", key)
    place = f"{part.file}#{key}"
    _once(reading, id_, part, key)
    text = {name: found[name].text() if name in found else None for name in words}
    reading.add(
        Assignment(
            id=id_,
            source=Source(id=EDITORS, place=place),
            name=found["name"].text(),
            produces=found["produces"].text(),
            assessor=found["assessor"].text(),
            rubric=found["rubric"].text(),
            audience=text["audience"],
            leadership=text["leadership"],
            general_level=reading.level_id(found["general"]) if "general" in found else None,
            effort=found["effort_hours"].quantity(60) if "effort_hours" in found else None,
            elapsed=found["elapsed_days"].quantity(1) if "elapsed_days" in found else None,
        )
    )

    def read_shown(line: Part) -> None:
        keys = line.keys(("competency", "level"), ("competency", "level"))
        competency, level = reading.competency_name(keys["competency"]), reading.level_id(keys["level"])
        reading.add(
            Claim(
                id=mint(STARTER_IDS, "claim", f"assignment {key}", competency, local_name(level)),
                source=Source(id=EDITORS, place=f"{place}/shows/{slug(competency)}/{local_name(level)}"),
                subject=id_,
                competency=competency_id(LADDER_IDS, competency),
                mode="assesses",
                level=level,
            )
        )

    reading.each_in(found, "shows", read_shown)


def _once(reading: Reading, id_: str, part: Part, key: str) -> None:
    if any(record.id == id_ for record in reading.records[EDITORS] if isinstance(record, Assignment)):
        part.refuse(f"the id {key!r} again", "an id of its own")


def read_conventions(reading: Reading, top: Part) -> None:
    """Read the rates and the hours in a credit; the latter give effort where a credential states credit only."""
    found = reading.tolerate(top, ("rates", "credit_hours"), ())
    reading.each_in(found, "rates", lambda part: _read_rate(reading, part))
    reading.each_in(found, "credit_hours", lambda part: _derive_effort(reading, part))


def _read_rate(reading: Reading, part: Part) -> None:
    found = part.keys(("base", "quote", "value", "day", "page", "note"), ("base", "quote", "value", "day", "page"))
    base, quote, day = currency_of(found["base"]), currency_of(found["quote"]), found["day"].day()
    millionths = found["value"].number() * MILLION
    if millionths != millionths.to_integral_value() or not millionths:
        found["value"].refuse(found["value"].shown(), "a rate above 0 with at most six digits after the point")
    place = f"{part.file}#rates/{base}/{quote}/{day}"
    reading.add(
        Rate(
            id=mint(STARTER_IDS, "rate", base, quote, day.isoformat()),
            source=Source(id=EDITORS, place=place, page=found["page"].page(), date=day.isoformat()),
            base=base,
            quote=quote,
            millionths=int(millionths),
            day=day,
        )
    )


def _derive_effort(reading: Reading, part: Part) -> None:
    """Hours in a credit of one scheme, for every credential whose credit is stated and whose effort nobody states."""
    found = part.keys(("scheme", "hours", "words", "page", "date", "note"), ("scheme", "hours", "page"))
    scheme, page = found["scheme"].text(), found["page"].page()
    in_credit = found["hours"].quantity(60)
    day = found["date"].when() if "date" in found else None
    stated = [r for s in (ISSUERS, OTHERS) for r in reading.records[s] if isinstance(r, Credential)]
    with_effort = {record.id for record in stated if record.effort}
    done: set[str] = set()
    for record in stated:
        if record.credit_scheme != scheme or not record.credit or record.id in with_effort or record.id in done:
            continue
        done.add(record.id)
        reading.add(
            Credential(
                id=record.id,
                source=Source(
                    id=EDITORS,
                    place=f"{part.file}#credit_hours/{slug(scheme)}/{local_name(record.id)}",
                    page=page,
                    date=day,
                    rule=f"hours in one {scheme}",
                    premises=(record.id,),
                ),
                name=record.name,
                effort=Range(record.credit * in_credit.low, record.credit * in_credit.high),
            )
        )
