"""Before somebody new is written down: a wrong number, somebody we have already, an address that was not chosen."""

import pytest
from django.urls import reverse
from tests.cast import Cast
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import work_type

from goodword.customers.models import Customer
from goodword.visits.models import Request

NEW = {"kind": "person", "name": "Miss Hart", "say_it": "HART", "phone": "", "email": "", "address": "", "place": ""}
CALL = {
    "kind": "person", "name": "Miss Hart", "phone": "", "email": "", "address": "", "place": "typed",
    "words": "It drips.", "phone_sure": "on", "work_type": "boiler_service",
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "asked", "answer"),
    [
        ({"phone": "01632 960999"}, "No number begins like this.", {"phone_sure": "on"}),
        ({"phone": "01632 960111", "phone_sure": "on"}, "This may be Folake Adeyemi.", {"not_them": "on"}),
        ({"name": "folake adeyemi", "address": "3 Tanner's Row"}, "This may be Folake Adeyemi.", {"not_them": "on"}),
        ({"address": "Somewhere 9"}, "Choose which address it is", {"place": "typed"}),
    ],
)
def test_what_may_be_wrong_is_asked_and_nothing_typed_is_lost(
    cast: Cast, typed: dict[str, str], asked: str, answer: dict[str, str]
) -> None:
    hanna, before = at_the_desk(cast.hanna), Customer.objects.count()
    facts = NEW | typed | ({"place": "typed"} if "name" in typed else {})

    page = sent(hanna, reverse("office:new_customer"), **facts)

    assert page.status_code == 422 and asked in text_of(page)
    assert 'value="HART"' in page.content.decode()
    assert Customer.objects.count() == before
    assert sent(hanna, reverse("office:new_customer"), **facts | answer).status_code == 302


def test_on_the_phone_they_are_used_with_every_word_kept_or_added_anyway(cast: Cast) -> None:
    work_type()
    hanna, url = at_the_desk(cast.hanna), reverse("office:new_request")
    facts = CALL | {"phone": "01632 960111", "address": "9 Chapel Row"}

    page = sent(hanna, url, **facts)

    use = f"{url}?customer={cast.adeyemi.id}"
    assert page.status_code == 422 and f'formaction="{use}"' in page.content.decode()
    theirs = sent(hanna, use, **facts)
    assert "It drips." in text_of(theirs) and "Choose where we are to come" in text_of(theirs)
    assert sent(hanna, use, **facts, site=str(cast.adeyemi.sites.get().id)).status_code == 302
    assert Request.objects.get().customer == cast.adeyemi
    assert sent(hanna, url, **facts, not_them="on").status_code == 302


def test_an_address_that_is_on_the_phone_and_not_chosen_is_asked_about(cast: Cast) -> None:
    work_type()
    hanna, url = at_the_desk(cast.hanna), reverse("office:new_request")

    page = sent(hanna, url, **CALL | {"address": "9 Chapel Row", "place": ""})

    assert page.status_code == 422 and "None of these: keep it as typed" in text_of(page)
    assert not Request.objects.exists()
