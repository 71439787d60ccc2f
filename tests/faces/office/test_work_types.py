"""Kinds of work are kept from the screens, so that the first request can be taken."""

from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast, door, queries
from tests.faces.office.desk import at_the_desk, sent, text_of

from goodword.faces.office.views import new_request, work_types
from goodword.visits.actions import add_work_type
from goodword.visits.models import WorkType

FACTS: dict[str, Any] = {
    "name": "Drain survey",
    "code": "drain_survey",
    "mean": "90",
    "spread": "30",
    "skills": ["gas"],
    "price": "96.50",
}
NEW = "/settings/work-types/new/"


def test_a_kind_of_work_is_added_and_changed(cast: Cast) -> None:
    ruth = at_the_desk(cast.ruth)

    listed = text_of(sent(ruth, NEW, **FACTS, follow=True))

    row = WorkType.objects.get(code="drain_survey")
    assert (row.mean_s, round(row.cv, 3), row.skills, row.price_minor) == (5400, 0.333, ["gas"], 9650)
    assert "Drain survey" in listed and "90 min" in listed

    one = reverse("office:work_type", args=["drain_survey"])
    assert 'value="96.50"' in ruth.get(one).content.decode() and 'value="30"' in ruth.get(one).content.decode()
    sent(ruth, one, **FACTS | {"name": "Survey of a drain", "price": ""})
    row.refresh_from_db()
    assert (row.name, row.price_minor) == ("Survey of a drain", None)


@pytest.mark.parametrize(
    "wrong",
    [{"code": "Drain Survey"}, {"code": "taken"}, {"mean": "0"}, {"spread": "900"}, {"price": "-1"}, {"price": "x"}],
)
def test_what_cannot_be_added_comes_back_as_typed(cast: Cast, wrong: dict[str, str]) -> None:
    add_work_type("taken", "Taken", [], 600, 0.1, **door())

    answer = sent(at_the_desk(cast.ruth), NEW, **FACTS | wrong)

    assert answer.status_code == 422 and 'value="Drain survey"' in answer.content.decode()
    assert not WorkType.objects.filter(name="Drain survey").exists()
    assert WorkType.objects.get(code="taken").name == "Taken"


def test_without_a_kind_of_work_the_request_form_says_what_to_do(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    url = reverse("office:new_request")

    assert "no kind of work to choose" not in text_of(at_the_desk(cast.hanna).get(url))
    monkeypatch.setattr(new_request, "work_types", WorkType.objects.none)
    assert NEW in at_the_desk(cast.ruth).get(url).content.decode()
    hanna = at_the_desk(cast.hanna).get(url)
    assert NEW not in hanna.content.decode()
    assert "Ask an owner or an admin to add the first one." in text_of(hanna)


def test_the_list_is_searched_and_empty_calmly(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Nothing was found." in text_of(at_the_desk(cast.june).get("/settings/work-types/", {"q": "qqq\0"}))
    monkeypatch.setattr(work_types, "work_types", WorkType.objects.none)
    assert "No kinds of work yet." in text_of(at_the_desk(cast.ruth).get("/settings/work-types/"))


def test_the_list_asks_the_same_number_of_queries_whatever_there_is(cast: Cast) -> None:
    ruth = at_the_desk(cast.ruth)
    add_work_type("w", "W", ["gas"], 600, 0.1, **door())
    ruth.get("/settings/work-types/")
    with queries(at_most=20) as few:
        ruth.get("/settings/work-types/")

    for n in range(20):
        add_work_type(f"w{n}", f"W {n}", ["gas"], 600, 0.1, **door())
    with queries(at_most=len(few)):
        page = ruth.get("/settings/work-types/")
    assert all(f"W {n}" in text_of(page) for n in range(20))
