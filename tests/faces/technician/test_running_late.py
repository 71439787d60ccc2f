"""Running late: the answer says who waits, that nobody is written to, and who must tell them."""

import pytest
from django.urls import reverse
from tests.cast import Cast, at, door, queries
from tests.faces.office.desk import sent, text_of
from tests.faces.signing_in import as_
from tests.field import promised, site_of, visit_of, worked_through

from goodword.customers import actions as customers
from goodword.messaging.models import Message
from goodword.promises import actions as promises
from goodword.promises.queries import open_window_of
from goodword.visits.models import Visit


@pytest.fixture(autouse=True)
def phone(visit: Visit) -> None:
    contact = visit.order.customer.contacts.get()
    customers.add_channel(contact.id, "phone", "01632 960111", **door())


NOT_WRITTEN = "Goodword writes nothing to them by itself"


@pytest.mark.parametrize(
    ("minutes", "says"),
    [
        ("90", "about 11:30. Mrs Adeyemi was promised by 11:30, so it can still be kept."),
        ("91", "about 11:31. Mrs Adeyemi was promised by 11:30: that is too late."),
    ],
)
def test_before_the_door_it_is_this_customer_who_waits(cast: Cast, visit: Visit, minutes: str, says: str) -> None:
    answer = sent(as_(cast.sam), f"/t/visits/{visit.id}/lateness/", minutes=minutes, follow=True)

    page = text_of(answer)
    assert says in page and NOT_WRITTEN in page
    assert ("The office must tell them now" in page) is (minutes == "91")
    assert ("If it gets tight, it stands in the office’s tray" in page) is (minutes == "90")
    notice = answer.content.decode().partition('class="notices"')[2].partition("</div>")[0]
    assert '<a href="tel:+441632960111">' in notice
    assert not Message.objects.exists()


def test_at_the_door_it_is_the_next_one_and_behind_the_last_nobody(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:30", until="arrive")
    late, sam = f"/t/visits/{visit.id}/lateness/", as_(cast.sam)
    assert "Nobody waits behind it today" in text_of(sent(sam, late, minutes="15", follow=True))
    after = visit_of(site_of("Mr Finch", cast.aldermere), cast.sam, "12:00", "13:00")
    promised(after, "11:30", "13:30")
    visit_of(site_of("Mrs Petrov", cast.aldermere), cast.ade, "11:00", "12:00")

    with queries(at_most=54):
        answer = sent(sam, late, minutes="30", follow=True)

    page = text_of(answer)
    assert "Noted. Mr Finch comes next, promised by 13:30." in page and NOT_WRITTEN in page
    assert "we have neither number nor address of them" in page
    assert f'<a href="/t/visits/{after.id}/">Mr Finch</a>' in answer.content.decode()


def test_the_office_must_tell_them_and_reads_whether_they_were_told_before(cast: Cast, visit: Visit) -> None:
    address, window = reverse("office:lateness", args=[visit.id]), open_window_of(visit.id)
    late, priya = {"minutes": "120", "reason": "The van does not start."}, as_(cast.priya)
    assert window is not None

    answer = sent(priya, address, **late, follow=True)
    assert "about 12:00" in text_of(answer) and "You must tell them now, then tap" in text_of(answer)
    assert NOT_WRITTEN in text_of(answer) and '<a href="tel:+441632960111">' in answer.content.decode()

    promises.tell(window.id, "spoken", **door(cast.priya, at("09:31")))
    page = text_of(sent(priya, address, **late, follow=True))
    assert "They were told at 9:31, before this." in page and "tell them the new time too" in page


def test_a_name_is_written_as_text(cast: Cast) -> None:
    odd = visit_of(site_of("<b>Mr Odd</b>", cast.aldermere), cast.sam, "14:00", "15:00")

    answer = sent(as_(cast.sam), f"/t/visits/{odd.id}/lateness/", minutes="15", follow=True)

    assert "Noted. &lt;b&gt;Mr Odd&lt;/b&gt; has no promised time." in answer.content.decode()
