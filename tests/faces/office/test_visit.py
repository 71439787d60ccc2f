"""The visit's page and what the office does to a visit: by right, once, and with what was typed kept."""

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cast import Cast, at, door, queries
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import promised, request_of, site_of, visit_of, worked_through

from goodword.crew import actions as crew
from goodword.customers.models import Site
from goodword.dispatch import actions as dispatch
from goodword.kit.models import Event
from goodword.promises.models import Promise
from goodword.promises.queries import open_window_of
from goodword.visits import actions as visits
from goodword.visits.models import Handover, Note, Visit


@pytest.fixture
def visit(cast: Cast, site: Site) -> Visit:
    visit = visit_of(site, cast.sam, "10:00", "11:00")
    promised(visit)
    return visit


def page_of(visit: Visit, name: str = "visit") -> str:
    return reverse(f"office:{name}", args=[visit.id])


def test_the_page_says_what_was_said_and_what_happened_newest_first(cast: Cast, visit: Visit) -> None:
    visits.add_note(visit.id, "The bell does not ring.", **door(cast.hanna, at("09:10")))
    worked_through(visit.id, cast.sam, "09:32", until="arrive")

    page = text_of(at_the_desk(cast.priya).get(page_of(visit)))

    assert "Between 9:30 and 11:30. Arrived 9:33. Kept." in page
    assert "The bell does not ring." in page
    assert (
        page.index("9:33 Arrived Sam Tully")
        < page.index("9:32 On the way Sam Tully")
        < page.index("7:00 Promised: 9:30–11:30")
    )


def test_the_head_leads_to_what_can_be_done(cast: Cast, visit: Visit) -> None:
    page = at_the_desk(cast.priya).get(page_of(visit)).content.decode()
    assert page.count('href="#acts"') == page.count('id="acts"') == 1


def test_an_arrival_that_was_written_down_later_shows_both_times(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:31", until="arrive")

    assert "written down 9:40" in text_of(at_the_desk(cast.priya).get(page_of(visit)))


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("priya", {"assignment", "swap", "move", "cancellation", "arrival", "lateness", "notice", "notes"}),
        ("hanna", {"move", "cancellation", "arrival", "lateness", "notice", "notes"}),
        ("june", set()),
    ],
)
def test_only_what_the_viewer_may_do_is_shown(cast: Cast, visit: Visit, name: str, sees: set[str]) -> None:
    html = at_the_desk(cast.people[name]).get(page_of(visit)).content.decode()

    everything = {"assignment", "swap", "move", "cancellation", "arrival", "lateness", "notice", "notes"}
    assert {what for what in everything if f"/visits/{visit.id}/{what}/" in html} == sees


def test_a_note_sent_twice_is_written_once(cast: Cast, visit: Visit) -> None:
    priya, once = at_the_desk(cast.priya), str(uuid4())

    for _n in range(2):
        assert sent(priya, page_of(visit, "note"), command=once, words="Ring twice.").status_code == 302

    assert Note.objects.get().words == "Ring twice."


@pytest.mark.parametrize(("words", "status"), [("", 422), ("a\0b", 422), ("x" * 20_001, 422)])
def test_a_note_that_cannot_be_kept_comes_back_with_the_reason(
    cast: Cast, visit: Visit, words: str, status: int
) -> None:
    answer = sent(at_the_desk(cast.priya), page_of(visit, "note"), words=words)

    assert answer.status_code == status
    assert 'class="field-error"' in answer.content.decode()
    assert not Note.objects.exists()


def test_what_an_assignment_does_is_shown_before_it_is_confirmed(cast: Cast, visit: Visit) -> None:
    priya, url = at_the_desk(cast.priya), page_of(visit, "assignment")

    preview = text_of(priya.get(url, {"to": f"{cast.ade.id}:"}))
    visit.refresh_from_db()
    assert "What it does" in preview and "Plan it so" in preview
    assert visit.technician_id == cast.sam.id

    sent(priya, url, to=f"{cast.ade.id}:", revision=visit.revision)
    visit.refresh_from_db()
    assert visit.technician_id == cast.ade.id
    assert open_window_of(visit.id) is not None


def test_what_cannot_be_kept_needs_a_reason(cast: Cast, site: Site) -> None:
    visit = visit_of(site, None, work="leak")
    promised(visit, "10:00", "12:00")
    priya, url, to = at_the_desk(cast.priya), page_of(visit, "assignment"), f"{cast.ade.id}:"

    preview = text_of(priya.get(url, {"to": to}))
    refused = sent(priya, url, to=to, revision=visit.revision)
    visit.refresh_from_db()

    assert "Ade Bankole is not trained for" in preview and "Plan it anyway" in preview
    assert refused.status_code == 409
    assert "cannot be kept as it is" in text_of(refused)
    assert visit.technician_id is None


def test_a_plan_that_somebody_else_changed_meanwhile_is_refused(cast: Cast, visit: Visit) -> None:
    old = visit.revision
    dispatch.assign(visit.id, cast.ade.id, **door(cast.colm))

    answer = sent(at_the_desk(cast.priya), page_of(visit, "assignment"), to=f"{cast.sam.id}:", revision=old)

    assert answer.status_code == 409
    assert "Somebody changed this" in text_of(answer)


def test_two_visits_are_exchanged(cast: Cast, visit: Visit) -> None:
    other = visit_of(site_of("Mr Finch", cast.aldermere), cast.ade, "12:00", "13:00")

    sent(at_the_desk(cast.priya), page_of(visit, "swap"), to=str(other.id))

    visit.refresh_from_db()
    assert (visit.technician_id, visit.planned_start) == (cast.ade.id, at("12:00"))


@pytest.mark.shows("S0-5")
def test_what_an_exchange_does_is_shown_before_it_happens(cast: Cast, visit: Visit) -> None:
    """An exchange that gives a leak to somebody without the training says so, and nothing is done by looking."""
    visit = visit_of(site_of("Mrs Petrov", cast.aldermere), cast.sam, "14:00", "15:00", "leak")
    other = visit_of(site_of("Mr Finch", cast.aldermere), cast.ade, "12:00", "13:00")
    priya = at_the_desk(cast.priya)

    looked = priya.get(page_of(visit, "swap") + f"?to={other.id}").content.decode()
    refused = sent(priya, page_of(visit, "swap"), to=str(other.id))

    visit.refresh_from_db()
    assert "is not trained for plumbing" in looked
    assert "Exchange them anyway" in looked
    assert refused.status_code in {409, 422}
    assert visit.technician_id == cast.sam.id


def test_a_move_by_the_customer_offers_windows_and_releases_the_promise(cast: Cast, visit: Visit) -> None:
    priya = at_the_desk(cast.priya)

    offered = sent(priya, page_of(visit, "move"), by_whom="customer", follow=True)
    option = offered.context["made"].options[0].option
    agreed = sent(priya, reverse("office:choice", args=[option.id]), follow=True)

    visit.refresh_from_db()
    old, new = Promise.objects.order_by("made_at")
    assert "Read it out" in text_of(agreed)
    assert visit.moved_to_id == new.visit_id
    assert old.verdict.state == "released"


def test_a_window_by_hand_must_end_after_it_begins_and_keeps_what_was_typed(cast: Cast, visit: Visit) -> None:
    facts = {"by_whom": "customer", "day": "2026-11-03", "opens": "11:00", "closes": "9:00", "reason": "at school"}

    answer = sent(at_the_desk(cast.priya), page_of(visit, "move_by_hand"), **facts)

    assert answer.status_code == 422
    assert "The end must come after the beginning." in text_of(answer)
    assert 'value="at school"' in answer.content.decode()


def test_a_window_by_hand_is_promised(cast: Cast, visit: Visit) -> None:
    facts = {"by_whom": "customer", "day": "2026-11-03", "opens": "9:00", "closes": "11:00", "technician": ""}

    answer = sent(at_the_desk(cast.priya), page_of(visit, "move_by_hand"), follow=True, **facts)

    assert "We arrive on Tuesday 3 November between 9:00 and 11:00." in text_of(answer)


@pytest.mark.parametrize(("by_whom", "state"), [("customer", "released"), ("us", "open")])
def test_a_cancellation_says_by_whom_and_why(cast: Cast, visit: Visit, by_whom: str, state: str) -> None:
    sent(at_the_desk(cast.priya), page_of(visit, "cancellation"), by_whom=by_whom, reason="sold the house")

    visit.refresh_from_db()
    assert (visit.cancelled_by, visit.cancel_reason) == (by_whom, "sold the house")
    assert Promise.objects.get().verdict.state == state


def test_a_cancellation_without_who_or_why_comes_back(cast: Cast, visit: Visit) -> None:
    answer = sent(at_the_desk(cast.priya), page_of(visit, "cancellation"))

    visit.refresh_from_db()
    assert answer.status_code == 422
    assert visit.cancelled_at is None


def test_a_forgotten_arrival_is_entered_later_and_counts_as_claimed(cast: Cast, visit: Visit) -> None:
    facts = {"day": "2026-11-02", "arrived": "9:35", "reason": "Sam said so on the phone"}

    sent(at_the_desk(cast.priya), page_of(visit, "arrival"), **facts)

    visit.refresh_from_db()
    assert (visit.arrived_at, visit.arrived_claimed) == (at("09:35"), True)
    assert Event.objects.filter(name="visit.on_the_way", about_id=visit.id).count() == 1


@pytest.mark.parametrize("when", ["23:59", "9:61", "", "soon", "25:00"])
def test_an_arrival_in_the_future_or_at_no_time_is_refused(cast: Cast, visit: Visit, when: str) -> None:
    facts = {"day": "2026-11-02", "arrived": when, "reason": "Sam said so"}

    answer = sent(at_the_desk(cast.priya), page_of(visit, "arrival"), **facts)

    visit.refresh_from_db()
    assert answer.status_code == 422
    assert visit.arrived_at is None
    assert 'value="Sam said so"' in answer.content.decode()


def test_a_lateness_said_on_the_phone_is_entered_for_the_technician(cast: Cast, visit: Visit) -> None:
    answer = sent(at_the_desk(cast.priya), page_of(visit, "lateness"), minutes="40", reason="the valve is stuck")

    visit.refresh_from_db()
    assert answer.status_code == 302
    assert visit.late_by_s == 40 * 60


@pytest.mark.parametrize("minutes", ["", "0", "-5", "481", "9" * 30, "x"])
def test_a_lateness_that_is_no_number_of_minutes_comes_back(cast: Cast, visit: Visit, minutes: str) -> None:
    answer = sent(at_the_desk(cast.priya), page_of(visit, "lateness"), minutes=minutes, reason="stuck")

    assert answer.status_code == 422


def test_the_customer_is_told_once_however_often_it_is_sent(cast: Cast, visit: Visit) -> None:
    priya, once = at_the_desk(cast.priya), str(uuid4())

    for _n in range(2):
        sent(priya, page_of(visit, "telling"), command=once)

    assert Event.objects.filter(name="promise.told").count() == 1


def test_a_hand_over_is_accepted_for_a_technician_who_is_away(cast: Cast, visit: Visit) -> None:
    worked_through(visit.id, cast.sam, "09:30", until="depart")
    priya = at_the_desk(cast.priya)
    sent(priya, page_of(visit, "handover"), pick=str(cast.ade.id), reason="Sam is ill")
    offered = Handover.objects.get()
    url = reverse("office:acceptance", args=[offered.id])

    refused = sent(priya, url, reason="Sam is ill")
    crew.report_absence(cast.sam.id, at("09:00"), at("18:00"), "sick", **door(cast.priya))
    sent(priya, url, reason="Sam is ill")

    visit.refresh_from_db()
    assert refused.status_code == 409
    assert visit.technician_id == cast.ade.id


def test_a_visit_that_moved_leads_to_the_one_in_its_place(cast: Cast, visit: Visit) -> None:
    promise = dispatch.move(visit.id, at("14:00"), at("16:00"), "customer", **door(cast.priya))

    page = at_the_desk(cast.priya).get(page_of(visit)).content.decode()

    assert reverse("office:visit", args=[promise.visit_id]) in page


def test_a_damaged_form_is_refused_in_words(cast: Cast, visit: Visit) -> None:
    answer = sent(at_the_desk(cast.priya), page_of(visit, "note"), command="no uuid", words="x")

    assert answer.status_code == 422
    assert "This form is damaged" in text_of(answer)


def test_the_page_asks_the_same_number_of_queries_whatever_has_happened(cast: Cast, site: Site) -> None:
    asked = request_of(site, words="It drips.")
    order = visits.open_order(site.id, "boiler_service", cast.aldermere.id, "", asked.id, **door())
    visit = visits.plan_visit(order.id, cast.sam.id, at("10:00"), at("11:00"), **door())
    promised(visit)
    visits.add_note(visit.id, "one", **door(cast.priya))
    priya = at_the_desk(cast.priya)
    priya.get(page_of(visit))
    with queries(at_most=40) as one:
        priya.get(page_of(visit))

    for n in range(40):
        visits.add_note(visit.id, f"note {n}", **door(cast.hanna))
    with queries(at_most=len(one)):
        page = priya.get(page_of(visit))
    assert all(f"note {n}" in text_of(page) for n in range(40))
