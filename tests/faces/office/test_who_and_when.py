"""Who is offered where somebody is chosen by hand, and what is said of a time that the customer asks for."""

from django.urls import reverse
from tests.cast import Cast
from tests.faces.office.desk import at_the_desk, text_of
from tests.field import request_of

from goodword.customers.models import Site


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
