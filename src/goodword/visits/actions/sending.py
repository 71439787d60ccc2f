"""What was done, sent to a customer who was not there to see it; the question whether it is as hoped goes with it."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from goodword.crew.queries import signed
from goodword.customers.queries import contact_to_write, name_to_use
from goodword.kit.links import make_link, new_token, url_of
from goodword.messaging.actions import call_instead, queue
from goodword.messaging.rules import lint
from goodword.visits.models import Visit

LINK_LIVES = timedelta(days=60)  # ours
CALL_WITHIN = timedelta(hours=4)  # ours


def send_what_was_done(visit: Visit, **door: Any) -> None:
    """By e-mail with a link of its own, so that its opening is seen; who cannot be written to is called (S0-15)."""
    order = visit.order
    contact, channel = contact_to_write(order.customer_id, "service", order.contact_id, kinds=["email"])
    if contact is None or channel is None:
        says = _("Call and tell them what was done: nobody was there, and there is nobody to write to.")
        call_instead("visit", visit.id, visit.branch_id, "walk_through", says, CALL_WITHIN, **door)
        return
    token = new_token()
    make_link(token, "walk_through", visit, contact.id, visit.branch_id, door["at"] + LINK_LIVES, **door)
    name = name_to_use(contact)
    body = lint(_body(visit, name, url_of(token)), name)
    queue("walk_through", "email", channel.value, name, _("What we did today"), body, visit, visit.branch_id, **door)


def _body(visit: Visit, name: str, link: str) -> str:
    done = "\n".join(f"- {words}" for words in visit.shown.values_list("words", flat=True))
    return _(
        "Dear %(name)s,\n\nyou were not there when we finished. This is what was done:\n\n%(done)s\n\n"
        "Is everything as you hoped? Please tell us here, or ask: %(link)s\n\n"
        "Or call us: %(phone)s.\n%(branch)s"
    ) % {"name": name, "done": done, "link": link, "phone": visit.branch.phone, "branch": signed(visit.branch.name)}
