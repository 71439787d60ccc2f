"""What the company wrote in place of our words is taken back over the API, and a "done" that was a slip."""

from collections.abc import Callable

import pytest
from tests.cast import Cast, at, door
from tests.faces.api.conftest import Api
from tests.field import request_of

from goodword.customers.models import Site
from goodword.dispatch.actions import promise_call_back
from goodword.promises.queries import judgement
from goodword.promises.rules import State
from goodword.visits.queries import glossary
from goodword.worlds.cast.scripts import shipped_card


@pytest.mark.shows("S0-32")
def test_a_card_and_a_word_of_ours_count_again(cast: Cast, api: Callable[[str], Api]) -> None:
    ruth = api("ruth")
    assert ruth.post("/scripts/back-to-ours", stage="arrive").status_code == 404
    ruth.post("/scripts", stage="arrive", lines=[{"kind": "say", "words": "Hello."}])
    ruth.post("/scripts", stage="arrive", lines=[{"kind": "say", "words": "Hi."}], branch_id=cast.aldermere.id)
    word, ours = next(iter(glossary().items()))
    ruth.post("/plain-words", word=word, instead="something")

    company = ruth.post("/scripts/back-to-ours", stage="arrive").json()
    branch = ruth.post("/scripts/back-to-ours", stage="arrive", branch_id=cast.aldermere.id).json()

    assert [(line["kind"], line["words"]) for line in company["lines"]] == list(
        map(tuple, shipped_card("arrive", None))
    )
    assert company["lines"] and branch["lines"] == []
    assert ruth.post("/plain-words/back-to-ours", word=word).json() == {"word": word, "instead": ours}
    assert ruth.post("/plain-words/back-to-ours", word=word).status_code == 404


def test_what_is_said_until_we_come_is_ours_again(cast: Cast, api: Callable[[str], Api]) -> None:
    ruth = api("ruth")
    before = ruth.get(f"/branches/{cast.aldermere.id}/advice").json()
    ruth.post("/advice", harm="gas", branch_id=None, lines=["Run."])

    back = ruth.post("/advice/back-to-ours", harm="gas", branch_id=None)

    assert (back.status_code, back.json()) == (201, next(one for one in before if one["harm"] == "gas"))
    assert ruth.get(f"/branches/{cast.aldermere.id}/advice").json() == before


def test_a_promised_call_that_was_said_done_by_a_slip_waits_again(
    cast: Cast, site: Site, api: Callable[[str], Api]
) -> None:
    """E-18: what was taken back is not done; as of the moment before, it was."""
    promise = promise_call_back(request_of(site, "leak").id, at("10:30"), **door(cast.hanna))
    hanna = api("hanna")
    assert hanna.post(f"/promises/{promise.id}/not-done").json()["verdict"]["state"] == "open"
    hanna.post(f"/promises/{promise.id}/done")

    slip = hanna.post(f"/promises/{promise.id}/not-done").json()

    assert slip["verdict"]["state"] == "open"
    assert judgement(promise, at("10:40")).state is State.BROKEN
    assert hanna.post(f"/promises/{promise.id}/done").json()["verdict"]["state"] == "kept"
