"""How the words for a field are read, and what is said of words that cannot be."""

from datetime import date

import pytest

from api.asking.values import choices_of, find_field, read_page, read_value, read_when
from ontology.errors import BadValue, UnknownName
from ontology.records import (
    AdvancedStanding,
    Assessment,
    Claim,
    Cost,
    Credential,
    Framework,
    Provider,
    Record,
    Requirement,
)
from ontology.schema import Field
from ontology.values import Range


def lead(words: str, field: Field) -> str:
    return f"id/found/{field.name}/{words}"


def read(kind: type[Record], field: str, *words: str) -> dict[str, object]:
    return read_value(kind, find_field(kind, field), words, lead)


@pytest.mark.parametrize(
    ("kind", "field", "words", "value"),
    [
        (Credential, "effort", "16h", Range(960, 960)),
        (Credential, "effort", "16-20 hours", Range(960, 1200)),
        (Credential, "effort", "90 min", Range(90, 90)),
        (Credential, "effort", "1.5 hours to 120 minutes", Range(90, 120)),
        (Credential, "elapsed", "4 to 6 weeks", Range(28, 42)),
        (Credential, "elapsed", "30 days", Range(30, 30)),
        (Credential, "renewal", "36", 36),
        (Credential, "renewal months", "0", 0),
        (Credential, "Status", "ACTIVE", "active"),
        (Credential, "provider", "Scrum.org", "id/found/provider/Scrum.org"),
        (Credential, "offered until", "2027-01-31", date(2027, 1, 31)),
        (Credential, "name", "  Two   words ", "Two words"),
        (Provider, "kind", "Professional Body", "professional body"),
        (Requirement, "importance", "100", 100),
        (Framework, "valid-from", "2026-01-01", date(2026, 1, 1)),
        (Assessment, "evaluator", "automated", "Automated"),
    ],
)
def test_words_become_the_value_of_their_field(kind: type[Record], field: str, words: str, value: object) -> None:
    assert list(read(kind, field, words).values()) == [value]


def test_an_amount_brings_its_currency() -> None:
    assert read(Cost, "amount", "400-450 gbp") == {"amount": Range(40000, 45000), "currency": "GBP"}
    assert read(Cost, "amount", "400GBP to 450GBP") == {"amount": Range(40000, 45000), "currency": "GBP"}
    assert read(AdvancedStanding, "money off", "500JPY") == {"money_off": 500, "currency": "JPY"}


def test_a_list_takes_several_values() -> None:
    assert read(Credential, "languages", "en", "de", "en") == {"languages": ("de", "en")}
    assert read(Assessment, "methods", "Exam", "quiz") == {"methods": ("exam", "quiz")}


@pytest.mark.parametrize(
    ("kind", "field", "words", "says"),
    [
        (Credential, "effort", ["16"], "'16' is no effort; write such as 16h, 90min or 16-20h"),
        (Credential, "effort", ["20-16h"], "'20-16h' goes down; write the lower end first"),
        (Credential, "effort", ["1.01 min"], "'1.01 min' is no effort: it is a whole number from 0 to"),
        (Credential, "effort", ["9" * 30 + "h"], "it is a whole number from 0 to"),
        (Credential, "elapsed", ["2 months"], "'2 months' is no elapsed; write such as 4 weeks, 28 days or 28-42 days"),
        (Credential, "renewal months", ["-1"], "'-1' is no renewal months; write a whole number"),
        (Credential, "renewal months", ["12-24"], "renewal_months is one number, not from 12 to 24"),
        (Credential, "offered until", ["soon"], "the offered until 'soon' is no day"),
        (Credential, "page", ["example"], "the page 'example' is no address"),
        (Credential, "name", [" "], "an edit cannot make the name unknown; say what it is"),
        (Credential, "name", ["Two", "words"], "name holds one value, and 2 were given; put quotes around its words"),
        (Requirement, "importance", ["101"], "it is a whole number from 0 to 100"),
        (Requirement, "at least", ["0"], "it is a whole number from 1 to 1000"),
        (Cost, "amount", ["450"], "450 what? write 450GBP"),
        (Cost, "amount", ["-5GBP"], "is negative"),
        (Cost, "amount", ["400GBP-450USD"], "'400GBP-450USD' is in two currencies; write one, such as 400-450USD"),
        (Cost, "currency", ["XXY"], "'XXY' is no code of a currency"),
    ],
)
def test_words_that_are_no_value_are_told_with_what_to_write(
    kind: type[Record], field: str, words: list[str], says: str
) -> None:
    with pytest.raises(BadValue) as told:
        read(kind, field, *words)
    assert says in str(told.value)


def test_the_words_of_a_closed_list_are_offered() -> None:
    with pytest.raises(UnknownName) as told:
        read(Claim, "mode", "shows")
    assert told.value.candidates == ("teaches", "assesses")
    assert choices_of(Assessment, find_field(Assessment, "proctored")) == ("yes", "no")
    assert choices_of(Credential, find_field(Credential, "name")) == ()


def test_the_fields_of_a_kind_are_offered() -> None:
    with pytest.raises(
        UnknownName, match="no field of a cost is called 'price'; did you mean credential, kind, amount"
    ):
        find_field(Cost, "price")


@pytest.mark.parametrize("words", ["2026", "2026-06", "2026-06-30"])
def test_a_date_is_as_precise_as_it_is_known(words: str) -> None:
    assert read_when(words) == words


@pytest.mark.parametrize("words", ["26", "2026-13", "2026-02-30", "June", ""])
def test_what_is_no_date_is_refused(words: str) -> None:
    with pytest.raises(BadValue, match="date"):
        read_when(words)


def test_a_page_has_an_address() -> None:
    assert read_page(" https://example.org/p ") == "https://example.org/p"
    with pytest.raises(BadValue, match="is no address"):
        read_page("javascript:alert(1)")
