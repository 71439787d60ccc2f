"""Why a request stands where it stands, in words (S1-20)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from goodword.dispatch.queries.queue import Queued
from goodword.dispatch.rules.queue import Because
from goodword.kit.calendar import zone
from goodword.parts.times import length_words, moment_words
from goodword.visits.models.calls import Harm, Vulnerability

HARM_WORDS, PEOPLE_WORDS = dict(Harm.choices), dict(Vulnerability.choices)


def because(row: Queued, now: datetime) -> list[str]:
    """The reasons of one place, the heaviest first; each once."""
    return list(dict.fromkeys(says for one in row.reasons if (says := _says(one, row, now))))


def _says(one: Because, row: Queued, now: datetime) -> str:
    waiting, where = row.place.waiting, zone(row.request.branch.zone)
    if one.code == "harm":
        return str(HARM_WORDS.get(one.about, one.about))
    if one.code == "people":
        return str(PEOPLE_WORDS.get(one.about, _("a reason that only those who plan see")))
    if one.code == "needed_by" and waiting.needed_by is not None:
        return _("needed by %(when)s") % {"when": moment_words(waiting.needed_by, where, now)}
    if one.code == "promised_by" and waiting.promised_by is not None:
        return _("we said we call by %(when)s") % {"when": moment_words(waiting.promised_by, where, now)}
    if one.code == "waits":
        waited = length_words((now - waiting.taken_at).total_seconds())
        return _("waits %(time)s") % {"time": waited} if waited else _("just asked")
    return {"emergency": _("emergency"), "severity": _("serious work")}.get(one.code, "")


def words_of(codes: Iterable[str], words: Mapping[str, object]) -> list[str]:
    return [str(words.get(code, code)) for code in codes]
