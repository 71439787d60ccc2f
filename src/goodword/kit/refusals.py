"""The domain saying no: a code for programs, plain words for people, facts for both."""

from datetime import datetime
from typing import Any, ClassVar

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Raised by a rule. A face turns it into RFC 9457 JSON or a page message; it is never logged as an error.

    ``waits``: an earlier command may still arrive that makes this possible; a held one is then tried again by itself.
    """

    code: ClassVar[str] = "refused"
    says: ClassVar[str | Promise] = _("That is not possible.")
    status: ClassVar[int] = 409
    waits: ClassVar[bool] = False

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.code)

    @property
    def detail(self) -> str:
        return str(self.says).format(**{key: _said(value) for key, value in self.facts.items()})

    def __str__(self) -> str:
        return self.detail

    def problem(self) -> dict[str, Any]:
        """The body of an ``application/problem+json`` answer."""
        return {
            "type": f"about:blank#{self.code}",
            "title": self.code.replace("-", " "),
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "facts": {key: _plain(value) for key, value in self.facts.items()},
        }


def _said(value: Any) -> Any:
    """An instant as people say it, in the zone it came in; everything else as it is."""
    return date_format(value, "l j F, G:i") if isinstance(value, datetime) else value


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, float, str, list, dict)) else _text(value)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


class NotFound(Refusal):
    code = "not-found"
    says = _("There is nothing here, or it is not yours to see.")
    status = 404


class Forbidden(Refusal):
    code = "forbidden"
    says = _("You may see this but not change it. Ask {who}.")
    status = 403


class BadInput(Refusal):
    """Something typed or sent cannot be used; ``field`` names it and ``why`` says what to do."""

    code = "bad-input"
    says = _("{why}")
    status = 422

    def __init__(self, field: str, why: str | Promise, **facts: Any) -> None:
        super().__init__(field=field, why=str(why), **facts)


class Stale(Refusal):
    code = "stale"
    says = _("Somebody changed this at {changed_at}. Look at it again before you go on.")
