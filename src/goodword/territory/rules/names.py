"""One way to write a street, a town and a query, so that a row is found however it is typed.

Rows and queries go through the same :func:`words`; rows alone get the other usual forms of each
word (:func:`lexemes`), so a query may be cut off anywhere: every prefix of a written form matches.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

_LETTERS = str.maketrans(
    {"æ": "a", "œ": "o", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "½": " 1/2 "}
)
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_WORD = re.compile(r"[^\W_]+")

_FORMS = """
st street; st saint; st sankt; strasse str; road rd; lane ln; avenue av ave; drive dr; court ct; place pl platz;
square sq; close cl; crescent cres; terrace ter; highway hwy; boulevard blvd; circle cir; parkway pkwy;
trail trl; grove gr; gardens gdns; north n; south s; east e; west w; mount mt;
route rte; county co; bridge br; wharf whf; yard yd; house hse
"""
"""Usual forms of one word; the first is the one that :func:`key` writes. "st" is both Street and Saint."""
_GERMAN_ENDINGS = ("strasse", "gasse", "weg", "platz", "ring", "allee", "damm", "hof")


def fold(text: str) -> str:
    """Casefold, ß = ss, ä = ae = a, accents and apostrophes off; other signs stay.

    Parameters
    ----------
    text : str
        Any script; what has no plain form keeps its letters.
    """
    low = _APOSTROPHES.sub("", text.casefold()).translate(_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    return bare.replace("ae", "a").replace("oe", "o").replace("ue", "u")


@lru_cache(maxsize=65_536)
def word(folded: str) -> str:
    """Drop one final s of a longer word: Tanner's = Tanners = Tanner, St Osyth's = St Osyth."""
    return folded[:-1] if len(folded) >= 4 and folded.endswith("s") and not folded.isdigit() else folded


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[str, ...]:
    """Split a name into comparable words, in their order."""
    return tuple(word(token) for token in _WORD.findall(fold(text)))


def _groups() -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    forms: dict[str, set[str]] = {}
    short: dict[str, str] = {}
    for entry in _FORMS.split(";"):
        group = [word(fold(form)) for form in entry.split()]
        for form in group:
            forms.setdefault(form, set()).update(group)
            short.setdefault(form, group[0])
    return {form: frozenset(group) for form, group in forms.items()}, short


_SAME, _SHORT = _groups()


@lru_cache(maxsize=65_536)
def key(text: str) -> str:
    """The one spelling under which two rows are the same street or the same town.

    Examples
    --------
    >>> key("Saint Osyth") == key("St. Osyth's") == "st osyth"
    True
    >>> key("Bahnhofstr.") == key("Bahnhofstraße")
    True
    """
    return key_of(words(text))


def key_of(these: tuple[str, ...]) -> str:
    """The key of words that :func:`words` has split."""
    return " ".join(_SHORT.get(_without_str(w), _without_str(w)) for w in these)


def _without_str(w: str) -> str:
    return w[:-3] + "strasse" if w.endswith("str") and len(w) > 3 else w


@lru_cache(maxsize=65_536)
def lexemes(text: str) -> frozenset[str]:
    """All words under which a row is found: its own, their other usual forms, and German compounds both ways."""
    own = [_without_str(w) for w in words(text)]
    found = set(own)
    for w in own:
        found |= _SAME.get(w, frozenset())
        found.update(end for end in _GERMAN_ENDINGS if w.endswith(end) and w != end)
    for first, second in pairwise(own):
        if second in _GERMAN_ENDINGS or second == "str":
            found.add(first + _SHORT.get(second, second))
    return frozenset(found)


def vector(parts: Iterable[tuple[str, str]]) -> str:
    """Write a PostgreSQL tsvector by hand.

    Parameters
    ----------
    parts : iterable of (text, weight)
        Weight is "A" to "D". A word that occurs twice keeps the higher weight.

    Returns
    -------
    str
        Text for the tsvector input function. Only letters and digits reach it, so nothing needs escaping.
    """
    best: dict[str, str] = {}
    for text, weight in parts:
        for lexeme in lexemes(text):
            best[lexeme] = min(weight, best.get(lexeme, "D"))
    return " ".join(f"'{lexeme}':1{weight}" for lexeme, weight in sorted(best.items()))


def tsquery(wanted: Iterable[str], *, whole: bool = False) -> str:
    """All words must occur; as prefixes, or as whole words. Empty when there is no word."""
    mark = "" if whole else ":*"
    return " & ".join(f"'{w}'{mark}" for w in wanted)


def tsquery_in_name(wanted: Iterable[str]) -> str:
    """At least one word must begin a word of the row's own name (weight A)."""
    return " | ".join(f"'{w}':*A" for w in wanted)
