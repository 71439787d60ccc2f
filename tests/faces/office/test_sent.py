"""What was sent to a customer who was not there, as the office sees it."""

import pytest
from django.urls import reverse
from tests.cast import Cast, at, door
from tests.faces.office.desk import at_the_desk, text_of
from tests.field import visit_of, worked_through

from goodword.customers.models import Site
from goodword.kit.links import open_link
from goodword.messaging.models import Message
from goodword.visits import actions as visits


@pytest.mark.shows("S0-15")
def test_the_office_sees_whether_what_was_sent_has_been_opened(cast: Cast, site: Site) -> None:
    visit = visit_of(site, cast.sam, "09:00", "10:00")
    url = reverse("office:visit", args=[visit.id])
    worked_through(visit.id, cast.sam, "09:00", until="clean_up")
    visits.walk_through(visit.id, "sent", **door(cast.sam, at("09:20")))
    priya = at_the_desk(cast.priya)
    before = text_of(priya.get(url))

    key = Message.objects.get(purpose="walk_through").body.split("/v/")[1].split("/")[0].split()[0]
    open_link(key, "GET")

    assert "not opened yet" in before
    assert "sent to the customer, and opened." in text_of(priya.get(url))
