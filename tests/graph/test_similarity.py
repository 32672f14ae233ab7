from collections.abc import Sequence

from graph.similarity import Similarity, grams_of
from graph.weighing import Body, weigh


def likeness(*bodies: Body) -> Similarity:
    return Similarity({name: pile.array() for name, pile in weigh(bodies).items()})


def nearest(similarity: Similarity, *spellings: str, among: Sequence[int] = range(9)) -> list[tuple[int, float]]:
    return list(similarity.nearest(spellings, range(min(among), max(among) + 1), least=0.1))


BAKERS = likeness(("baker", 0, 1.0), ("bakery", 1, 1.0), ("cook", 2, 1.0), ("bk", 2, 0.75))


def test_the_same_words_are_wholly_alike() -> None:
    assert nearest(BAKERS, "baker")[0] == (0, 1.0)
    assert nearest(BAKERS, "cook") == [(2, 1.0)]


def test_a_likeness_counts_no_more_than_its_body_does() -> None:
    assert nearest(BAKERS, "bk")[0] == (2, 0.75)


def test_of_several_spellings_the_likest_counts() -> None:
    assert nearest(BAKERS, "cook", "baker")[:2] == [(0, 1.0), (2, 1.0)]


def test_only_those_asked_for_are_compared() -> None:
    assert [owner for owner, _ in nearest(BAKERS, "baker", among=[1, 2])] == [1]


def test_words_without_a_gram_that_is_known_are_like_nothing() -> None:
    assert nearest(BAKERS, "xyz") == nearest(BAKERS, "") == nearest(likeness(), "baker") == []


def test_a_body_without_words_is_like_nothing() -> None:
    assert nearest(likeness(("", 0, 1.0), ("baker", 1, 1.0)), "baker") == [(1, 1.0)]


def test_a_gram_that_stands_there_twice_weighs_more_but_not_twice_as_much() -> None:
    # All weigh 1 but "aa", which stands in " aaa " twice and weighs 1 + ln 2; "a" shares " a" and "a ".
    # So it is 2 / (sqrt(2) * sqrt(7 + (1 + ln 2)^2)).
    assert grams_of("aaa") == [" a", "aa", "aa", "a ", " aa", "aaa", "aa ", " aaa", "aaa "]
    assert nearest(likeness(("aaa", 0, 1.0), ("b", 1, 1.0)), "a") == [(0, 0.450223)]


def test_a_rare_gram_weighs_more_than_a_common_one() -> None:
    # Of four bodies "x" is in one and "a" in three: its grams weigh 1 + ln(5 / 2) = 1.916 and 1 + ln(5 / 4) = 1.223.
    similarity = likeness(("a x", 0, 1.0), ("a", 1, 1.0), ("a", 2, 1.0), ("b", 3, 1.0))
    assert nearest(similarity, "a") == [(1, 1.0), (2, 1.0), (0, 0.538029)]
    assert nearest(similarity, "x") == [(0, 0.842926)]


def test_the_beginning_and_the_end_of_a_word_count() -> None:
    similarity = likeness(("ab", 0, 1.0), ("ba", 1, 1.0), ("b a", 2, 1.0))
    assert [owner for owner, _ in nearest(similarity, "ab")] == [0, 2]
    assert nearest(similarity, "a b")[0] == (2, 1.0)
