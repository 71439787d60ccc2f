"""House numbers as people write them, and lines of address as people type them."""

import pytest

from goodword.territory.rules.numbers import Reading, number_keys, number_norm, readings


@pytest.mark.parametrize(
    ("written", "norm"),
    [
        ("12 a", "12a"), ("12A", "12a"), ("4a", "4a"), ("3-5", "3-5"), ("3 – 5", "3-5"), ("3—5", "3-5"),
        ("12½", "12 1/2"), ("12 1/2", "12 1/2"), ("7/2", "7/2"), ("", ""),
    ],
)  # fmt: skip
def test_a_number_has_one_spelling(written, norm):
    assert number_norm(written) == norm


@pytest.mark.parametrize(
    ("written", "asked"),
    [("3-5", ["3-5", "3", "5"]), ("9a;9b", ["9a", "9b"]), ("9, 9a, 9b", ["9", "9a", "9b"]), ("4a", ["4a"])],
)
def test_a_number_that_covers_several_is_found_by_each(written, asked):
    assert set(asked) <= set(number_keys(written))


@pytest.mark.parametrize(
    ("line", "number", "rest"),
    [
        ("12 a Kiln Lane, Aldermere", "12a", ("kiln", "lane", "aldermere")),
        ("Kiln Lane 12a", "12a", ("kiln", "lane")),
        ("3–5 Mill Row", "3-5", ("mill", "row")),
        ("9490 Vaduz, Landstrasse 12", "12", ("9490", "vaduz", "landstrasse")),
        ("Spring St 1047, 36067 Prattville", "1047", ("spring", "st", "36067", "prattville")),
        ("QA1 2BC, 14 Weir Lane", "14", ("qa1", "2bc", "weir", "lane")),
        ("Flat 2, 3 Tanner's Row", "3", ("tanner", "row")),
        ("Unit 7b 40 Press Yard", "40", ("pres", "yard")),
        ("12½ High Street", "12 1/2", ("high", "street")),
    ],
)
def test_the_likeliest_reading_of_a_line_comes_first(line, number, rest):
    assert readings(line)[0] == Reading(number, rest)


def test_a_number_may_also_be_part_of_a_name_or_the_start_of_a_town():
    assert Reading("1200", ("county", "road", "45")) in readings("County Road 45 1200")
    assert Reading("12", ("kiln", "lane", "a")) in readings("12 a Kiln Lane")


def test_the_last_reading_takes_everything_for_words():
    assert readings("Kilnsea")[-1] == Reading(None, ("kilnsea",))


@pytest.mark.parametrize("line", ["", "   ", "!?&|", "'", "\\"])
def test_nothing_is_read_from_nothing(line):
    assert readings(line) == []


def test_a_line_full_of_numbers_stays_cheap():
    assert len(readings(" ".join(map(str, range(200))))) <= 5
