from starlette.datastructures import Headers

from api.http.caching import is_known, tag
from api.service import Service
from api.settings import Settings
from ontology.rubric import default_rubric
from tests.api.http.client import DAY, client_of
from tests.api.worlds import TODAY, WORLD, baking
from tests.worlds import credential, store_of

QUESTION = {"role": "Junior baker", "to": "Senior baker", "today": DAY}


def test_the_same_question_has_the_same_tag_in_another_process() -> None:
    assert tag(baking(), TODAY, "/api/v1/next", "role=x") == tag(baking(), TODAY, "/api/v1/next", "role=x")


def test_another_question_day_or_catalogue_has_another_tag() -> None:
    more = Service(Settings(store="memory:"), store_of(*WORLD, credential("New exam")), default_rubric())
    tags = {
        tag(baking(), TODAY, "/api/v1/next", "role=x"),
        tag(baking(), TODAY, "/api/v1/next", "role=y"),
        tag(baking(), TODAY, "/api/v1/gap", "role=x"),
        tag(baking(), TODAY.replace(day=25), "/api/v1/next", "role=x"),
        tag(more, TODAY, "/api/v1/next", "role=x"),
    }
    assert len(tags) == 5


def test_an_answer_that_the_client_has_is_not_sent_again() -> None:
    client = client_of(baking())
    first = client.get("/api/v1/next", **QUESTION)
    again = client.get("/api/v1/next", {"if-none-match": first.headers["etag"]}, **QUESTION)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])


def test_an_error_has_no_tag() -> None:
    assert "etag" not in client_of(baking()).get("/api/v1/next", role="nobody at all").headers


def test_one_of_several_tags_is_enough() -> None:
    assert is_known(Headers({"if-none-match": '"a", W/"b"'}), 'W/"b"')
    assert is_known(Headers({"if-none-match": "*"}), 'W/"b"')
    assert not is_known(Headers({"if-none-match": '"a"'}), 'W/"b"')
    assert not is_known(Headers({}), 'W/"b"')
