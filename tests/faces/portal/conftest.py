import re
from datetime import timedelta

import pytest
from tests.cast import MONDAY, NOW, Cast, door, on_shift
from tests.field import request_of

from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.messaging.models import Message
from goodword.promises.models import Promise


@pytest.fixture
def promise(cast: Cast, site: Site) -> Promise:
    """Booked for tomorrow at the earliest: there is time to change it."""
    for person in (cast.sam, cast.ade):
        on_shift(person, cast.aldermere, day=MONDAY + timedelta(days=1))
    offer = dispatch.offer(request_of(site, words="Please knock, do not ring.").id, **door(cast.hanna))
    later = [o for o in offer.options.all() if o.opens_at >= NOW + timedelta(hours=2, minutes=5)]
    return dispatch.book((later or list(offer.options.all()))[0].id, **door(cast.hanna))


@pytest.fixture
def link(promise: Promise) -> str:
    """The address in the confirmation, as the customer's mail program shows it."""
    body = Message.objects.get(about_id=promise.id).body
    found = re.search(r"/v/[a-z2-7]+", body)
    assert found
    return found[0] + "/"
