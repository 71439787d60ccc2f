"""Beside the request itself: who is hit, and what was said until we come."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodword.kit.actions import action
from goodword.kit.actors import Actor
from goodword.kit.events import record
from goodword.kit.refusals import BadInput
from goodword.kit.text import clean
from goodword.visits.models import InterimAdvice, Request
from goodword.visits.models.calls import Harm, Vulnerability
from goodword.visits.queries.advice import advice_for

LINES = 12  # ours: more than this nobody reads out


def harm_codes(codes: Iterable[str] | None) -> list[str]:
    return _known(codes, Harm.values, "harm")


def vulnerability_codes(codes: Iterable[str] | None) -> list[str]:
    return _known(codes, Vulnerability.values, "vulnerability")


def _known(codes: Iterable[str] | None, known: Sequence[str], field: str) -> list[str]:
    there = sorted(set(codes or []))
    if unknown := [code for code in there if code not in known]:
        raise BadInput(field, _("“%(code)s” is none of those we know. Choose from the list.") % {"code": unknown[0]})
    return there


def record_flags(request: Request, **door: Any) -> None:
    """What puts a request before others is in the journal; about people only how many flags there are, never which."""
    facts = {"harm": request.harm, "people": len(request.vulnerability)}
    record("request.flagged", about=request, scope=request.branch_id, facts=facts, **door)


@action("request.flag")
def flag_request(
    request_id: UUID,
    harm: list[str],
    vulnerability: list[str],
    needed_by: datetime | None = None,
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Request:
    """They say more, or it was misheard: what is wrong, for whom, and by when it is needed. Its place may change."""
    request = Request.objects.select_for_update().get(id=request_id)
    request.harm, request.vulnerability = harm_codes(harm), vulnerability_codes(vulnerability)
    request.needed_by = needed_by
    request.save(update_fields=["harm", "vulnerability", "needed_by"])
    record_flags(request, by=by, at=at, command=command)
    return request


@action("request.advise")
def advise(request_id: UUID, harm: list[str], *, by: Actor, at: datetime, command: UUID) -> Request:
    """What we say until we come was said: the words as they stand now are kept with the request (S1-3)."""
    request = Request.objects.select_for_update().get(id=request_id)
    if say(request, harm, by=by, at=at, command=command):
        request.save(update_fields=["advice", "advised_at", "advised_by"])
    return request


def say(request: Request, harm: Iterable[str], *, by: Actor, at: datetime, command: UUID) -> bool:
    """Put the words for these kinds of trouble on the request; whether there was anything new to say."""
    before = {row["harm"] for row in request.advice}
    words = advice_for(request.branch_id, [code for code in harm_codes(harm) if code not in before])
    request.advice = request.advice + [{"harm": code, "says": " ".join(lines)} for code, lines in words.items()]
    if words:
        request.advised_at, request.advised_by = at, by.id
        facts = {"harm": sorted(words), "lines": sum(len(lines) for lines in words.values())}
        record("request.advised", about=request, by=by, at=at, command=command, scope=request.branch_id, facts=facts)
    return bool(words)


@action("advice.set")
def set_advice(
    harm: str, branch_id: UUID | None, lines: list[str], *, by: Actor, at: datetime, command: UUID
) -> InterimAdvice:
    """A new version of what we say until we come; without a branch: the company's. No lines: nothing is said."""
    (code,) = harm_codes([harm])
    said = [line for one in lines if (line := clean(one, "lines"))]
    if len(said) > LINES:
        raise BadInput("lines", _("Say at most %(n)d things: nobody remembers more.") % {"n": LINES})
    return _anew(code, branch_id, said, False, by=by, at=at, command=command)


@action("advice.drop")
def drop_advice(harm: str, branch_id: UUID | None, *, by: Actor, at: datetime, command: UUID) -> InterimAdvice:
    """The words are taken back: a branch says the company's again, the company ours."""
    (code,) = harm_codes([harm])
    return _anew(code, branch_id, [], True, by=by, at=at, command=command)


def _anew(code: str, branch_id: UUID | None, lines: list[str], taken_back: bool, **door: Any) -> InterimAdvice:
    last = InterimAdvice.objects.filter(harm=code, branch=branch_id).order_by("-version").first()
    version = last.version + 1 if last else 1
    advice = InterimAdvice.objects.create(
        harm=code, branch_id=branch_id, version=version, lines=lines, taken_back=taken_back
    )
    record("advice.changed", about=advice, scope=branch_id, facts={"version": version}, **door)
    return advice
