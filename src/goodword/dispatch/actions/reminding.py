"""The day before, the customer hears again what was agreed; whoever cannot be written to is called."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from goodword.crew.queries import signed
from goodword.customers import queries as customers
from goodword.dispatch.rules import words
from goodword.kit.actions import action
from goodword.kit.actors import SYSTEM, Actor
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.messaging.actions import call_instead, queue
from goodword.messaging.queries import messages_about
from goodword.messaging.rules import lint
from goodword.next_steps.queries import steps_about
from goodword.promises.models import Promise
from goodword.promises.queries import is_open
from goodword.promises.rules import State

FROM_HOUR = 15  # ours: on the day before, in the branch's own time
NOT_YET = "day_before"


def remind_all() -> int:
    """Remind of every window of tomorrow that is agreed since before today; how many were new."""
    now = company_now()
    soon = Promise.objects.filter(
        type=Promise.Type.ARRIVAL_WINDOW,
        verdict__state=State.OPEN,
        opens_at__gt=now,
        opens_at__lt=now + timedelta(days=2),
        visit__cancelled_at=None,
        visit__moved_at=None,
    ).select_related("branch")
    due = [row for row in soon if _is_due(row, now)]
    ids = [row.id for row in due]
    said = set(messages_about(ids).filter(purpose="reminder").values_list("about_id", flat=True))
    said |= set(steps_about(ids).filter(reason=NOT_YET).values_list("about_id", flat=True))
    fresh = [row for row in due if row.id not in said]
    for row in fresh:
        remind(row.id, by=SYSTEM, at=now, command=uuid5(NAMESPACE_URL, f"goodword:remind:{row.id}"))
    return len(fresh)


def _is_due(promise: Promise, now: datetime) -> bool:
    where = zone(promise.branch.zone)
    here = now.astimezone(where)
    assert promise.opens_at is not None
    tomorrow = promise.opens_at.astimezone(where).date() == here.date() + timedelta(days=1)
    return tomorrow and here.hour >= FROM_HOUR and promise.made_at.astimezone(where).date() < here.date()


@action("dispatch.remind")
def remind(promise_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Promise:
    """Write to them by name where they allow it, else have somebody call. One command for each promise: once."""
    promise = Promise.objects.select_related("branch", "visit__order").get(id=promise_id)
    if promise.visit is None or promise.visit.is_over or not is_open(promise, at):
        return promise
    asked_by = promise.visit.order.contact_id
    contact, channel = customers.contact_to_write(promise.customer_id, "service", asked_by, kinds=["email"])
    if contact is None or channel is None:
        says = _("Call and remind them of tomorrow: there is nobody to write to. %(said)s") % {"said": promise.said}
        call_instead(
            "promise", promise.id, promise.branch_id, NOT_YET, says, timedelta(hours=2), by=by, at=at, command=command
        )
        return promise
    name = customers.name_to_use(contact)
    queue(
        "reminder",
        "email",
        channel.value,
        name,
        _("Tomorrow: ")
        + words.said_window(promise.opens_at or promise.made_at, promise.closes_at, promise.branch.zone),
        lint(_body(promise, name), name),
        promise,
        promise.branch_id,
        by=by,
        at=at,
        command=command,
    )
    return promise


def _body(promise: Promise, name: str) -> str:
    return _(
        "Dear %(name)s,\n\nyou expect us tomorrow. %(said)s\n\n"
        "If it does not suit you any more, call us, and we find another time: %(phone)s.\n%(branch)s"
    ) % {"name": name, "said": promise.said, "phone": promise.branch.phone, "branch": signed(promise.branch.name)}
