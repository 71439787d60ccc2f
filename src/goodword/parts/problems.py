"""Pages for what went wrong: what happened, why, what to do, and a way on. The code is in the details."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Problem:
    happened: str | Promise
    why: str | Promise
    do: str | Promise


PROBLEMS: dict[int, Problem] = {
    400: Problem(
        _("That could not be read."),
        _("Something in the address or the form was not as it should be."),
        _("Go back and try again. What you typed is still there."),
    ),
    403: Problem(
        _("You may see this, but not do that."),
        _("It belongs to another role."),
        _("Ask someone who has the right to, or go back."),
    ),
    404: Problem(
        _("There is nothing here, or it is not yours to see."),
        _("The address may be mistyped, or what it led to was moved."),
        _("Look for it by phone number, name, address or order number."),
    ),
    405: Problem(
        _("That cannot be done this way."),
        _("This address answers another kind of request."),
        _("Go back and use the button on the page."),
    ),
    409: Problem(
        _("That does not fit what has happened since."),
        _("Somebody may have changed it while this page was open."),
        _("Go back, look at it again, then decide."),
    ),
    413: Problem(
        _("That is too large to take."),
        _("More was sent at once than one form may hold."),
        _("Send it in smaller parts."),
    ),
    422: Problem(
        _("Something in the form cannot be used."),
        _("A field was left empty or holds what we cannot read."),
        _("Go back; what you typed is still there, and the page says what to change."),
    ),
    429: Problem(
        _("Too many tries in a short time."),
        _("We wait a little, so that nobody can guess their way in."),
        _("Try again in some minutes, or ask your office."),
    ),
    500: Problem(
        _("Something broke on our side."),
        _("It is not your doing. It has been written down with its time."),
        _("Try once more. If it breaks again, tell your office when it happened."),
    ),
    503: Problem(
        _("Goodword is not ready yet."),
        _("It is starting, or its database cannot be reached."),
        _("Wait a moment, then try again. Nothing that was saved is lost."),
    ),
}


def problem_page(
    request: HttpRequest, status: int, *, says: str | Promise = "", do: str | Promise = "", code: str = "",
    way_on: tuple[str, str | Promise] | None = None,
) -> HttpResponse:  # fmt: skip
    """An error as a page.

    Parameters
    ----------
    says
        What happened, in the refusal's own words; without it the words of the status.
    do
        What to do next.
    code
        The refusal's code, shown in the details only.
    way_on
        Address and words of the next step; without it the front page.
    """
    context = {**_context(status, says, do, code), "way_on": way_on}
    return HttpResponse(render_to_string("parts/problem.html", context, request), status=status)


def _context(status: int, says: str | Promise, do: str | Promise, code: str) -> dict[str, object]:
    problem = PROBLEMS.get(status) or PROBLEMS[500 if status >= 500 else 400]
    why = "" if says else problem.why
    return {"happened": says or problem.happened, "why": why, "do": do or problem.do, "status": status, "code": code}
