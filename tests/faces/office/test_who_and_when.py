"""Who is offered where somebody is chosen by hand, and what is said of a time that the customer asks for."""

import re
from html import unescape

from django.urls import reverse
from tests.cast import Cast, at, door
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import promised, request_of, visit_of

from goodword.crew import actions as crew
from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.promises.models import Promise
from goodword.visits.actions import add_work_type


def test_whoever_is_trained_for_the_work_is_offered_first(cast: Cast, site: Site) -> None:
    page = at_the_desk(cast.priya).get(reverse("office:by_hand", args=[request_of(site, "leak").id])).content.decode()

    trained, not_trained = page.index("Trained for it"), page.index("Not trained for it")
    assert trained < page.index(">Sam Tully<") < not_trained < page.index(">Ade Bankole<")


def test_a_time_that_the_customer_asks_for_is_answered_in_one_sentence(cast: Cast, site: Site) -> None:
    asked, hanna = request_of(site), at_the_desk(cast.hanna)
    url = reverse("office:request", args=[asked.id])

    assert "They ask for a time" in text_of(hanna.get(url))
    assert "13:00 on Monday 2 November can be kept" in text_of(hanna.get(url, {"day": "2026-11-02", "at": "13:00"}))
    assert "Say at what time." in text_of(hanna.get(url, {"day": "2026-11-02", "at": ""}))


def test_where_nothing_can_be_offered_the_page_says_whom_to_ring_and_one_press_promises_the_call(
    cast: Cast, site: Site
) -> None:
    add_work_type("boat", "boat repair", ["heating"], 12 * 3600, 0.1, **door())
    asked, hanna = request_of(site, "boat"), at_the_desk(cast.hanna)
    dispatch.offer(asked.id, **door(cast.hanna))

    page = hanna.get(reverse("office:request", args=[asked.id]))
    says = text_of(page)
    assert "Trained for it and at work today: Ade Bankole, Sam Tully." in says
    assert "We find somebody and call you by 11:40 at the latest." in says
    hidden = dict(re.findall(r'name="(day|by)" value="([^"]+)"', page.content.decode()))
    sent(hanna, reverse("office:call_back", args=[asked.id]), **hidden)

    assert Promise.objects.get(type="call_back_by").closes_at == at("11:40")


def test_today_takes_a_call_and_a_search_without_a_hit_leads_on_with_what_was_typed(cast: Cast) -> None:
    hanna = at_the_desk(cast.hanna)

    assert reverse("office:new_request") in hanna.get("/").content.decode()
    page = hanna.get(reverse("office:search"), {"q": "Zebra & Sons"}).content.decode()
    way = re.search(r'href="([^"]*who=[^"]*)"', page)
    assert way is not None
    assert 'value="Zebra &amp; Sons"' in hanna.get(unescape(way[1])).content.decode()


def test_an_absence_leads_to_the_ways_to_mend_the_day(cast: Cast, site: Site) -> None:
    promised(visit_of(site, cast.sam, "13:00", "14:00"), "13:00", "15:00")
    row = crew.report_absence(cast.sam.id, at("09:40"), at("16:30"), "sick", **door(cast.priya))

    page = at_the_desk(cast.priya).get(reverse("office:absence", args=[row.id])).content.decode()

    assert f"{reverse('office:mending')}?branch={cast.aldermere.id}" in page


def test_what_goes_wrong_and_whom_it_hits_stands_on_the_visit_and_on_the_phone(cast: Cast, site: Site) -> None:
    asked = request_of(site, harm=["no_heating"], vulnerability=["infant"], words="It is cold.")
    option = dispatch.offer(asked.id, **door(cast.hanna)).options.all()[0]
    visit = dispatch.book(option.id, **door(cast.hanna)).visit
    assert visit is not None and visit.technician is not None

    for who, address in ((cast.priya, f"/visits/{visit.id}/"), (visit.technician, f"/t/visits/{visit.id}/")):
        page = text_of(at_the_desk(who).get(address))
        assert "No heat or hot water" in page and "A baby or small child" in page
