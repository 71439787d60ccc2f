"""The drawing: places, shapes, labels that do not touch, and nothing a strict content policy would refuse."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.parts.bracket import Audience, Bracket, Label, Size, State, draw, view
from goodword.parts.bracket.placing import GAP, NARROW, place
from goodword.parts.bracket.samples import clock, samples
from goodword.parts.bracket.sizes import large, small

BY_NAME = {sample.name: sample.bracket for sample in samples()}
EVERY = [(name, size) for name in BY_NAME for size in Size]


def drawn(name: str, size: Size = Size.ROW) -> ElementTree.Element:
    return ElementTree.fromstring(draw(view(BY_NAME[name]), size))


def with_class(tree: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in tree.iter() if name in element.get("class", "").split()]


@pytest.mark.parametrize(("name", "size"), EVERY)
def test_every_drawing_is_sound_markup_without_style_script_or_id(name: str, size: Size) -> None:
    tree = drawn(name, size)

    for element in tree.iter():
        assert not {"style", "id", "onload", "href"} & set(element.attrib)
        assert element.tag in {"svg", "g", "path", "line", "circle", "rect", "text"}
    assert tree.get("role") == "img"
    assert tree.get("aria-label") == view(BY_NAME[name]).words


def test_places_are_shares_of_the_scale() -> None:
    quiet = view(BY_NAME["Quiet"])

    assert (quiet.opens, quiet.closes) == (0.0, 1.0)
    assert quiet.p50 == pytest.approx(50 / 120)


def test_what_lies_outside_a_shared_scale_stops_at_its_edge() -> None:
    late = view(replace(BY_NAME["Late"], p90=clock(15)))

    assert late.p90 == 1.0


def test_without_a_scale_the_drawing_fills_its_own_width() -> None:
    risk = view(replace(BY_NAME["At risk"], scale=None))

    assert (risk.opens, risk.p90) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("name", "limbs", "hollow", "dots", "ticks"),
    [
        ("Quiet", 2, 0, 1, 0),
        ("At risk", 2, 0, 1, 0),
        ("Late", 2, 0, 1, 0),
        ("Told", 2, 0, 1, 0),
        ("Kept", 2, 0, 0, 1),
        ("Broken", 0, 2, 0, 1),
        ("By a time", 1, 0, 1, 0),
        ("No forecast", 2, 0, 0, 0),
    ],
)
def test_each_state_has_its_own_shape_and_needs_no_colour(
    name: str, limbs: int, hollow: int, dots: int, ticks: int
) -> None:
    tree = drawn(name)

    counts = [len(with_class(tree, f"bracket-{part}")) for part in ("limb", "hollow", "dot", "tick")]
    assert counts == [limbs, hollow, dots, ticks]


def test_the_shared_edge_of_two_windows_is_drawn_once_as_the_new_ones() -> None:
    tree = drawn("Told")

    assert len([e for e in with_class(tree, "bracket-old") if e.tag == "path"]) == 1
    assert len(with_class(tree, "bracket-limb")) == 2


def test_a_window_apart_from_the_new_one_keeps_both_its_dashed_limbs() -> None:
    apart = replace(BY_NAME["Told"], old_opens_at=clock(8), old_closes_at=clock(9), scale=None)
    tree = ElementTree.fromstring(draw(view(apart)))

    assert len([e for e in with_class(tree, "bracket-old") if e.tag == "path"]) == 2


def test_an_early_breach_runs_from_the_opening_edge_to_the_left() -> None:
    early = replace(BY_NAME["Kept"], arrived_at=clock(8), scale=(clock(7), clock(11)))
    tree = ElementTree.fromstring(draw(view(early)))

    (way,) = with_class(tree, "bracket-way")
    assert (way.get("x1"), way.get("x2")) == ("25%", "50%")


@pytest.mark.parametrize(
    ("geometry", "stroke", "foot", "whisker", "cap", "radius", "tick"),
    [
        (small(14), 1.5, 4.2, 2.0, 1.5, 3.5, 2.5),
        (small(11), 1.5, 3.5, 2.0, 1.5, 3.4, 2.5),
        (small(20), 1.5, 6.0, 2.0, 1.5, 5.0, 2.5),
        (large(26, text=17), 2.0, 7.8, 3.0, 2.25, 6.5, 4.0),
    ],
)
def test_everything_follows_from_the_height(
    geometry: object, stroke: float, foot: float, whisker: float, cap: float, radius: float, tick: float
) -> None:
    parts = ("stroke", "foot", "whisker", "cap", "radius", "tick")

    assert [getattr(geometry, part) for part in parts] == pytest.approx([stroke, foot, whisker, cap, radius, tick])


def test_only_the_large_and_the_trays_drawing_carry_times() -> None:
    counts = {size: len(list(drawn("Quiet", size).iter("text"))) for size in Size}

    assert counts == {Size.ROW: 0, Size.BOARD: 0, Size.TRAY: 3, Size.LARGE: 3}


def test_the_true_time_stands_with_icon_and_word() -> None:
    tree = drawn("Broken", Size.LARGE)

    (said,) = with_class(tree, "bracket-said")
    assert said.text == "arrived 10:25"
    assert with_class(tree, "bracket-icon")


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=4, unique=True),
    st.floats(0, 1),
    st.sampled_from([12.0, 15.0, 17.0]),
)
def test_labels_never_touch_and_the_said_one_is_always_there(edges: list[float], said: float, px: float) -> None:
    labels = (*[Label(at, "10:30") for at in sorted(edges)], Label(said, "arrived 10:25", said=True, icon="check"))

    placed = sorted(
        (each.label.at * NARROW + each.shift - each.width / 2, each.label.at * NARROW + each.shift + each.width / 2)
        for each in place(labels, px)
    )

    assert any(each.label.said for each in place(labels, px))
    assert all(right + GAP <= left + 0.2 for (_, right), (left, _) in pairwise(placed))
    assert placed[0][0] >= -0.2 and placed[-1][1] <= NARROW + 0.2


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def test_hostile_words_stay_words() -> None:
    quiet = view(BY_NAME["Quiet"])
    hostile = replace(quiet, words=HOSTILE, labels=(Label(0.5, HOSTILE, said=True),))

    svg = draw(hostile, Size.LARGE)

    assert "<script" not in svg and "<img" not in svg
    assert ElementTree.fromstring(svg).get("aria-label") == HOSTILE


def test_a_script_gets_numbers_and_words_and_has_nothing_to_reckon() -> None:
    data = view(BY_NAME["At risk"]).as_data()

    assert data["state"] == "at-risk"
    assert data["places"]["closes"] == 0.75
    assert data["beside"] == {"icon": "triangle", "text": "at risk since 9:31"}
    assert data["words"].startswith("Between 9:30")


def test_a_promise_of_no_length_is_still_drawn() -> None:
    tree = ElementTree.fromstring(draw(view(Bracket(opens_at=clock(9), closes_at=clock(9)))))

    assert len(with_class(tree, "bracket-limb")) == 2


def test_a_picture_with_its_words_beside_it_is_not_read_twice() -> None:
    assert 'aria-hidden="true"' in draw(view(BY_NAME["Quiet"]), named=False)


def test_the_customers_times_are_larger() -> None:
    customer = draw(view(replace(BY_NAME["Quiet"], audience=Audience.CUSTOMER)), "large")

    assert "bracket-customer" in customer
    assert re.search(r'height="57', customer)


def test_ended_promises_are_dashed_and_expect_nothing() -> None:
    released = replace(BY_NAME["Quiet"], state=State.RELEASED, closes_at=clock(11) + timedelta(minutes=1))
    tree = ElementTree.fromstring(draw(view(released)))

    assert all(limb.get("stroke-dasharray") for limb in with_class(tree, "bracket-limb"))
    assert not with_class(tree, "bracket-dot")
