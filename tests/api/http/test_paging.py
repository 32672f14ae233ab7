from starlette.datastructures import URL

from api.http.paging import links, page_of
from tests.api.http.client import client_of
from tests.api.worlds import baking

ADDRESS = URL("http://localhost/api/v1/roles?per_page=2&page=2")


def test_a_page_is_a_part_of_the_list() -> None:
    assert page_of("abcde", 1, 2) == "ab"
    assert page_of("abcde", 3, 2) == "e"
    assert page_of("abcde", 4, 2) == ""


def test_a_page_in_the_middle_has_all_four_neighbours() -> None:
    assert links(ADDRESS, 2, 2, 5) == (
        '</api/v1/roles?per_page=2&page=1>; rel="first", </api/v1/roles?per_page=2&page=3>; rel="last", '
        '</api/v1/roles?per_page=2&page=3>; rel="next", </api/v1/roles?per_page=2&page=1>; rel="prev"'
    )


def test_a_page_beyond_the_last_leads_back_to_it() -> None:
    assert links(ADDRESS, 9, 2, 5).endswith('</api/v1/roles?per_page=2&page=3>; rel="prev"')


def test_following_the_links_reads_everything_once() -> None:
    client = client_of(baking())
    found: list[str] = []
    address = "/api/v1/credentials?per_page=3"
    while address:
        said = client.get(address)
        found += [item["name"] for item in said.json()["items"]]
        following = [part for part in said.headers["link"].split(", ") if 'rel="next"' in part]
        address = following[0].partition("<")[2].partition(">")[0] if following else ""
    assert found == ["Dough exam", "Master pastry", "Oven exam", "Peer pastry"]
