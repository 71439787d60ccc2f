"""The plain-language check of script cards (S0-32). A card that fails is refused, with the words named (E-21). Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

LINES, SENTENCE, LENGTH = 5, 12, 90  # ours: lines a card; words a sentence; characters a line
FIELDS: Final = frozenset({"customer", "technician", "time"})
_FIELD = re.compile(r"\{([^{}]*)\}")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORT_FORM = re.compile(r"\b[A-Z]{2,}s?\b")
FINE: Final = frozenset({"OK", "TV"})

# Ours; a company adds words and frees others (models.PlainWord). In the language the cards are written in.
JARGON: Final[Mapping[str, str]] = {
    "actuator": "the part that moves it", "advise": "tell", "ascertain": "find out", "attend": "come",
    "beneath": "under", "bleed": "let the air out", "cistern": "tank", "commence": "start", "commission": "set up",
    "commissioning": "setting up", "compressor": "the pump outside", "condensate": "water", "consumables": "parts",
    "de-energise": "switch off", "defective": "broken", "diagnose": "find the fault", "diagnostic": "check",
    "diagnostics": "checks", "expedite": "hurry", "faulty component": "broken part", "flow rate": "how fast it runs",
    "flue": "chimney pipe", "heat exchanger": "the part that warms the water", "immersion": "water heater",
    "implement": "do", "in the event of": "if", "inoperative": "broken", "isolate": "turn off",
    "isolation valve": "shut-off tap", "isolator": "main switch", "issue": "problem", "liaise": "talk",
    "lockout": "it has switched itself off", "mitigate": "ease", "modulate": "change", "obtain": "get",
    "operative": "technician", "parameters": "settings", "personnel": "people", "premises": "house",
    "prior to": "before", "procure": "get", "purchase": "buy", "purge": "clear", "rectify": "put right",
    "reinstate": "put back",
    "remediate": "put right", "remedial": "repair", "replenish": "top up", "residual": "left over",
    "schematic": "drawing", "setpoint": "the warmth you want", "signage": "signs", "stakeholder": "customer",
    "subsequent": "next", "terminate": "end", "thermocouple": "flame sensor", "utilise": "use", "utilize": "use",
    "verify": "check", "workaround": "way round it",
}  # fmt: skip


def faults_of_card(lines: Any, glossary: Mapping[str, str] | None) -> list[str]:
    """What is wrong with a script card; empty when it may be used.

    Parameters
    ----------
    lines
        Pairs of ``"do"`` or ``"say"`` and the words, at most five. No lines at all: the card is taken back.
    glossary
        Word in small letters to what to say instead, as :func:`glossary_of` makes it. None: only the shape of the card
        is looked at, and its words are its writer's.

    Returns
    -------
    list of str
        One sentence a fault, each naming the line or the word.

    Notes
    -----
    Sentences of at most 12 words and lines of at most 90 characters are ours: what one reads in one look at a door.
    """
    if not isinstance(lines, (list, tuple)) or len(lines) > LINES:
        return [str(_("A card has at most five lines."))]
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        if _is_line(line):
            found = faults_of_line(line[1], glossary) if glossary is not None else []
            faults += [str(_("Line %(n)d: %(fault)s")) % {"n": number, "fault": fault} for fault in found]
        else:
            faults.append(str(_("Line %(n)d is neither “do” nor “say” with its words.")) % {"n": number})
    return faults


def _is_line(line: Any) -> bool:
    pair = isinstance(line, (list, tuple)) and len(line) == 2
    return bool(pair and line[0] in {"do", "say"} and isinstance(line[1], str) and line[1].strip())


def faults_of_line(
    words: str, glossary: Mapping[str, str], *, length: int = LENGTH, sentence: int = SENTENCE
) -> list[str]:
    """What would make one line plainer, to be said beside it; empty when it is plain.

    Parameters
    ----------
    words
        What was typed.
    glossary
        As in :func:`faults_of_card`.
    length
        Letters that a line may have.
    sentence
        Words that a sentence may have.

    Returns
    -------
    list of str
        One sentence a fault, beginning in small letters.
    """
    return list(_faults_of(words, glossary, length, sentence))


def _faults_of(words: str, glossary: Mapping[str, str], length: int, most: int) -> Iterator[str]:
    if len(words) > length:
        yield str(_("it is longer than %(n)d letters. Shorten it.")) % {"n": length}
    if "!" in words:
        yield str(_("leave the exclamation mark out."))
    for field in _FIELD.findall(words):
        if field not in FIELDS:
            yield str(_("there is no “{%(field)s}”; there is {customer}, {technician} and {time}.")) % {"field": field}
    plain = _FIELD.sub("x", words)
    for sentence in re.split(r"[.?:;]+(?:\s|$)", plain):
        if (count := len(_WORD.findall(sentence))) > most:
            yield str(_("“%(start)s …” has %(n)d words; say it in at most %(most)d.")) % {
                "start": " ".join(sentence.split()[:3]), "n": count, "most": most,
            }  # fmt: skip
    yield from _hard_words(plain, glossary)


def _hard_words(words: str, glossary: Mapping[str, str]) -> Iterator[str]:
    for short in sorted({s for s in _SHORT_FORM.findall(words) if s not in FINE and glossary.get(s.casefold()) != ""}):
        yield str(_("write “%(word)s” out in full.")) % {"word": short}
    for word in jargon_in(words, glossary):
        yield str(_("“%(word)s”: say “%(instead)s”.")) % {"word": word, "instead": glossary[word]}


def jargon_in(words: str, glossary: Mapping[str, str]) -> list[str]:
    """The words of the glossary that stand in a text, in small letters, in the glossary's order.

    Parameters
    ----------
    words
        Any text.
    glossary
        Word in small letters to what to say instead; what says nothing instead is fine and never found.

    Returns
    -------
    list of str
        Whole words only, singular or with an s.
    """
    text = words.casefold()
    return [word for word, instead in glossary.items() if instead and re.search(rf"\b{re.escape(word)}s?\b", text)]


def glossary_of(own: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Our list with a company's own lines on top.

    Parameters
    ----------
    own
        Pairs of a word and what to say instead; with nothing instead the word is fine here.

    Returns
    -------
    dict
        Word in small letters to what to say instead, by alphabet.
    """
    return dict(sorted({**JARGON, **{word.casefold(): instead for word, instead in own}}.items()))


def filled(words: str, names: Mapping[str, str]) -> str:
    """A line with the names of this visit in it.

    Parameters
    ----------
    words
        A line of a card, like ``"{customer}? I'm {technician}."``.
    names
        What stands for each of :data:`FIELDS`; a field without a name is left out with the blank before it.

    Returns
    -------
    str
        The line as it is said.
    """
    return re.sub(
        r"\s*\{([^{}]*)\}", lambda m: m[0].replace(f"{{{m[1]}}}", v) if (v := names.get(m[1], "")) else "", words
    ).strip()


def best_card(rows: Sequence[Any]) -> Any | None:
    """The card that counts: the branch's before the company's, for this kind of work before for all; newest version.

    Parameters
    ----------
    rows
        Cards of one stage with ``branch_id``, ``work_type_id``, ``version`` and ``lines``; only those that apply.

    Returns
    -------
    row or None
        A newest version without lines is taken back: the next one counts.
    """
    newest: dict[tuple[Any, Any], Any] = {}
    for row in sorted(rows, key=lambda r: r.version):
        newest[row.branch_id, row.work_type_id] = row
    cards = sorted(newest.values(), key=lambda r: (r.branch_id is None, r.work_type_id is None))
    return next((card for card in cards if card.lines), None)
