"""What a credential costs and takes: unknown is never zero."""

from graph.index import Index
from ontology.records import Cost, Credential
from ontology.values import CostKind, Range, Source
from recommender.figures import convert, counted_effort, counted_price, earned_by, price_of, stand_ins
from tests.worlds import EXAM, PROJECT, credential, rate, the_credential, world

HERE = Source(id="w", place="here")


def fee(
    kind: CostKind, amount: int | tuple[int, int] | None, audience: str | None = None, currency: str = "GBP"
) -> list[Cost]:
    span = Range(*amount) if isinstance(amount, tuple) else None if amount is None else Range.exactly(amount)
    return [
        Cost(
            id=f"id/w/cost/{kind}-{audience}".lower().replace(" ", "-"), source=HERE, credential=the_credential("C"),
            kind=kind, amount=span, currency=currency, audience=audience,
        )
    ]  # fmt: skip


def price(*fees: list[Cost], currency: str = "GBP") -> tuple[Range | None, str | None]:
    found = price_of(world(credential("C"), *fees), the_credential("C"), currency)
    return found.amount, found.missing


def test_a_price_is_the_sum_of_what_everybody_pays_to_earn_it() -> None:
    assert price(fee("exam", 20000), fee("training", (50000, 70000))) == (Range(70000, 90000), None)


def test_membership_and_renewal_are_shown_and_never_added() -> None:
    assert price(fee("exam", 100), fee("membership", 900), fee("renewal", 900)) == (Range(100, 100), None)


def test_no_stated_price_is_unknown_and_not_zero() -> None:
    assert price() == (None, "no price is stated")
    assert price(fee("renewal", 50)) == (None, "no price is stated")


def test_a_stated_price_of_nothing_is_zero() -> None:
    assert price(fee("exam", 0)) == (Range(0, 0), None)


def test_a_fee_that_exists_without_an_amount_makes_the_price_unknown() -> None:
    assert price(fee("exam", 100), fee("training", None)) == (None, "the training amount is not stated")


def test_where_only_audiences_have_a_price_the_range_spans_them() -> None:
    assert price(fee("exam", 300, "members"), fee("exam", 500, "others")) == (Range(300, 500), None)


def test_a_price_for_everybody_counts_and_that_of_some_is_only_shown() -> None:
    assert price(fee("exam", 500), fee("exam", 300, "members"), fee("tuition", 9, "class")) == (Range(500, 500), None)


def test_a_price_in_a_currency_without_a_rate_is_unknown_in_the_asked_one() -> None:
    assert price(fee("exam", 100, currency="USD")) == (None, "the exam price in USD has no rate")


POUNDS = "buyers paying in pounds"


def dollars_and(*fees: list[Cost], currency: str = "GBP") -> Range | None:
    index = world(credential("C"), fee("exam", 56500, currency="USD"), *fees, rate("USD", "GBP", 750_000))
    return price_of(index, the_credential("C"), currency).amount


def test_a_fee_in_the_asked_currency_comes_before_one_that_would_be_converted() -> None:
    assert dollars_and() == Range(42375, 42375)
    assert dollars_and(fee("exam", 47000, POUNDS)) == Range(47000, 47000)
    assert dollars_and(fee("exam", 47000, "buyers paying in GBP")) == Range(47000, 47000)


def test_whoever_asks_in_the_currency_for_everybody_pays_what_everybody_pays() -> None:
    assert dollars_and(fee("exam", 47000, POUNDS), currency="USD") == Range(56500, 56500)


def test_a_fee_in_the_asked_currency_stands_in_for_no_other_kind_and_no_other_audience() -> None:
    assert dollars_and(fee("tuition", 70000, POUNDS)) == Range(42375, 42375)
    assert dollars_and(fee("exam", 30000, "members")) == Range(42375, 42375)
    assert dollars_and(fee("exam", 30000, "members paying in pounds")) == Range(42375, 42375)
    assert dollars_and(fee("exam", None, POUNDS)) == Range(42375, 42375)


def test_a_fee_for_everybody_in_the_asked_currency_comes_first() -> None:
    assert price(fee("exam", 45000), fee("exam", 47000, POUNDS)) == (Range(45000, 45000), None)


def test_a_fee_in_the_asked_currency_needs_no_rate_and_settles_what_nobody_states_for_everybody() -> None:
    own = fee("exam", 47000, POUNDS)
    assert price(fee("exam", 56500, currency="USD"), own) == (Range(47000, 47000), None)
    assert price(fee("exam", None), own) == (Range(47000, 47000), None)
    assert price(fee("exam", 56500, currency="USD"), own, fee("training", 9, currency="USD")) == (
        None, "the training price in USD has no rate",
    )  # fmt: skip


def converted(index: Index, amount: int, base: str, quote: str) -> Range | None:
    found = convert(index, Range.exactly(amount), base, quote)
    return found[0] if found else None


def test_rates_convert_both_ways_and_round_so_that_the_range_holds_the_truth() -> None:
    index = world(rate("USD", "GBP", 755_000))
    assert converted(index, 101, "USD", "GBP") == Range(76, 77)
    assert converted(index, 151, "GBP", "USD") == Range(200, 200)
    assert converted(index, 100, "GBP", "USD") == Range(132, 133)


def test_the_newest_rate_is_used() -> None:
    index = world(rate("USD", "GBP", 500_000, "2025-01-01"), rate("USD", "GBP", 800_000, "2026-11-01"))
    assert converted(index, 100, "USD", "GBP") == Range(80, 80)


def test_two_rates_lead_through_a_third_currency_and_none_leads_nowhere() -> None:
    index = world(rate("USD", "GBP", 500_000), rate("EUR", "GBP", 800_000))
    assert converted(index, 160, "USD", "EUR") == Range(100, 100)
    assert converted(index, 160, "USD", "AUD") is None


def test_currencies_without_minor_units_convert_by_their_decimals() -> None:
    index = world(rate("GBP", "JPY", 200_000_000))
    assert converted(index, 150, "GBP", "JPY") == Range(300, 300)
    assert converted(index, 300, "JPY", "GBP") == Range(150, 150)


def exams(*prices: int | None) -> list[list[object]]:
    return [list(credential(f"E{n}", money=p, minutes=600, assessed=EXAM)) for n, p in enumerate(prices)]


def test_an_unknown_price_counts_by_the_upper_quartile_of_what_is_earned_the_same_way() -> None:
    index = world(*exams(100, 200, 300, 400, 500, 600, 700, 800, None), credential("D", money=9_000_000, type="Degree"))  # type: ignore[arg-type]
    assert stand_ins(index, "GBP")["money", "assessment"] == 600
    unknown = index.record(Credential, the_credential("E8"))
    money = counted_price(index, unknown, price_of(index, unknown.id, "GBP"))
    minutes = counted_effort(index, unknown, "GBP")
    assert (money.counts, money.known, minutes.counts, minutes.known) == (600, False, 600, True)


def test_with_few_known_figures_the_highest_stands_in_and_never_less_than_overall() -> None:
    index = world(*exams(100, 200, 300, 400, 500), credential("D", money=9_000_000, type="Degree"))  # type: ignore[arg-type]
    assert stand_ins(index, "GBP")["money", "degree"] == 9_000_000
    assert stand_ins(index, "GBP")["money", "programme"] == 500


def test_how_a_credential_is_earned_follows_its_type_and_its_methods() -> None:
    index = world(
        credential("D", type="Degree"), credential("E", assessed=EXAM, type="Certificate"),
        credential("P", assessed=PROJECT, type="Certification"), credential("N", type="Certification"), credential("X"),
    )  # fmt: skip
    kinds = [earned_by(index, index.record(Credential, the_credential(name))) for name in "DEPNX"]
    assert kinds == ["degree", "assessment", "assessment", "assessment", "programme"]


def test_a_rate_of_nothing_is_no_rate() -> None:
    assert converted(world(rate("USD", "GBP", 0)), 100, "GBP", "USD") is None
