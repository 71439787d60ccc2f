"""One word for each thing, in models, events, addresses and on screens; and no room knows a country."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.house.events import listed
from tests.house.floors import DOMAIN
from tests.house.source import SOURCE, TEMPLATES, called, calls, modules, without_comments
from tests.house.vocabulary import forbidden_in


@pytest.mark.parametrize("text", ["Your appointment", "job_id", "jobId", "NPS", "a ticket.", "time slots", "Jobs"])
def test_a_forbidden_word_is_found(text):
    assert list(forbidden_in(text))


@pytest.mark.parametrize(
    "text", ["a background job", "background_jobs", "jobsworth", "snps", "disappointment", "visit"]
)
def test_other_words_are_left_alone(text):
    assert not list(forbidden_in(text))


def test_models_use_the_houses_words():
    from django.apps import apps

    named = []
    for model in apps.get_models():
        if model.__module__.startswith("goodword."):
            named += [model.__name__, *[f"{model.__name__}.{f.name}" for f in model._meta.get_fields()]]
    wrong = [f"{name}: {no}" for name in named for no in forbidden_in(name)]

    assert not wrong, "\n".join(wrong)


def test_events_use_the_houses_words():
    wrong = [f"{name}: {no}" for name in listed() for no in forbidden_in(name.replace(".", " "))]

    assert not wrong, "\n".join(wrong)


def test_addresses_use_the_houses_words():
    from django.urls import get_resolver

    wrong = [f"{route}: {no}" for route in routes(get_resolver()) for no in forbidden_in(route.replace("-", " "))]

    assert not wrong, "\n".join(wrong)


def routes(resolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern, route)
        elif not str(getattr(pattern.callback, "__module__", "")).startswith(("allauth", "django")):
            yield route


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_templates_use_the_houses_words(path):
    wrong = list(forbidden_in(shown(path)))

    assert not wrong, wrong


def shown(path: Path) -> str:
    """What a person reads of a template: without comments, tags and attributes that are not read."""
    text = without_comments(path)
    said = re.findall(r"{% (?:translate|trans|blocktranslate)\s+[\"'](.*?)[\"']", text)
    read = re.findall(r"(?:aria-label|alt|title|placeholder)=\"([^\"{]*)\"", text)
    return " ".join([*said, *read, re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", " ", text, flags=re.S)])


def test_texts_in_python_use_the_houses_words():
    wrong = [f"{module}:{line}: {no}" for module, line, text in translated() for no in forbidden_in(text)]

    assert not wrong, "\n".join(wrong)


def translated() -> Iterator[tuple[str, int, str]]:
    for module in modules():
        for call in calls(module.tree):
            if called(call) in {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}:
                for argument in call.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield str(module), call.lineno, argument.value


# Locale, currency, tax and phone region are settings

FIXED = {"GBP", "EUR", "USD", "£", "€", "$", "Europe/London", "en-gb", "GB", "+44"}
WHERE_THEY_ARE_SAID = (
    "crew.models.company",
    "crew.actions.company",
    "config.settings",
    "worlds",
    "kit.money",
    "faces.cli",
)


def test_no_room_knows_a_country():
    wrong = []
    for module in modules():
        if module.name.removeprefix("goodword.").startswith(WHERE_THEY_ARE_SAID):
            continue
        wrong += [
            f"{module}:{node.lineno} {node.value!r}"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in FIXED
        ]

    assert not wrong, "\n".join(wrong)


def test_what_differs_by_country_is_the_companys():
    from goodword.crew.models import Company

    fields = {f.name for f in Company._meta.get_fields()}
    assert {"locale", "currency", "tax_percent", "phone_region", "zone"} <= fields
    assert "crew" in DOMAIN
