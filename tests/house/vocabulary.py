"""Words that the glossary keeps out: one word for each thing (style.md 4)."""

import re
from collections.abc import Iterator

FORBIDDEN = {
    r"appointments?": "visit",
    r"jobs?(?<!background job)(?<!background jobs)": "work order, visit (a background job may be called job)",
    r"tickets?": "work order, request",
    r"nps": "net score",
    r"technicans?": "technician",
    r"leads? generation": "lead",
    r"time ?slots?": "arrival window",
}
_WORDS = [(re.compile(rf"\b{word}\b", re.IGNORECASE), instead) for word, instead in FORBIDDEN.items()]
_FINE = re.compile(r"background[ _-]jobs?|job[ _-]title", re.IGNORECASE)


def forbidden_in(text: str) -> Iterator[str]:
    """What is wrong with a text, with the word to use; names like ``job_id`` and ``jobId`` are read as words."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", _FINE.sub(" ", text))
    for pattern, instead in _WORDS:
        for found in pattern.findall(spaced):
            yield f"“{found}” (say: {instead})"
