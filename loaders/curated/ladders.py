"""`ladders/*.yml`: one role family a file, with its competencies, level texts, roles, and the order of its rungs."""

from loaders import ladder, rungs
from loaders.curated.reading import LADDER_IDS, LADDERS, Reading
from loaders.nodes import Part
from ontology.ids import slug
from ontology.records import Framework
from ontology.values import Source

TOP = ("framework", "family", "group", "competencies", "roles", "steps")


def read_ladder(reading: Reading, top: Part) -> None:
    """Read one file of a role family."""
    found = reading.tolerate(top, TOP, ("framework", "family", "roles"))
    family = reading.once(found["family"], reading.families)
    group = found["group"].text() if "group" in found else None
    frame = found["framework"].keys(
        ("name", "publisher", "version", "page", "attribution", "note"), ("name", "publisher", "page")
    )
    page = frame["page"].page()
    publisher = frame["publisher"].text()
    version = frame["version"].text() if "version" in frame else None
    framework = ladder.framework_id(LADDER_IDS, frame["name"].text())

    def at(place: str) -> Source:
        return Source(id=LADDERS, place=f"{top.file}#{place}", page=page)

    reading.add(
        Framework(
            id=framework, source=at("framework"), name=frame["name"].text(), publisher=publisher, version=version
        ),
        Framework(
            id=ladder.framework_id(LADDER_IDS, family),
            source=at("family"),
            name=family,
            publisher=publisher,
            version=version,
        ),
    )
    asked: dict[str, rungs.Rung] = {}

    def read_competency(part: Part) -> None:
        keys = part.keys(("name", "about", "levels", "note"), ("name",))
        name = keys["name"].text()
        place = f"competencies/{slug(name)}"
        about = keys["about"].text() if "about" in keys else None
        reading.add(
            ladder.competency(LADDER_IDS, name, at(place), about=about, framework=framework, scale=reading.scale.id)
        )
        levels = keys["levels"].keys(reading.scale.level_names) if "levels" in keys else {}
        for level, words in levels.items():
            text = at(f"{place}/levels/{level}")
            reading.add(ladder.level_text(LADDER_IDS, name, reading.scale.level(level).id, words.text(), text))

    def read_role(part: Part) -> None:
        keys = part.keys(("name", "other_names", "about", "requires", "note"), ("name", "requires"))
        name = reading.once(keys["name"], reading.roles)
        place = f"roles/{slug(name)}"
        requires = [(reading.competency_name(competency), level) for competency, level in _pairs(keys["requires"])]
        levels = [(competency, reading.scale.level(_level(reading, level))) for competency, level in requires]
        reading.add(
            ladder.role(
                LADDER_IDS,
                name,
                at(place),
                family=family,
                other_names=keys["other_names"].texts() if "other_names" in keys else (),
                about=keys["about"].text() if "about" in keys else None,
                group=group,
            )
        )
        premises = {}
        for competency, level in levels:
            said = at(f"{place}/requires/{slug(competency)}")
            requirement, option = ladder.requirement(LADDER_IDS, name, competency, level.id, said)
            reading.add(requirement, option)
            premises[competency] = requirement.id
        ranks = {competency: level.rank for competency, level in levels}
        asked[name] = rungs.Rung(ladder.role_id(LADDER_IDS, name), name, ranks, premises)

    def read_step(part: Part) -> None:
        keys = part.keys(("from", "to", "note"), ("from", "to"))
        below, above = (_rung(keys[key], asked) for key in ("from", "to"))
        place = at(f"steps/{slug(below.name)}/{slug(above.name)}")
        rule, why_not = rungs.compare(below, above)
        if rule is None:
            found = f"a step from {below.name!r} to {above.name!r}"
            part.refuse(found, f"a step that the rules support ({why_not})")
        reading.add(rungs.step_record(LADDER_IDS, rungs.Step(below, above, rule), place))

    reading.each_in(found, "competencies", read_competency)
    reading.each_in(found, "roles", read_role)
    reading.each_in(found, "steps", read_step)


def _pairs(part: Part) -> list[tuple[Part, Part]]:
    """The keys and values of a mapping, each as a part, so that a mistyped key is refused at its own line."""
    part.entries()
    return [
        (Part(part.file, part.path, key), Part(part.file, f"{part.path}.{key.value}", value))
        for key, value in part.node.value
    ]


def _level(reading: Reading, part: Part) -> str:
    reading.level_id(part)
    return part.text()


def _rung(part: Part, asked: dict[str, rungs.Rung]) -> rungs.Rung:
    name = part.text()
    if name not in asked:
        part.refuse(repr(name), "a role of this file: " + ", ".join(asked))
    return asked[name]
