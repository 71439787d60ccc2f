"""The stories of the demo, each a few pages in their order, one click each."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.crew.models import Person
from goodword.visits.models import Visit
from goodword.worlds.sign_in import token_of
from goodword.worlds.stories import one_visit


@dataclass(frozen=True)
class Page:
    says: str
    whose: str
    url: str


@dataclass(frozen=True)
class Story:
    """``press``: where a button leads that lets it begin, with its words; empty: there is nothing to begin."""

    name: str
    about: str
    pages: tuple[Page, ...]
    press: str = ""
    press_says: str = ""


def stories() -> list[Story]:
    """What can be played as the demo stands."""
    visit = one_visit()
    return [_one_visit(visit), _bad_hour()] if visit is not None else []


def _one_visit(visit: Visit) -> Story:
    who = visit.order.customer.name
    return Story(
        _("One visit, four stages"),
        _("%(who)s has her boiler serviced: the call, the door, the work, and what she reads.") % {"who": who},
        tuple(_pages(visit, who)),
    )


def _bad_hour() -> Story:
    return Story(
        _("A day that bends"),
        _("Lucy falls sick, Mill Bridge is closed, three visits overrun. Today shows ways to mend it."),
        (),
        reverse("tour:bad_hour"),
        _("Let it go wrong"),
    )


def mending(planner: Person) -> str:
    """Today, as whoever must mend the day."""
    return f"{_enter(planner.id)}?{urlencode({'to': '/'})}"


def _pages(visit: Visit, who: str) -> Iterator[Page]:
    hanna, priya = (Person.objects.filter(name=name).first() for name in ("Hanna Lindqvist", "Priya Nair"))
    if hanna is not None:
        yield _page(_("Take a call"), hanna, reverse("office:new_request"))
        if asked := visit.order.request_id:
            yield _page(_("What she said on the phone"), hanna, reverse("office:request", args=[asked]))
    yield Page(_("Her page: when, who, what to expect"), who, reverse("tour:customer", args=[visit.id]))
    if visit.technician is not None:
        yield _page(_("The phone at her door"), visit.technician, reverse("technician:visit", args=[visit.id]))
    if priya is not None:
        yield _page(_("What the office sees"), priya, reverse("office:visit", args=[visit.id]))


def _page(says: str, person: Person, to: str) -> Page:
    return Page(says, person.name, f"{_enter(person.id)}?{urlencode({'to': to})}")


def _enter(person_id: UUID) -> str:
    return reverse("tour:enter", args=[token_of(person_id)])
