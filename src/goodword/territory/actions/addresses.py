"""Put streets and addresses into the database, in one transaction that also makes the territory the active one."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from goodword.kit.doors import machinery
from goodword.kit.ids import uuid7
from goodword.territory.models import Address, Dataset, Street
from goodword.territory.rules.index import StreetRow, name_words
from goodword.territory.rules.names import key
from goodword.territory.rules.numbers import number_keys, number_norm
from goodword.territory.rules.rows import Door

STREETS = "streets.jsonl.gz"
_STREET = (
    "id",
    "dataset_id",
    "kind",
    "name",
    "city",
    "postcode",
    "norm_key",
    "city_key",
    "lat",
    "lon",
    "weight",
    "doc",
)
_ADDRESS = (
    "id", "street_id", "number", "number_norm", "number_keys", "name", "name_key", "postcode", "country", "lat", "lon",
    "snap_m", "source", "accuracy", "filled", "doc",
)  # fmt: skip


def write_streets(folder: Path, streets: Iterable[StreetRow]) -> None:
    """Keep the sorted rows beside the roads, so that another database can be filled from them."""
    with gzip.open(folder / STREETS, "wt", encoding="utf-8", compresslevel=3) as out:
        for street in streets:
            out.write(json.dumps(asdict(street), ensure_ascii=False) + "\n")


def read_streets(folder: Path) -> Iterator[StreetRow]:
    """What :func:`write_streets` kept."""
    with gzip.open(folder / STREETS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            row["doors"] = [Door(**door) for door in row["doors"]]
            yield StreetRow(**row)


def is_active(dataset_hash: str) -> bool:
    """Whether this database already holds and uses exactly these rows."""
    return Dataset.objects.filter(hash=dataset_hash, active=True).exists()


@machinery("territory.addresses")
def use_dataset(
    streets: Iterable[StreetRow], *, hash: str, name: str, attribution: str, facts: dict[str, Any], at: datetime
) -> Dataset:
    """Replace all streets and addresses by these and make their territory the active one.

    Readers see the old rows until the moment they see all the new ones.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('territory.addresses'))")
            cursor.execute(f"DELETE FROM {Address._meta.db_table}")
            cursor.execute(f"DELETE FROM {Street._meta.db_table}")
        Dataset.objects.filter(active=True).update(active=False)
        dataset, _ = Dataset.objects.update_or_create(
            hash=hash,
            defaults={"name": name, "attribution": attribution, "facts": facts, "active": True, "added_at": at},
        )
        rows = [(uuid7(), street) for street in streets]
        _copy(Street._meta.db_table, _STREET, (_street_row(id, dataset, street) for id, street in rows))
        _copy(
            Address._meta.db_table,
            _ADDRESS,
            (_door_row(id, street, door) for id, street in rows for door in street.doors),
        )
    return dataset


def _copy(table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _street_row(id: Any, dataset: Dataset, street: StreetRow) -> tuple[Any, ...]:
    return (
        id, dataset.id, street.kind, street.name, street.city, street.postcode, street.norm_key, street.city_key,
        street.lat, street.lon, street.weight, street.doc,
    )  # fmt: skip


def _door_row(street_id: Any, street: StreetRow, door: Door) -> tuple[Any, ...]:
    return (
        uuid7(), street_id, door.number, number_norm(door.number), number_keys(door.number), door.name,
        key(door.name)[:200], door.postcode, door.country, door.lat, door.lon, door.snap_m, door.ref,
        door.accuracy, door.filled[:60],
        name_words(door, street.city) if door.name else None,
    )  # fmt: skip
