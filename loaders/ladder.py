"""A role ladder as records, minted the same way whether it was read from YAML or from a table.

So the starter graph's ladders and the table of the framework they come from speak about the same ids, and both can be
loaded together.
"""

from ontology.ids import local_name, mint
from ontology.records import Competency, LevelText, Option, Requirement, Role
from ontology.values import Necessity, Source


def competency_id(ids: str, name: str) -> str:
    """The id of the competency called so.

    >>> competency_id("uk-digital", "Agile and Lean practices")
    'id/uk-digital/competency/agile-and-lean-practices'
    """
    return mint(ids, "competency", name)


def role_id(ids: str, name: str) -> str:
    """The id of the role called so.

    >>> role_id("uk-digital", "Lead product manager")
    'id/uk-digital/role/lead-product-manager'
    """
    return mint(ids, "role", name)


def framework_id(ids: str, name: str) -> str:
    """The id of a framework, or of the ladder of one role family."""
    return mint(ids, "framework", name)


def competency(
    ids: str, name: str, source: Source, *, about: str | None, framework: str | None, scale: str | None
) -> Competency:
    """A competency whose levels are those of `scale`, where one is known."""
    return Competency(
        id=competency_id(ids, name), source=source, name=name, description=about, framework=framework, scale=scale
    )


def level_text(ids: str, competency_name: str, level: str, words: str, source: Source) -> LevelText:
    """What a competency looks like at a level. `level` is the id of one."""
    return LevelText(
        id=mint(ids, "level-text", competency_name, local_name(level)),
        source=source,
        competency=competency_id(ids, competency_name),
        level=level,
        words=words,
    )


def role(
    ids: str,
    name: str,
    source: Source,
    *,
    family: str,
    other_names: tuple[str, ...] = (),
    about: str | None = None,
    group: str | None = None,
) -> Role:
    """One rung of the ladder of its family."""
    return Role(
        id=role_id(ids, name),
        source=source,
        name=name,
        other_names=other_names,
        description=about,
        family=family,
        group=group,
        ladder=framework_id(ids, family),
    )


def requirement(
    ids: str,
    role_name: str,
    competency_name: str,
    level: str | None,
    source: Source,
    *,
    importance: int | None = None,
    necessity: Necessity = "essential",
    words: str | None = None,
    measured_by: str | None = None,
) -> tuple[Requirement, Option]:
    """A role asks for a competency, at a level where one is given: one requirement with one option."""
    id_ = mint(ids, "requirement", role_name, competency_name)
    asked = Requirement(
        id=id_,
        source=source,
        subject=role_id(ids, role_name),
        at_least=1,
        importance=importance,
        necessity=necessity,
        words=words,
        measured_by=measured_by,
    )
    way = Option(
        id=mint(ids, "option", role_name, competency_name),
        source=source,
        requirement=id_,
        competency=competency_id(ids, competency_name),
        level=level,
    )
    return asked, way
