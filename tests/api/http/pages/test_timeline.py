import re
from datetime import date

from api.asking.answering import answer_next
from api.asking.reading import Asked
from api.http.pages.timeline import draw_timeline
from api.service import Service
from api.settings import Settings
from api.shapes.pathway import PathwayShape
from ontology.rubric import default_rubric
from tests.worlds import EXAM, credential, role, store_of

ROLES = (
    role("Junior", asks={"A": "Awareness"}),
    role("Senior", asks={"A": "Working", "B": "Working"}, after="Junior"),
)


def plan(*credentials: object) -> PathwayShape:
    service = Service(Settings(store="memory:"), store_of(*ROLES, *credentials), default_rubric())  # type: ignore[arg-type]
    answer = answer_next(service, Asked(role="Junior", to="Senior", hours=10, today="2026-11-24")).answer
    assert answer is not None
    assert answer.pathway is not None
    return answer.pathway


def bars(picture: str) -> list[tuple[str, float, float]]:
    found = re.findall(r'<rect class="bar (\w+)" x="([\d.]+)%" y="\d+" width="([\d.]+)%"', picture)
    return [(kind, float(x), float(wide)) for kind, x, wide in found]


def test_steps_stand_one_after_the_other_along_the_days() -> None:
    one = credential("One", by="P", minutes=4200, money=1, assessed=EXAM, assesses={"A": "Working"})
    two = credential("Two", by="P", minutes=4200, money=1, assessed=EXAM, assesses={"B": "Working"}, needs=["One"])
    first, second = bars(draw_timeline(plan(one, two)))
    assert first[1] == 0
    assert abs(first[1] + first[2] - second[1]) < 2
    assert second[1] + second[2] <= 100.001


def test_a_short_step_can_still_be_seen() -> None:
    one = credential("One", by="P", minutes=60, money=1, assessed=EXAM, assesses={"A": "Working"})
    two = credential("Two", by="P", minutes=60_000, money=1, assessed=EXAM, assesses={"B": "Working"}, needs=["One"])
    assert min(wide for _, _, wide in bars(draw_timeline(plan(one, two)))) >= 0.8


def test_a_step_whose_effort_nobody_states_has_no_bar() -> None:
    one = credential("One", by="P", minutes=600, money=1, assessed=EXAM, assesses={"A": "Working"})
    two = credential("Two", by="P", money=1, assessed=EXAM, assesses={"B": "Working"}, needs=["One"])
    picture = draw_timeline(plan(one, two))
    assert len(bars(picture)) == 1
    assert "2  Two: no date" in picture


def test_a_plan_without_any_date_has_no_picture() -> None:
    assert draw_timeline(plan(credential("One", by="P", money=1, assessed=EXAM, assesses={"A": "Working"}))) == ""


def test_the_deadline_is_drawn_where_it_falls() -> None:
    one = credential("One", by="P", minutes=600, money=1, assessed=EXAM, assesses={"A": "Working"})
    assert 'class="deadline" x1="' in draw_timeline(plan(one), date(2027, 3, 1))
    assert "by 1 Mar 2027" in draw_timeline(plan(one), date(2027, 3, 1))


def test_names_are_words_and_never_markup() -> None:
    one = credential("A & <B>", by="P", minutes=600, money=1, assessed=EXAM, assesses={"A": "Working"})
    picture = draw_timeline(plan(one))
    assert "A &amp; &lt;B&gt;" in picture
    assert "<B>" not in picture
