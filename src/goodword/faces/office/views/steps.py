"""To do: what the branch owes and by when, the overdue first; done with one tap, and undone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goodword.crew.models import Branch
from goodword.crew.queries import require
from goodword.crew.rules import Verb
from goodword.faces.office.views.owed import Owed, owed_calls, owed_steps
from goodword.faces.office.views.pages import chosen_branch, desk, show
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.kit.refusals import NotFound
from goodword.next_steps.actions import done_step, reopen_step
from goodword.next_steps.queries import may_do, visible_to
from goodword.parts.doorway import SignedIn, tapped
from goodword.promises.models import Promise
from goodword.promises.queries import visible_to as promises_visible_to
from goodword.promises.rules import SAID_DONE
from goodword.promises.rules import State as Verdict

PAGE, MOST, LATELY = 50, 500, timedelta(days=1)  # ours: rows on a page; rows that are looked through; to undo
SHOWN_DONE = 8  # ours
SORTS: dict[str, Callable[[Owed], Any]] = {
    "due": lambda one: (one.due_at, one.since),
    "newest": lambda one: -one.since.timestamp(),
    "who": lambda one: (one.who, one.due_at),
}


@require_safe
@desk
def listing(request: SignedIn) -> HttpResponse:
    """What is due soonest first (so the overdue), the newest, or by who owes it; ``?q=`` looks in all of it."""
    chosen, now = chosen_branch(request, request.viewer), company_now()
    text = request.GET.get("q", "").strip()[:200]
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "due"
    rows = [row for row in _open(request, chosen.branch, sort) if text.casefold() in row.said]
    rows.sort(key=SORTS[sort])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    around = {"q": text, "sort": sort, "branch": str(chosen.branch.id)}
    context: dict[str, Any] = {
        "q": text,
        "sort": sort,
        "sorts": [(name, says, f"?{urlencode(around | {'sort': name})}") for name, says in _sorts()],
        "chosen": chosen,
        "rows": page,
        "total": len(rows),
        "overdue": sum(row.overdue for row in rows),
        "done": _done(request, chosen.branch),
        "zone": zone(chosen.branch.zone),
        "now": now,
        "next_url": f"?{urlencode(around | {'page': page.next_page_number()})}" if page.has_next() else "",
        "first_url": f"?{urlencode(around)}" if page.has_previous() else "",
    }
    return show(request, "office/steps/list.html", context)


def _sorts() -> list[tuple[str, str]]:
    return [("due", _("what is due soonest first")), ("newest", _("newest first")), ("who", _("by who owes it"))]


def _open(request: SignedIn, branch: Branch, sort: str) -> list[Owed]:
    viewer, now = request.viewer, company_now()
    steps = visible_to(viewer).filter(Q(branch=branch) | Q(branch=None)).waiting()
    calls = promises_visible_to(viewer).filter(
        branch=branch, type=Promise.Type.CALL_BACK_BY, verdict__state=Verdict.OPEN
    )
    if sort == "newest":
        steps, calls = steps.order_by("-opened_at", "-id"), calls.order_by("-made_at")
    else:
        calls = calls.order_by("closes_at")
    return owed_steps(viewer, steps[:MOST], now) + owed_calls(viewer, calls[:MOST], now)


def _done(request: SignedIn, branch: Branch) -> list[Owed]:
    """What was done lately, so that a slip can be taken back."""
    now = company_now()
    rows = visible_to(request.viewer).filter(Q(branch=branch) | Q(branch=None), done_at__gte=now - LATELY)
    called = promises_visible_to(request.viewer).filter(
        branch=branch, type=Promise.Type.CALL_BACK_BY, verdict__proof=SAID_DONE, verdict__judged_at__gte=now - LATELY
    )
    done = owed_steps(request.viewer, rows.order_by("-done_at", "-id")[:SHOWN_DONE], now)
    done += owed_calls(request.viewer, called.order_by("-verdict__judged_at")[:SHOWN_DONE], now)
    return sorted(done, key=lambda one: one.done_at or now, reverse=True)[:SHOWN_DONE]


@require_POST
@desk
def done(request: SignedIn, step_id: UUID) -> HttpResponse:
    return _tap(request, step_id, done_step, _("Done. It stands below, to take it back."))


@require_POST
@desk
def undone(request: SignedIn, step_id: UUID) -> HttpResponse:
    return _tap(request, step_id, reopen_step, _("It waits again."))


def _tap(request: SignedIn, step_id: UUID, do: Callable[..., object], says: str) -> HttpResponse:
    step = visible_to(request.viewer).filter(id=step_id).first()
    if step is None:
        raise NotFound
    if not may_do(request.viewer, step):
        require(request.viewer, Verb.BOOK, step.branch_id)
    to = reverse("office:steps")
    return tapped(request, lambda d: do(step.id, **d), to, says)
