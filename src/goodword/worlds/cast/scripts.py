"""The script cards that come with Goodword, in English: what to do and what to say, stage by stage. Ours.

Each passes the plain-language check (tests/worlds/test_scripts.py). A company changes them by branch and kind of work.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from goodword.worlds.cast.scripts_by_work import BY_WORK, Lines, card

GENERAL: Final[Mapping[str, Lines]] = {
    "prepare": card("""
        do: Read what they said, in their own words.
        do: Look what went wrong last time.
        do: Check parts and tools against the list.
        do: Something missing? Tell the office now.
        do: Drive off only when you know the work.
    """),
    "arrive": card("""
        say: {customer}? I'm {technician}. Good to meet you.
        do: Shoe covers on before the mat.
        say: Is anything else on your mind?
        do: Agree the work, and where.
        say: I'll be done by {time}. I'll show you all of it.
    """),
    "work": card("""
        do: Lay the mats first.
        do: Do what was agreed, nothing more.
        say: I found something. May I show you?
        do: Price and time first, then their yes.
        do: Stay, and see it work.
    """),
    "complete": card("""
        do: Leave it cleaner than you found it.
        say: May I show you what I did?
        do: Go through it, thing by thing.
        say: What would you like to ask?
        say: Are you happy with all of it?
    """),
}

AGAIN: Final[Mapping[str, Lines]] = {
    "prepare": card("""
        do: Read what we did last time, and what we said.
        do: Take the part that was missing, and look at it.
        do: Know what they were promised.
    """),
    "arrive": card("""
        say: {customer}? I'm {technician}. We were here before.
        say: I'm sorry you had to have us twice.
        say: Is it still the same, or is there more?
        say: I'm done by {time}. I'll show you all of it.
    """),
    "complete": card("""
        say: This is what we owed you. Now it is done.
        do: Go through it, thing by thing.
        say: Is there anything we still owe you?
        say: Are you happy with all of it?
    """),
}
RETURNS: Final = ("return_gas", "return_plumbing", "return_cooling")


def shipped_card(stage: str, work_type: str | None) -> Lines:
    """The card that comes with Goodword for all branches; empty where there is none."""
    here = cards(frozenset({work_type} if work_type else ()))
    return next((lines for of, work, lines in here if (of, work) == (stage, work_type)), ())


def cards(work_types: frozenset[str]) -> Iterator[tuple[str, str | None, Lines]]:
    """Every card for a company that does this work: stage, kind of work (none: for all), lines."""
    for stage, lines in GENERAL.items():
        yield stage, None, lines
    for code, stages in {**BY_WORK, **dict.fromkeys(RETURNS, AGAIN)}.items():
        if code in work_types:
            for stage, lines in stages.items():
                yield stage, code, lines
