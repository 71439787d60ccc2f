"""Errors say what happened, why, and what to do; the code is in the details; and there is a way on."""

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.test import RequestFactory

from goodword.parts.middleware import ProblemPages
from goodword.parts.problems import PROBLEMS, problem_page


def asked(accept: str = "text/html") -> HttpRequest:
    request = RequestFactory().get("/x", headers={"Accept": accept})
    request.session = None  # type: ignore[assignment]
    return request


@pytest.mark.parametrize("status", sorted(PROBLEMS))
def test_every_error_is_a_page_with_a_way_on_and_no_exclamation(status: int) -> None:
    answer = problem_page(asked(), status)

    text = answer.content.decode()
    assert answer.status_code == status
    assert "<h1>" in text and 'href="/"' in text
    assert "!" not in text.replace("<!doctype html>", "").replace("<!--", "")


def test_a_refusal_speaks_in_its_own_words_and_hides_its_code_in_the_details() -> None:
    answer = problem_page(
        asked(), 409, says="This visit is done.", code="visit-wrong-stage", way_on=("/visits/7", "Back to it")
    )

    text = answer.content.decode()
    assert "<h1>This visit is done.</h1>" in text
    assert "visit-wrong-stage" in text.split("<details>")[1]
    assert 'href="/visits/7">Back to it' in text
    assert "Somebody may have changed it" not in text


def test_words_of_a_refusal_are_escaped() -> None:
    assert "<script>x" not in problem_page(asked(), 422, says="<script>x</script>").content.decode()


def test_a_bare_refusal_of_the_framework_becomes_a_page_for_a_person() -> None:
    answer = ProblemPages(lambda request: HttpResponseNotAllowed(["POST"]))(asked())

    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 405 and answer.headers["Allow"] == "POST"
    assert "<h1>That cannot be done this way.</h1>" in answer.content.decode()


@pytest.mark.parametrize("accept", ["application/json", "*/*"])
def test_a_program_gets_what_the_view_said(accept: str) -> None:
    answer = ProblemPages(lambda request: HttpResponseNotAllowed(["POST"]))(asked(accept))

    assert isinstance(answer, HttpResponse) and answer.content == b""


def test_an_answer_with_words_of_its_own_passes() -> None:
    own = JsonResponse({"detail": "no"}, status=409)

    assert ProblemPages(lambda request: own)(asked()) is own
