"""Everything that is no answer becomes ``application/problem+json`` (RFC 9457) here; a bug stays a 500."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel

from goodword.faces.api.errors import Busy, NotSignedIn, TooLarge, Unreadable
from goodword.kit.refusals import NotFound, Refusal
from goodword.parts.answers import answer

NOT_AVAILABLE = {"55P03", "57014"}  # lock_timeout, statement_timeout
MOST_FIELDS = 20


class Problem(BaseModel):
    """What went wrong: ``code`` for programs, ``detail`` in plain words, ``facts`` for both."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    facts: dict[str, Any]


class WrongFields(Refusal):
    """The body or the address has fields that cannot be used; ``fields`` names each with what is wrong."""

    code = "bad-input"
    status = 422

    @property
    def detail(self) -> str:
        return _("%(field)s: %(why)s") % {"field": self.facts["field"], "why": self.facts["why"]}


def problem(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    response = answer(request, refusal)
    if refusal.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if refusal.status == 503:
        response["Retry-After"] = "1"
    return response


def handle_problems(api: NinjaAPI) -> None:
    """Put the one handler of each kind into the API."""
    becomes: dict[type[Exception], Callable[[Any], Refusal]] = {
        Refusal: lambda error: error,
        ValidationError: wrong_fields,
        HttpError: _of_ninja,
        Http404: lambda error: NotFound(),
        RequestDataTooBig: lambda error: TooLarge(settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
        UnreadablePostError: lambda error: Unreadable(why=_("it ended too early.")),
        OperationalError: _of_the_database,
    }
    for kind, said in becomes.items():
        api.add_exception_handler(kind, partial(_answer, said))


def _answer(said: Callable[[Any], Refusal], request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, said(error))


def _of_ninja(error: HttpError) -> Refusal:
    """Ninja's own errors; the refusal behind "cannot parse" when there is one."""
    if isinstance(error, AuthenticationError):
        return NotSignedIn()
    if isinstance(error.__cause__, Refusal):
        return error.__cause__
    return Unreadable(why=_("it is no JSON in UTF-8."))


def _of_the_database(error: OperationalError) -> Refusal:
    """A wait that took too long is said so; anything else of the database is a bug or an outage."""
    if getattr(error.__cause__, "sqlstate", None) in NOT_AVAILABLE:
        return Busy()
    raise error


def wrong_fields(error: ValidationError) -> WrongFields:
    fields = [{"field": _path(e["loc"]), "why": _why(e)} for e in error.errors[:MOST_FIELDS]]
    return WrongFields(**fields[0], fields=fields)


def _path(loc: tuple[Any, ...]) -> str:
    """``("body", "body", "sites", 0, "lat")`` is ``sites.0.lat``."""
    return ".".join(str(part)[:80] for part in loc[2 if loc[0] == "body" else 1 :]) or str(loc[0])


def _why(error: dict[str, Any]) -> str:
    return str(error["msg"]).removeprefix("Value error, ")[:300]
