from typing import get_args

import pytest

from ontology.errors import UnknownId
from ontology.records import (
    Alignment,
    Assignment,
    Claim,
    Competency,
    Cost,
    Credential,
    Forwarding,
    Framework,
    Level,
    Option,
    OutcomeData,
    Provider,
    Requirement,
    Role,
    Scale,
)
from ontology.values import Range, Source
from tests.worlds import (
    EXAM,
    THE_SCALE,
    aligned,
    any_of,
    ask,
    assignment,
    at,
    backing,
    competency,
    credential,
    finding,
    provider,
    rate,
    related,
    role,
    said_by,
    standing,
    the,
    the_assessment,
    the_assignment,
    the_competency,
    the_credential,
    the_level,
    the_provider,
    the_requirement,
    the_role,
    world,
)

HERE = Source(id="w", place="by hand")
OTHER_SCALE = (
    Scale(id="id/w/scale/stars", source=HERE, name="Stars"),
    Level(id="id/w/level/one-star", source=HERE, scale="id/w/scale/stars", rank=1, name="One star"),
    Level(id="id/w/level/two-stars", source=HERE, scale="id/w/scale/stars", rank=2, name="Two stars"),
)


def levels_match(one: str, other: str, relation: str = "exact") -> Alignment:
    return Alignment(id=f"id/w/alignment/{relation}", source=HERE, one=one, other=other, relation=relation)  # type: ignore[arg-type]


def test_a_record_is_found_by_its_id() -> None:
    index = world(credential("PSM", by="Scrum.org", minutes=960))
    assert index.record(Credential, the_credential("PSM")).effort == Range(960, 960)
    assert index.find(Credential, the_credential("CSM")) is None


def test_an_unknown_id_is_an_error_that_says_the_kind() -> None:
    with pytest.raises(UnknownId, match="no role has the id 'id/w/role/king'"):
        world().record(Role, "id/w/role/king")


def test_an_id_belongs_to_its_kind() -> None:
    index = world(credential("PSM"))
    assert index.find(Role, the_credential("PSM")) is None


def test_ids_come_sorted() -> None:
    index = world(role("Zebra keeper"), role("Ape keeper"), role("Lion keeper"))
    ids = index.ids(Role)
    assert list(ids) == ["id/w/role/ape-keeper", "id/w/role/lion-keeper", "id/w/role/zebra-keeper"]
    assert ids[-1] == "id/w/role/zebra-keeper"
    assert ids[:1] == ("id/w/role/ape-keeper",)
    assert list(world().ids(Role)) == []


def test_a_renamed_id_leads_to_the_new_one() -> None:
    index = world(credential("New"), Forwarding(id=the_credential("Old"), source=HERE, to=the_credential("New")))
    assert index.record(Credential, the_credential("Old")).name == "New"
    assert index.said(the_credential("Old"), "name").place == "credential New"


def test_what_points_to_a_renamed_id_is_found_under_the_new_one() -> None:
    index = world(
        credential("New"),
        credential("Next", needs=["Old"]),
        Forwarding(id=the_credential("Old"), source=HERE, to=the_credential("New")),
    )
    (option,) = index.options_of(the_requirement("Next", "1"))
    assert option.credential == the_credential("New")
    assert [c.name for c in index.credentials_requiring(the_credential("Old"))] == ["Next"]


def test_ids_renamed_in_a_circle_stay_what_they_are() -> None:
    index = world(
        credential("One"),
        Forwarding(id=the_credential("One"), source=HERE, to=the_credential("Two")),
        Forwarding(id=the_credential("Two"), source=HERE, to=the_credential("One")),
    )
    assert index.record(Credential, the_credential("One")).name == "One"
    assert index.find(Credential, the_credential("Two")) is None


def test_the_index_says_who_says_a_field() -> None:
    index = world(credential("PSM", minutes=960), said_by("press", "others", credential("PSM", status="active")))
    assert index.said(the_credential("PSM"), "effort").id == "w"
    assert index.said(the_credential("PSM"), "status").id == "press"
    assert index.said(the_credential("PSM"), "page").id == "w"
    assert index.voice("press") == "others"
    assert index.voice("never heard of") == "others"
    assert [info.id for info in index.sources] == ["press", "w"]


def test_nobody_says_a_field_of_nothing() -> None:
    with pytest.raises(UnknownId):
        world().said("id/w/credential/psm", "name")


def test_values_that_lost_stay_visible() -> None:
    index = world(credential("PSM", minutes=960), said_by("press", "others", credential("PSM", minutes=1200)))
    (disagreement,) = index.disagreements(the_credential("PSM"))
    assert index.record(Credential, the_credential("PSM")).effort == Range(960, 960)
    assert (disagreement.kind, disagreement.field, disagreement.value) == ("credential", "effort", Range(1200, 1200))
    assert disagreement.source.id == "press"
    assert index.disagreements(the_credential("CSM")) == ()


def test_a_role_asks_for_its_requirements_and_their_options() -> None:
    index = world(
        role(
            "Senior", asks={"Agile": "Working", "Strategy": ask("Expert", importance=40, optional=True)}, needs=["PSM"]
        ),
        credential("PSM"),
    )
    agile, strategy = the_requirement("Senior", "Agile"), the_requirement("Senior", "Strategy")
    assert [r.id for r in index.requirements_of(the_role("Senior"))] == [
        the_requirement("Senior", "1"),
        agile,
        strategy,
    ]
    assert index.record(Requirement, strategy).importance == 40
    assert index.record(Requirement, strategy).necessity == "optional"
    assert [(o.competency, o.level) for o in index.options_of(agile)] == [
        (the_competency("Agile"), the_level("Working"))
    ]


def test_a_condition_may_be_met_by_any_of_several_options() -> None:
    index = world(credential("A"), credential("B"), credential("C", needs=[any_of(1, "A", "B", at("Agile", "Expert"))]))
    options = index.options_of(the_requirement("C", "1"))
    assert [o.credential for o in options] == [the_credential("A"), the_credential("B"), None]
    assert [c.name for c in index.credentials_requiring(the_credential("B"))] == ["C"]


def test_levels_come_lowest_first() -> None:
    index = world()
    assert [level.name for level in index.levels_of(THE_SCALE)] == ["Awareness", "Working", "Practitioner", "Expert"]


def test_a_level_text_says_what_a_level_looks_like() -> None:
    index = world(competency("Agile", texts={"Working": "keeps work visible"}))
    assert index.level_text(the_competency("Agile"), the_level("Working")) == "keeps work visible"
    assert index.level_text(the_competency("Agile"), the_level("Expert")) is None


@pytest.mark.parametrize(
    ("have", "asked", "answer"),
    [
        ("Expert", "Working", True),
        ("Working", "Working", True),
        ("Working", "Expert", False),
        ("Guru", "Working", False),
    ],
)
def test_within_a_scale_ranks_decide(have: str, asked: str, *, answer: bool) -> None:
    assert world().reaches(the_level(have), the_level(asked)) is answer


def test_scales_do_not_meet_by_equal_numbers() -> None:
    index = world(*OTHER_SCALE)
    assert not index.reaches("id/w/level/two-stars", the_level("Working"))
    assert not index.reaches(the_level("Expert"), "id/w/level/one-star")


def test_scales_meet_where_levels_are_stated_to_match_exactly() -> None:
    index = world(*OTHER_SCALE, levels_match("id/w/level/one-star", the_level("Practitioner")))
    assert index.reaches("id/w/level/one-star", the_level("Practitioner"))
    assert index.reaches("id/w/level/two-stars", the_level("Working"))
    assert index.reaches(the_level("Expert"), "id/w/level/one-star")
    assert not index.reaches("id/w/level/two-stars", the_level("Expert"))
    assert not index.reaches(the_level("Expert"), "id/w/level/two-stars")


def test_levels_that_match_closely_do_not_make_scales_meet() -> None:
    index = world(*OTHER_SCALE, levels_match("id/w/level/one-star", the_level("Practitioner"), "close"))
    assert not index.reaches("id/w/level/one-star", the_level("Practitioner"))


def test_an_alignment_is_read_both_ways() -> None:
    index = world(aligned("Agile", "Lean", "close"), aligned("Agile", "Scrum", "narrow"))
    agile, lean, scrum = the_competency("Agile"), the_competency("Lean"), the_competency("Scrum")
    assert index.same_competency(agile) == ((agile, "exact"), (lean, "close"), (scrum, "narrow"))
    assert index.same_competency(scrum) == ((scrum, "exact"), (agile, "broad"))


def test_claims_are_found_by_subject_and_by_competency() -> None:
    index = world(
        credential("PSM", assessed=EXAM, assesses={"Agile": "Working"}, teaches={"Strategy": None}),
        credential("CSM", assesses={"Lean": "Expert"}),
        credential("SSM", assesses={"Scrum": "Expert"}),
        aligned("Agile", "Lean", "close"),
        aligned("Agile", "Scrum", "narrow"),
    )
    assert [c.mode for c in index.claims_of(the_credential("PSM"))] == ["assesses", "teaches"]
    assert [(c.subject, how) for c, how in index.claims_on(the_competency("Agile"))] == [
        (the_credential("CSM"), "close"),
        (the_credential("PSM"), "exact"),
    ]
    (claim, _) = index.claims_on(the_competency("Agile"))[1]
    assert claim.assessment == the_assessment("PSM")
    assert [a.id for a in index.assessments_of(the_credential("PSM"))] == [the_assessment("PSM")]


def test_a_credential_knows_its_costs_parts_standing_and_provider() -> None:
    index = world(
        provider("Scrum.org", kind="industry association"),
        credential("PSM", by="Scrum.org", money=20000),
        credential("Free", by="Scrum.org", money=0),
        credential("Unpriced", by="Scrum.org"),
        credential("Master", parts=["PSM", "Free"], parts_needed=1),
        standing("PSM", into="Master", money_off=500, minutes_off=60),
    )
    assert [c.amount for c in index.costs_of(the_credential("PSM"))] == [Range(20000, 20000)]
    assert [c.amount for c in index.costs_of(the_credential("Free"))] == [Range(0, 0)]
    assert index.costs_of(the_credential("Unpriced")) == ()
    assert [p.part for p in index.parts_of(the_credential("Master"))] == [the_credential("Free"), the_credential("PSM")]
    assert [p.whole for p in index.wholes_of(the_credential("PSM"))] == [the_credential("Master")]
    assert index.record(Requirement, the_requirement("Master", "1")).at_least == 1
    assert index.standing_into(the_credential("Master")) == index.standing_from(the_credential("PSM"))
    assert index.standing_into(the_credential("Master"))[0].minutes_off == 60
    assert [c.name for c in index.credentials_of(the_provider("Scrum.org"))] == ["Free", "PSM", "Unpriced"]


def test_backing_findings_outcomes_and_rates_are_found() -> None:
    outcome = OutcomeData(
        id="id/w/outcome-data/1", source=HERE, credential=the_credential("PSM"), measure="employed", value=80, unit="%"
    )
    index = world(
        credential("PSM", by="Scrum.org"),
        backing(the_provider("Scrum.org"), by="ISO"),
        finding(the_credential("PSM"), "verifiable_record"),
        outcome,
        rate("USD", "GBP", 760_000),
    )
    assert [b.by for b in index.backing_of(the_provider("Scrum.org"))] == ["ISO"]
    assert [f.verdict for f in index.findings_of(the_credential("PSM"))] == ["met"]
    assert index.outcomes_of(the_credential("PSM")) == (outcome,)
    assert [(r.base, r.quote, r.millionths) for r in index.rates()] == [("USD", "GBP", 760_000)]


def test_the_lowest_sufficient_assignment_comes_first() -> None:
    index = world(
        assignment("Run a strategy", shows={"Strategy": "Expert"}),
        assignment("Write a strategy", shows={"Strategy": "Practitioner"}),
        assignment("Read a strategy", shows={"Strategy": "Awareness"}),
        assignment("Any work", general="Practitioner"),
    )
    assert [a.name for a in index.assignments_for(the_competency("Strategy"), the_level("Working"))] == [
        "Write a strategy",
        "Run a strategy",
    ]


def test_a_general_assignment_of_the_level_stands_before_one_that_asks_for_more() -> None:
    index = world(
        assignment("Run a strategy", shows={"Strategy": "Expert"}),
        assignment("Write a strategy", shows={"Strategy": "Practitioner"}),
        assignment("Any small work", general="Working"),
        assignment("Any work", general="Practitioner"),
    )
    assert [a.name for a in index.assignments_for(the_competency("Strategy"), the_level("Working"))] == [
        "Any small work",
        "Write a strategy",
        "Run a strategy",
    ]
    assert [a.name for a in index.assignments_for(the_competency("Strategy"), the_level("Practitioner"))] == [
        "Write a strategy",
        "Run a strategy",
    ]


def test_a_general_assignment_serves_where_no_other_does() -> None:
    index = world(
        assignment("Write a strategy", shows={"Strategy": "Working"}),
        assignment("Any work", general="Practitioner"),
        credential("PSM", assesses={"Agile": "Expert"}),
    )
    assert [a.name for a in index.assignments_for(the_competency("Strategy"), the_level("Practitioner"))] == [
        "Any work"
    ]
    assert [a.name for a in index.assignments_for(the_competency("Agile"), the_level("Practitioner"))] == ["Any work"]
    assert index.assignments_for(the_competency("Agile"), the_level("Expert")) == ()


def test_steps_between_roles_are_found_from_both_ends() -> None:
    index = world(role("A"), role("B", after="A"), role("C", after=["A", "B"]), related("A", "C"))
    assert [(s.to_role, s.kind) for s in index.next_roles(the_role("A"))] == [
        (the_role("B"), "ladder step"),
        (the_role("C"), "ladder step"),
        (the_role("C"), "related role"),
    ]
    assert [s.from_role for s in index.previous_roles(the_role("C"))] == [the_role("A"), the_role("A"), the_role("B")]


def test_roles_stand_on_ladders_and_in_families() -> None:
    index = world(
        role("A", ladder="Our ladder", family="Product"),
        role("B", ladder="Our ladder", family="Delivery"),
        role("C", family="Product"),
        Framework(id=the("framework", "no ladder"), source=HERE, name="No ladder"),
    )
    assert [ladder.name for ladder in index.ladders()] == ["Our ladder"]
    assert [r.name for r in index.roles_of_ladder(the("framework", "Our ladder"))] == ["A", "B"]
    assert [r.name for r in index.roles_of_ladder("Product")] == ["A", "C"]
    assert index.roles_of_ladder("Cooking") == ()


def test_a_claim_on_nothing_known_is_kept_out_and_listed() -> None:
    stray = Claim(
        id="id/w/claim/stray",
        source=HERE,
        subject=the_credential("PSM"),
        competency="id/w/competency/none",
        mode="teaches",
    )
    index = world(credential("PSM", assesses={"Agile": "Working"}), stray)
    assert [c.id for c in index.claims_of(the_credential("PSM"))] == [the("claim", "PSM", "Agile", "assesses")]
    assert index.claims_on("id/w/competency/none") == ()
    assert index.find(Claim, "id/w/claim/stray") is not None
    (dangling,) = index.dangling
    assert (dangling.kind, dangling.id, dangling.field) == ("claim", "id/w/claim/stray", "competency")
    assert (dangling.target, dangling.source.place) == ("id/w/competency/none", "by hand")


def test_an_optional_link_to_nothing_leaves_the_rest_in_sight() -> None:
    bare = Credential(id=the_credential("Bare"), source=HERE, name="Bare", provider="id/w/provider/none")
    way = Option(
        id="id/w/option/stray", source=HERE, requirement=the_requirement("C", "1"), credential="id/w/credential/x"
    )
    index = world(bare, credential("C", needs=["Bare"]), way)
    assert index.credentials_of("id/w/provider/none") == ()
    assert len(index.options_of(the_requirement("C", "1"))) == 2
    assert index.credentials_requiring("id/w/credential/x") == ()
    assert [(d.id, d.field) for d in index.dangling] == [
        (the_credential("Bare"), "provider"),
        ("id/w/option/stray", "credential"),
    ]


def test_a_link_to_another_kind_of_thing_leads_nowhere() -> None:
    index = world(role("A"), Cost(id="id/w/cost/1", source=HERE, credential=the_role("A"), kind="exam"))
    assert index.costs_of(the_role("A")) == ()
    assert [d.field for d in index.dangling] == ["credential"]


def test_only_the_broken_one_of_several_links_is_kept_out() -> None:
    narrow = Competency(
        id=the_competency("Scrum"), source=HERE, name="Scrum", broader=(the_competency("Agile"), "id/w/x")
    )
    index = world(competency("Agile"), narrow)
    assert [(d.field, d.target) for d in index.dangling] == [("broader", "id/w/x")]
    assert index.record(Competency, the_competency("Scrum")).broader == ("id/w/competency/agile", "id/w/x")


def test_assignments_name_who_judges() -> None:
    index = world(assignment("Any work", general="Expert", minutes=(60, 120)))
    assert index.record(Assignment, the_assignment("Any work")).effort == Range(60, 120)
    assert index.find(Provider, the_assignment("Any work")) is None


def test_every_named_value_of_the_relations_has_an_opposite() -> None:
    from graph.index import _OPPOSITE
    from ontology.values import Relation

    assert sorted(_OPPOSITE) == sorted(get_args(Relation))
