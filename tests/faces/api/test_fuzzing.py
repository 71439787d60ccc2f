"""Schemathesis on every operation, in process: no server error, nothing that the OpenAPI document does not say."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.generation import GenerationMode
from tests.faces.access.world import World
from tests.faces.api.conftest import with_device

from goodword.crew.rules import Verb

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
    ignored_auth,
]
EXAMPLES = {"owner": 12, "technician": 4}
PEOPLE = {"owner": "ruth", "technician": "sam"}
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
OPERATIONS = {op.ok().label: op.ok() for op in SCHEMA.get_all_operations()}


@pytest.fixture(scope="module")
def secrets(world: World) -> dict[str, str]:
    """A token with every scope for each of these roles."""
    everything = {verb.value for verb in Verb}
    return {r: with_device(world.cast.people[n], everything).headers["Authorization"] for r, n in PEOPLE.items()}


@pytest.fixture(scope="module", autouse=True)
def _one_connection(secrets: dict[str, str]) -> Iterator[None]:
    """The server's end of a request would close the connection that holds the world; Django's test client does this."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def aim(case: Case, world: World) -> None:
    """Let every other case hit rows that are there: ids drawn at random hit nothing but 404."""
    for values in (case.path_parameters, case.body):
        for key in list(values) if isinstance(values, dict) else ():
            kind = {"winner_id": "customer", "other_id": "visit", "sha256": "file"}.get(key, key.removesuffix("_id"))
            if kind in world.of:
                values[key] = world.id(kind, "same" if key in {"winner_id", "other_id"} else "own")  # type: ignore[index]


@pytest.mark.parametrize("role", EXAMPLES)
@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_no_request_breaks_the_server_or_the_document(
    world: World, secrets: dict[str, str], label: str, role: str
) -> None:
    operation = OPERATIONS[label]
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    count = iter(range(10_000))

    @given(case=operation.as_strategy(generation_mode=modes[0]) | operation.as_strategy(generation_mode=modes[1]))
    @settings(
        max_examples=EXAMPLES[role],
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Case) -> None:
        positive = case.meta is None or case.meta.generation.mode.is_positive
        if positive and next(count) % 2:
            aim(case, world)
        with transaction.atomic():
            case.call_and_validate(headers={"Authorization": secrets[role]}, checks=CHECKS)
            transaction.set_rollback(True)

    ask()


def test_every_operation_is_asked() -> None:
    assert len(OPERATIONS) > 100
