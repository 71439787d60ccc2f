"""Contrast is computed from the tokens themselves (WCAG 2.2 relative luminance)."""

import re
from pathlib import Path

import pytest

import goodword.parts

CSS = (Path(goodword.parts.__file__).parent / "css" / "tokens.css").read_text()
COLOURS = re.compile(r"--([a-z]+):\s*(#[0-9A-Fa-f]{6});")
SURFACES = ("paper", "shade", "sheet")
WORDS = ("quiet", "kept", "risk", "broken", "told")
PAIRS = [
    ("onink", "ink"),
    ("ink", "done"),
    ("quiet", "done"),
    ("ink", "elapsed"),
    ("ink", "risktint"),
    ("risk", "risktint"),
    ("broken", "brokentint"),
    ("told", "toldtint"),
    ("kept", "kepttint"),
    ("quiet", "river"),
]


def block(selector: str) -> dict[str, str]:
    start = CSS.index(selector + " {")
    return dict(COLOURS.findall(CSS[start : CSS.index("}", start)]))


NEAR = ':is([data-face="portal"], [data-face="phone"])'
BY_MACHINE = ':root:not([data-theme="light"])'
BY_CHOICE = ':root[data-theme="dark"]'
LIGHT, DARK = block(":root"), block(BY_CHOICE)
THEMES = {
    "light": LIGHT,
    "dark": LIGHT | DARK,
    "light near": LIGHT | block(":root" + NEAR),
    "dark near": LIGHT | DARK | block(BY_CHOICE + NEAR),
}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("surface", SURFACES)
def test_words_can_be_read_on_every_surface_they_stand_on(theme: str, surface: str) -> None:
    colours = THEMES[theme]
    needed = 7.0 if "near" in theme else 4.5

    assert contrast(colours["ink"], colours[surface]) >= 7.0
    for word in WORDS:
        assert contrast(colours[word], colours[surface]) >= needed, (word, theme, surface)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("surface", SURFACES)
def test_marks_and_the_focus_ring_can_be_seen(theme: str, surface: str) -> None:
    for mark in ("mark", "riskmark", "focus"):
        assert contrast(THEMES[theme][mark], THEMES[theme][surface]) >= 3.0, (mark, theme, surface)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("over", "under"), PAIRS)
def test_pairs_that_occur_can_be_read(theme: str, over: str, under: str) -> None:
    assert contrast(THEMES[theme][over], THEMES[theme][under]) >= 4.5


def test_dark_is_the_same_whether_the_machine_or_the_person_asks() -> None:
    assert block(BY_MACHINE) == block(BY_CHOICE)
    assert block(BY_MACHINE + NEAR) == block(BY_CHOICE + NEAR)


@pytest.mark.parametrize(
    ("theme", "token", "surface", "ratio"),
    [("light", "quiet", "paper", 6.1), ("dark", "broken", "sheet", 6.5), ("light near", "told", "shade", 8.0)],
)
def test_the_ratios_are_those_of_the_drawn_pages(theme: str, token: str, surface: str, ratio: float) -> None:
    assert contrast(THEMES[theme][token], THEMES[theme][surface]) == pytest.approx(ratio, abs=0.06)
