"""House numbers as people write them, and the ways to read a line of address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goodword.territory.rules.names import fold, word

_SPLIT = re.compile(r"[;,&+]|\b(?:und|and)\b")
_RANGE = re.compile(r"(\d+)([a-z]?)-(\d+)([a-z]?)")
_NUMBER = r"\d{1,5}(?:\s1/2)?(?:\s?[-/]\s?\d{1,5})?(?:\s?[a-z])?(?:\s?-\s?[a-z])?(?![^\W_])"
_TOKEN = re.compile(rf"({_NUMBER})|[^\W_]+")
_DASHES = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"})  # the five dashes people paste
_UNIT = re.compile(r"(?:\b(?:flat|unit|apt|apartment|suite|ste|room|top)\b\.?|#)\s*\w+\s*,?")
MAX_READINGS = 5  # ours: a line with more numbers than this is not an address


def number_norm(text: str) -> str:
    """One spelling of a house number: "12 A" = "12a", "3 – 5" = "3-5", "12½" = "12 1/2"."""
    low = re.sub(r"\s+", " ", fold(text.translate(_DASHES))).strip()
    low = re.sub(r"\s?([-/])\s?", r"\1", low)
    return re.sub(r"(?<=\d) (?=[a-z]\b)", "", low)


def number_keys(text: str) -> list[str]:
    """Every number under which this one may be asked for: "3-5" also as 3 and as 5, "9a;9b" as both.

    Returns
    -------
    list of str
        Normalised, the full form first, no duplicates; empty for an empty text.
    """
    found: list[str] = []
    for piece in [text, *_SPLIT.split(text)]:
        norm = number_norm(piece)
        found.append(norm)
        if match := _RANGE.fullmatch(norm):
            found += [match[1] + match[2], match[3] + match[4]]
    return list(dict.fromkeys(n for n in found if n))


@dataclass(frozen=True)
class Reading:
    """One way to understand what was typed: a house number (or none) and the other words."""

    number: str | None
    words: tuple[str, ...]


def readings(text: str) -> list[Reading]:
    """Understand a line of address, likeliest first.

    A token that looks like a house number may also be a postcode or part of a street's name
    ("County Road 45"), and "12 a" may be the number 12a or 12 and the start of a town; so each
    reading is offered, short numbers before long ones. A flat or unit ("Flat 2, 3 Tanner's Row") is left out.

    Returns
    -------
    list of Reading
        At most MAX_READINGS, the last without a number. Empty when nothing can be read.
    """
    tokens = _tokens(text)
    plain = tuple(w for token in tokens for w in _as_words(token))
    if not plain:
        return []
    numbers = [i for i, token in enumerate(tokens) if token.is_number]
    numbers.sort(key=lambda i: (_is_long(tokens[i]), i))
    found: list[Reading] = []
    for i in numbers:
        rest = tuple(w for j, t in enumerate(tokens) if j != i for w in _as_words(t))
        norm = number_norm(tokens[i].text)
        found.append(Reading(norm, rest))
        if split := re.fullmatch(r"(\d+)\s+([a-z])", tokens[i].text):
            found.append(Reading(split[1], (*rest, split[2])))
    if len(numbers) > 1:
        others = tuple(w for j, t in enumerate(tokens) if j not in numbers or _is_long(t) for w in _as_words(t))
        found.append(Reading(number_norm(tokens[numbers[0]].text), others))
    return [*found[: MAX_READINGS - 1], Reading(None, plain)]


@dataclass(frozen=True)
class _Token:
    text: str
    is_number: bool


def _tokens(text: str) -> list[_Token]:
    low = fold(text.translate(_DASHES))
    without_unit = _UNIT.sub(" ", low)
    if re.search(r"\d", without_unit) or not re.search(r"\d", low):
        low = without_unit
    low = re.sub(r"[,;()]+", " , ", low)
    return [_Token(m[0], m[1] is not None) for m in _TOKEN.finditer(low)]


def _as_words(token: _Token) -> list[str]:
    return [word(w) for w in re.findall(r"[^\W_]+", token.text)]


def _is_long(token: _Token) -> bool:
    """Four digits and more are a postcode rather than a house number."""
    return re.match(r"\d{4}", token.text) is not None
