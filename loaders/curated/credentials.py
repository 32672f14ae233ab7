"""`credentials/*.yml`: who offers what, each fact a statement of its own with the page that says it.

One entry becomes several records of one id: the entry itself and one partial record for each line under `says`, so a
fact keeps its own page and date, and two pages that disagree both stay.
"""

import re
from collections.abc import Callable
from typing import get_args

from loaders.curated.conditions import read_backing, read_finding, read_parts, read_requires, read_standing
from loaders.curated.money import currency_of, minor_units
from loaders.curated.reading import (
    ISSUERS,
    SAID,
    STARTER_IDS,
    Reading,
    assessment_id,
    credential_id,
    provider_id,
    said,
)
from loaders.nodes import Part
from ontology.ids import mint
from ontology.records import Assessment, Cost, Credential, Provider
from ontology.values import CostKind, Evaluator, Flag, Method, ProviderKind, Status

PROVIDER = ("id", "name", "other_names", "kind", "area", "backing", "findings", *SAID)
LISTS = ("says", "costs", "assessments", "requires", "parts", "standing", "backing", "findings")
CREDENTIAL = ("id", "name", "other_names", "provider", "type", "about", *LISTS, *SAID)
FACTS = (
    "effort_hours", "elapsed_days", "credit", "credit_scheme", "scheme_level", "status", "languages", "modes",
    "offered_until", "renewal_months",
)  # fmt: skip
ASSESSMENT_FACTS = ("methods", "proctored", "pass_mark", "evaluator", "rubric", "retakes")


def read_credentials(reading: Reading, top: Part) -> None:
    """Read one file of providers and credentials."""
    found = reading.tolerate(top, ("providers", "credentials"), ())
    reading.each_in(found, "providers", lambda part: read_provider(reading, part))
    reading.each_in(found, "credentials", lambda part: read_credential(reading, part))


def read_provider(reading: Reading, part: Part) -> None:
    """Read one provider with its backing and findings."""
    found = reading.tolerate(part, PROVIDER, ("id", "name", "page"))
    key = reading.once(found["id"], reading.providers)
    place = f"{part.file}#{key}"
    source = said(found, part, place)
    reading.add(
        Provider(
            id=provider_id(key),
            source=source,
            name=found["name"].text(),
            other_names=found["other_names"].texts() if "other_names" in found else (),
            kind=found["kind"].choice(get_args(ProviderKind)) if "kind" in found else "unknown",
            area=found["area"].text() if "area" in found else None,
            page=source.page if source.id == ISSUERS else None,
        )
    )
    id_ = provider_id(key)
    reading.numbered(found, "backing", place, lambda line, at: read_backing(reading, line, id_, key, at))
    reading.numbered(found, "findings", place, lambda line, at: read_finding(reading, line, id_, key, at))


def read_credential(reading: Reading, part: Part) -> None:
    """Read one credential with all its lines."""
    found = reading.tolerate(part, CREDENTIAL, ("id", "name", "page"))
    key, name = reading.once(found["id"], reading.credentials), found["name"].text()
    place = f"{part.file}#{key}"
    source = said(found, part, place)
    reading.add(
        Credential(
            id=credential_id(key),
            source=source,
            name=name,
            other_names=found["other_names"].texts() if "other_names" in found else (),
            description=found["about"].text() if "about" in found else None,
            type=_type(found["type"]) if "type" in found else None,
            provider=reading.provider_id(found["provider"]) if "provider" in found else None,
            page=source.page if source.id == ISSUERS else None,
        )
    )
    id_ = credential_id(key)
    readers: dict[str, Callable[[Part, str], None]] = {
        "says": lambda line, at: read_says(reading, line, key, name, at),
        "costs": lambda line, at: read_cost(reading, line, key, at),
        "requires": lambda line, at: read_requires(reading, line, key, at),
        "parts": lambda line, at: read_parts(reading, line, key, at),
        "standing": lambda line, at: read_standing(reading, line, key, at),
        "backing": lambda line, at: read_backing(reading, line, id_, key, at),
        "findings": lambda line, at: read_finding(reading, line, id_, key, at),
    }
    for list_name, read in readers.items():
        reading.numbered(found, list_name, place, read)
    reading.each_in(found, "assessments", lambda exam: read_assessment(reading, exam, key, place))


def read_says(reading: Reading, line: Part, key: str, name: str, place: str) -> None:
    """One line of facts as a partial record of the credential."""
    found = line.keys((*FACTS, *SAID))
    if not any(fact in found for fact in FACTS):
        line.refuse("no fact", "one of: " + ", ".join(FACTS))
    if ("credit" in found) != ("credit_scheme" in found):
        line.refuse("credit without its scheme, or the reverse", "both credit and credit_scheme")
    reading.add(
        Credential(
            id=credential_id(key),
            source=said(found, line, place),
            name=name,
            effort=found["effort_hours"].quantity(60) if "effort_hours" in found else None,
            elapsed=found["elapsed_days"].quantity(1) if "elapsed_days" in found else None,
            credit=found["credit"].whole() if "credit" in found else None,
            credit_scheme=found["credit_scheme"].text() if "credit_scheme" in found else None,
            scheme_level=found["scheme_level"].text() if "scheme_level" in found else None,
            status=found["status"].choice(get_args(Status)) if "status" in found else None,
            languages=tuple(map(_language, _each(found, "languages"))),
            modes=tuple(mode.text() for mode in _each(found, "modes")),
            offered_until=found["offered_until"].day() if "offered_until" in found else None,
            renewal_months=found["renewal_months"].whole() if "renewal_months" in found else None,
        )
    )


def read_cost(reading: Reading, line: Part, key: str, place: str) -> None:
    """One fee. Without an amount it says that there is such a fee."""
    found = line.keys(("kind", "amount", "currency", "for", *SAID), ("kind",))
    kind = found["kind"].choice(get_args(CostKind))
    audience = found["for"].text() if "for" in found else None
    if "amount" in found and "currency" not in found:
        line.refuse("an amount without a currency", "a currency such as GBP")
    currency = currency_of(found["currency"]) if "currency" in found else None
    amount = minor_units(found["amount"], currency) if "amount" in found and currency else None
    reading.add(
        Cost(
            id=mint(STARTER_IDS, "cost", key, kind, *([audience] if audience else [])),
            source=said(found, line, place),
            credential=credential_id(key),
            kind=kind,
            amount=amount,
            currency=currency if amount else None,
            audience=audience,
        )
    )


def read_assessment(reading: Reading, part: Part, credential: str, place: str) -> None:
    """One assessment: itself, and a partial record for each line that says something of it."""
    found = reading.tolerate(part, ("id", "name", "says", "findings", *SAID), ("id",))
    key = found["id"].text()
    id_ = assessment_id(credential, key)
    name = found["name"].text() if "name" in found else None
    place = f"{place}/assessments/{key}"
    whole = credential_id(credential)
    own = found if "page" in found else {**found, **_first_page(found)}
    reading.add(Assessment(id=id_, source=said(own, part, place), credential=whole, name=name))

    def read_line(line: Part, at: str) -> None:
        facts = line.keys((*ASSESSMENT_FACTS, *SAID))
        if not any(fact in facts for fact in ASSESSMENT_FACTS):
            line.refuse("no fact", "one of: " + ", ".join(ASSESSMENT_FACTS))
        reading.add(
            Assessment(
                id=id_,
                source=said(facts, line, at),
                credential=whole,
                name=name,
                methods=tuple(method.choice(get_args(Method)) for method in _each(facts, "methods")),
                proctored=facts["proctored"].choice(get_args(Flag)) if "proctored" in facts else None,
                rubric=facts["rubric"].choice(get_args(Flag)) if "rubric" in facts else None,
                pass_mark=facts["pass_mark"].text() if "pass_mark" in facts else None,
                evaluator=facts["evaluator"].choice(get_args(Evaluator)) if "evaluator" in facts else None,
                retakes=facts["retakes"].text() if "retakes" in facts else None,
            )
        )

    reading.numbered(found, "says", place, read_line)
    finding_key = f"{credential}/{key}"
    reading.numbered(found, "findings", place, lambda line, at: read_finding(reading, line, id_, finding_key, at))


def _first_page(found: dict[str, Part]) -> dict[str, Part]:
    """The page, date and voice of the first line of an assessment: who says that there is one."""
    lines = found["says"].items() if "says" in found and found["says"].is_list else ()
    for line in lines:
        keys = line.entries() if line.is_mapping else {}
        if "page" in keys:
            return {name: keys[name] for name in ("page", "date", "by") if name in keys}
    return {}


def _each(found: dict[str, Part], name: str) -> tuple[Part, ...]:
    if name not in found:
        return ()
    return found[name].items() if found[name].is_list else (found[name],)


def _type(part: Part) -> str:
    if not re.fullmatch(r"[A-Z][A-Za-z]+", part.text()):
        part.refuse(part.shown(), "the local name of a CTDL class, such as Certification")
    return part.text()


def _language(part: Part) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", part.text()):
        part.refuse(part.shown(), "a language tag such as en or pt-BR")
    return part.text()
