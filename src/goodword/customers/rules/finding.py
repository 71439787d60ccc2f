"""The words and numbers by which somebody is found: one form for what is kept and for what is typed."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

import phonenumbers

from goodword.kit.text import fold

LONGEST_WORD = 60  # ours: characters; longer words are cut in the index only
MOST_WORDS = 60  # ours: per entry
MOST_ASKED = 8  # ours: words of one search
FEWEST_DIGITS = 3  # ours: fewer digits find no phone
_UMLAUTS = re.compile(r"([aou])e")
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
_NUMBER_LETTER = re.compile(r"(\d+)([a-z])")
# Typed either way; both are kept beside what stands there.
_ALIKE = {"saint": "st", "st": "saint", "street": "st", "strasse": "str", "road": "rd", "rd": "road", "lane": "ln"}
_ALIKE |= {"avenue": "ave", "ave": "avenue", "mount": "mt", "mt": "mount"}


def _one_form(word: str) -> str:
    """``ae`` is ``a``: Mueller, Müller and Muller are found by each other."""
    return _UMLAUTS.sub(r"\1", word)[:LONGEST_WORD]


def _split(text: str) -> list[str]:
    joined = _APOSTROPHES.sub("", fold(unicodedata.normalize("NFKC", text)))
    return [w for w in re.split(r"[^\w]+|_", joined) if w]


def word_list(*texts: str) -> list[str]:
    """The words to keep for some texts: each in one form, with what is written either way, in order, once each."""
    words: dict[str, None] = {}
    for text in texts:
        plain = _split(text)
        parts = _split(_APOSTROPHES.sub(" ", text))
        pairs = [a + b for a, b in pairwise(plain) if _belongs_together(a, b)]
        for word in [*plain, *parts, *pairs]:
            for form in (_one_form(word), *_also(word)):
                words.setdefault(form)
    return list(words)[:MOST_WORDS]


def _belongs_together(a: str, b: str) -> bool:
    """``12 a`` is also typed ``12a``, ``AL1 2CD`` also ``AL12CD``."""
    return bool(re.fullmatch(r"\d+", a) and re.fullmatch(r"[a-z]", b)) or bool(
        re.fullmatch(r"[a-z]{1,2}\d[a-z\d]?", a) and re.fullmatch(r"\d[a-z]{2}", b)
    )


def _also(word: str) -> list[str]:
    also = [_ALIKE[word]] if word in _ALIKE else []
    if (split := _NUMBER_LETTER.fullmatch(word)) is not None:
        also.extend(split.groups())
    if word.endswith("strasse"):
        also.append(_one_form(word.removesuffix("asse")))
    return also


def number_key(text: str) -> str:
    """Letters and digits only, in small letters: serial and order numbers whatever stands between them."""
    return re.sub(r"[^a-z0-9]", "", fold(text))[:LONGEST_WORD]


@dataclass(frozen=True)
class Asked:
    """What somebody typed into the search: words in one form and as typed, and the digits of a phone."""

    words: tuple[str, ...]
    typed: tuple[str, ...]
    number: str
    digits: str

    @property
    def is_nothing(self) -> bool:
        return not self.words and not self.number


def read_query(typed: str, region: str) -> Asked:
    """Read a search. ``digits`` are national: without +, 00, country code or the leading 0."""
    plain = unicodedata.normalize("NFKC", typed)[:200]
    plain = "".join(c for c in plain if unicodedata.category(c) not in {"Cf", "Cs", "Cc"})
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)
    forms = {_one_form(w): w[:LONGEST_WORD] for w in _split(plain)[:MOST_ASKED]}
    return Asked(tuple(forms), tuple(forms.values()), number_key(plain), _digits(plain, region))


def _digits(text: str, region: str) -> str:
    text = text.strip()
    if re.search(r"[^\d\s()+./x-]", re.sub(r"\bext\b", "", text)):
        return ""
    digits = re.sub(r"\D", "", text.split("x")[0])
    if text.startswith(("+", "00")) and not text.startswith("000"):
        return _without_country(digits.lstrip("0") if text.startswith("00") else digits)
    code = str(phonenumbers.country_code_for_region(region))
    if digits.startswith(code) and len(digits) > 10:
        return digits.removeprefix(code)
    return digits.lstrip("0") if len(digits.lstrip("0")) >= FEWEST_DIGITS else ""


def _without_country(digits: str) -> str:
    for n in (1, 2, 3):
        if digits[:n].isdigit() and int(digits[:n]) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            return digits[n:].lstrip("0")
    return digits


_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def one_slip_away(word: str) -> set[str]:
    """In one form, every word that one slip of the finger makes of this one."""
    return {_one_form(w) for w in slips_of(word)} - {word}


def slips_of(word: str) -> set[str]:
    """What one slip of the finger makes of a word or number: a letter too many, too few, a wrong one, two exchanged."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    fewer = {a + b[1:] for a, b in cuts if b}
    turned = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    other = {a + c + b[1:] for a, b in cuts if b for c in _LETTERS}
    more = {a + c + b for a, b in cuts for c in _LETTERS}
    return (fewer | turned | other | more) - {word}
