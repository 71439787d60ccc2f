"""The confirmation: name, window, the customer's link and a calendar file, queued in the booking's own transaction."""

from datetime import timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from goodword.crew.queries import signed
from goodword.customers import queries as customers
from goodword.dispatch.actions.diary import diary_entry
from goodword.dispatch.rules import words
from goodword.kit.links import make_link, new_token, url_of
from goodword.messaging.actions import queue
from goodword.messaging.rules import lint
from goodword.next_steps.actions import open_step
from goodword.promises.models import Promise

LINK_LIVES = timedelta(days=60)  # ours, after the window


def confirm(promise: Promise, *, moved: bool, **door: Any) -> None:
    """Tell the customer what was agreed, by an allowed channel; where there is none, a person calls (P-54)."""
    assert promise.visit is not None
    contact, channel = customers.contact_to_write(promise.customer_id, "service", kinds=["email"])
    token = new_token()
    make_link(
        token,
        "visit",
        promise.visit,
        contact.id if contact else None,
        promise.branch_id,
        promise.closes_at + LINK_LIVES,
        **door,
    )
    if contact is None or channel is None:
        says = _("Call and confirm what was agreed: there is nobody to write to.")
        due_at = door["at"] + timedelta(hours=2)
        kind, about = "confirm_by_call", ("promise", promise.id)
        open_step(kind, None, "office", promise.branch_id, due_at, *about, "no_channel", says, **door)
        return
    name = customers.name_to_use(contact)
    queue(
        "confirmation",
        "email",
        channel.value,
        name,
        subject_of(promise, moved),
        lint(body_of(promise, name, url_of(token), moved), name),
        promise,
        promise.branch_id,
        attachments=[diary_entry(promise, door["at"])],
        **door,
    )


def subject_of(promise: Promise, moved: bool) -> str:
    first = _("Moved: ") if moved else ""
    return first + words.said_window(promise.opens_at or promise.made_at, promise.closes_at, promise.branch.zone)


def body_of(promise: Promise, name: str, link: str, moved: bool) -> str:
    return render_to_string(
        "dispatch/confirmation.txt",
        {
            "promise": promise,
            "name": name,
            "link": link,
            "moved": moved,
            "said": promise.said,
            "branch": promise.branch,
            "signed": signed(promise.branch.name),
            "visit": promise.visit,
        },
    ).strip()
