"""How fast is the search at 100,000 customers, and does it find whom it should?

    python bench/search.py [--customers 100000] [--asks 200] [--seed 7]

Lays invented customers and all they are found by (name, address, phone, e-mail, two orders, one serial number: nine
search entries each) into a fresh house by COPY, then asks in every way as a dispatcher of one of the two branches and
as the owner of both. Ends with one line of JSON; times in ms, the whole of ``customers.queries.search``.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from fresh_house import fresh_house

NOW = datetime(2026, 11, 2, 9, 40, tzinfo=UTC)
BATCH = 5_000
Row = dict[str, str]
# fmt: off
HEAD = ["Al", "Ber", "Car", "Da", "El", "Fin", "Gar", "Hol", "In", "Jes", "Kil", "Lam", "Mar", "Nor", "Os", "Pen",
        "Quil", "Ros", "Sten", "Tul", "Ulm", "Ver", "Wend", "Yar", "Zim"]
MIDDLE = ["a", "be", "cko", "der", "eri", "fi", "gen", "ha", "la", "min", "no", "ro", "sa", "ti", "van", "wo"]
TAIL = ["ade", "bury", "by", "croft", "den", "er", "field", "ford", "gate", "ham", "ley", "man", "ner", "son",
        "ton", "wick"]
WAYS = ["Road", "Street", "Lane", "Row", "Avenue", "Close", "Way", "Hill"]
CITIES = ["Aldermere", "Kilnsea", "St Osyth", "Wendford", "Marsh End", "Upper Kiln", "Barrow", "Stonely", "Fenwick"]
# fmt: on


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--customers", type=int, default=100_000)
    wanted.add_argument("--asks", type=int, default=200, help="per kind and viewer")
    wanted.add_argument("--seed", type=int, default=7)
    asked = wanted.parse_args()
    with fresh_house():
        began = perf_counter()
        people, viewers, branches = lay(asked.customers, random.Random(asked.seed))
        result: dict[str, Any] = {
            "bench": "search",
            "customers": asked.customers,
            "asks": asked.asks,
            "seed": asked.seed,
        }
        result["laid_s"] = round(perf_counter() - began, 1)
        print(f"laid {asked.customers:,} customers in {result['laid_s']} s")
        result["kinds"] = kinds = measure(people, viewers, branches, asked.asks, random.Random(asked.seed + 1))
        result["worst_p95_ms"] = max(k["p95_ms"] for k in kinds.values())
        result["worst_ms"] = max(k["max_ms"] for k in kinds.values())
    print(json.dumps(result))


# Laying


def lay(count: int, dice: random.Random) -> tuple[list[Row], dict[str, Any], list[Any]]:
    """The company and its customers; what was written about each customer, the viewers, the branches."""
    from goodword.crew import actions as crew
    from goodword.crew.queries import viewer_of
    from goodword.kit.actors import SYSTEM
    from goodword.kit.ids import uuid7

    def door() -> dict[str, Any]:
        return {"by": SYSTEM, "at": NOW, "command": uuid7()}

    crew.found_company("Wend & Daughters", **door())
    branches = [crew.add_branch(n, n, 52.4, -1.7, "Europe/London", **door()) for n in ("Aldermere", "Kilnsea")]
    viewers = {
        "dispatcher": viewer_of(crew.add_person("p@x.example", "P", None, [("dispatcher", branches[0].id)], **door())),
        "owner": viewer_of(crew.add_person("o@x.example", "O", None, [("owner", None)], **door())),
    }
    people = list(invented(count, dice))
    fill(people, branches)
    return people, viewers, branches


def invented(count: int, dice: random.Random) -> Iterator[Row]:
    """Names as unevenly spread as in life: the commonest surname has about one in a hundred."""
    surnames = [dice.choice(HEAD) + dice.choice(("", *MIDDLE)) + dice.choice(TAIL) for _ in range(9_000)]
    firsts = [dice.choice(HEAD) + dice.choice(MIDDLE) + dice.choice(("", "l", "n", "s")) for _ in range(900)]
    streets = [f"{dice.choice(HEAD)}{dice.choice(TAIL)} {dice.choice(WAYS)}" for _ in range(4_000)]
    weights = [1 / (n + 10) for n in range(len(surnames))]
    for n, surname in enumerate(dice.choices(surnames, weights, k=count)):
        first, outward = dice.choice(firsts), dice.randrange(1, 30)
        yield {
            "name": f"{first} {surname}",
            "phone": dice.choice(("1632 9", "7700 9", "20 7946 ")) + f"{dice.randrange(10**5):05}",
            "email": f"{first}.{surname}{n}@{dice.choice(('post', 'mail', 'home'))}.example".lower(),
            "street": dice.choice(streets),
            "number": str(dice.randrange(1, 180)),
            "city": dice.choice(CITIES),
            "postcode": f"AL{outward} {dice.randrange(1, 10)}{dice.choice('ABDEFGHJ')}{dice.choice('LNPQRSTU')}",
            "order": str(10_000 + n),
            "serial": f"{dice.choice(('WB', 'QX', 'HT'))}{dice.randrange(10**7):07}",
        }


def fill(people: list[Row], branches: list[Any]) -> None:
    """Everything by COPY; the indexes are made afterwards, as a restore would."""
    import psycopg
    from django.conf import settings
    from django.db import connections

    from goodword.customers.models import Customer, SearchEntry, SearchWord

    connections.close_all()
    there = settings.DATABASES["owner"]
    to = {"dbname": there["NAME"], "user": there["USER"], "password": there["PASSWORD"]}
    with psycopg.connect(host=there["HOST"], port=there["PORT"], **to) as owner:
        kept = owner.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'customers_searchentry'"
            " AND indexname LIKE 'search_%'"
        ).fetchall()
        for name, _definition in kept:
            owner.execute(f"DROP INDEX {name}")  # type: ignore[call-overload]
        words: set[str] = set()
        for n in range(0, len(people), BATCH):
            made = [made_of(row, branches[(n + i) % 2]) for i, row in enumerate(people[n : n + BATCH])]
            copy(owner, Customer, [customer for customer, _entries in made])
            copy(owner, SearchEntry, [entry for _customer, entries in made for entry in entries])
            words |= {w for _customer, entries in made for e in entries if e.kind == "all" for w in e.key.split()}
        copy(owner, SearchWord, [SearchWord(word=w) for w in sorted(words)])
        owner.commit()
        for _name, definition in kept:
            owner.execute(definition)
    with psycopg.connect(host=there["HOST"], port=there["PORT"], autocommit=True, **to) as owner:
        owner.execute("VACUUM ANALYZE")


def made_of(row: Row, branch: Any) -> tuple[Any, list[Any]]:
    """A customer with the entries that the product itself would write."""
    from goodword.customers.actions.finding import entries_of
    from goodword.customers.models import Channel, Contact, Customer, SearchEntry, Site
    from goodword.customers.rules import number_key
    from goodword.kit.ids import uuid7

    customer = Customer(kind="person", branch=branch, added_at=NOW)
    customer.call_it(row["name"])
    contact = Contact(customer=customer, name=row["name"])
    phone = Channel(contact=contact, kind="phone", raw="0" + row["phone"], value="+44" + row["phone"].replace(" ", ""))
    email = Channel(contact=contact, kind="email", raw=row["email"], value=row["email"])
    site = Site(
        customer=customer, street=row["street"], house_number=row["number"], city=row["city"], postcode=row["postcode"],
        country="GB", zone="Europe/London", added_at=NOW,
    )  # fmt: skip
    entries = entries_of(customer, [contact], [phone, email], [site])
    for kind, text in (("order", row["order"]), ("order", "7" + row["order"]), ("serial", row["serial"])):
        key = number_key(text)
        entries.append(
            SearchEntry(
                customer=customer, branch=branch, kind=kind, about_kind=kind, about_id=uuid7(), text=text, key=key,
                tail=key[::-1],
            )
        )  # fmt: skip
    return customer, entries


def copy(owner: Any, model: Any, rows: list[Any]) -> None:
    from django.db import connection

    fields = [f for f in model._meta.concrete_fields if not f.generated]
    columns = ", ".join(f.column for f in fields)
    with owner.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as out:
        for row in rows:
            out.write_row([_plain(f, row, connection) for f in fields])


def _plain(field: Any, row: Any, connection: Any) -> Any:
    value = field.get_db_prep_save(getattr(row, field.attname), connection)
    return value.dumps(value.obj) if hasattr(value, "obj") else value


# Asking

Way = Callable[[Row, random.Random], str]


def slip(text: str, dice: random.Random) -> str:
    """One letter wrong, missing, doubled, or exchanged with the next."""
    at = dice.randrange(1, max(2, len(text) - 1))
    a, b = text[:at], text[at:]
    return dice.choice((a + b[1:], a + dice.choice("aeinrst") + b[1:], a + b[:1] + b, a + b[1:2] + b[:1] + b[2:]))


WAYS_TO_ASK: dict[str, Way] = {
    "phone, whole": lambda r, d: "0" + r["phone"],
    "phone, +44": lambda r, d: "+44 " + r["phone"],
    "phone, last 6 digits": lambda r, d: r["phone"].replace(" ", "")[-6:],
    "phone, first 5 digits": lambda r, d: "0" + r["phone"][:4],
    "name, whole": lambda r, d: r["name"],
    "name, surname": lambda r, d: r["name"].split()[1],
    "name, 4 letters of it": lambda r, d: r["name"].split()[1][:4],
    "name, 2 letters of it": lambda r, d: r["name"].split()[1][:2],
    "name, 1 letter of it": lambda r, d: r["name"].split()[1][:1],
    "name, both begun": lambda r, d: " ".join(w[:3] for w in r["name"].split()),
    "name, a slip": lambda r, d: f"{r['name'].split()[0]} {slip(r['name'].split()[1], d)}",
    "surname alone, a slip": lambda r, d: slip(r["name"].split()[1], d),
    "address, whole": lambda r, d: f"{r['number']} {r['street']} {r['city']}",
    "address, begun": lambda r, d: f"{r['number']} {r['street'][:5]}",
    "address, a slip": lambda r, d: f"{r['number']} {slip(r['street'].split()[0], d)} {r['street'].split()[1]}",
    "a word thousands share": lambda r, d: r["street"].split()[1],
    "postcode": lambda r, d: r["postcode"],
    "name and street": lambda r, d: f"{r['name'].split()[1]} {r['street'].split()[0]}",
    "name and street, slips": lambda r, d: f"{slip(r['name'].split()[1], d)} {slip(r['street'].split()[0], d)}",
    "e-mail, begun": lambda r, d: r["email"].split("@")[0],
    "order number": lambda r, d: r["order"],
    "order number, begun": lambda r, d: r["order"][:3],
    "serial number": lambda r, d: r["serial"],
    "serial number, begun": lambda r, d: r["serial"][:6],
    "serial number, a slip": lambda r, d: slip(r["serial"], d),
    "nothing of ours": lambda r, d: "".join(d.choice("bcdfghjklmnpqrstvwxz") for _ in range(9)),
}
# Asked so, the one meant is rightly one of many: whether it is among the first 20 says nothing.
ONE_OF_MANY = {
    "phone, first 5 digits", "name, surname", "name, 4 letters of it", "name, 2 letters of it", "name, 1 letter of it",
    "name, both begun", "surname alone, a slip", "address, begun", "a word thousands share", "postcode",
    "name and street", "name and street, slips", "order number, begun", "serial number, begun", "nothing of ours",
}  # fmt: skip


def measure(
    people: list[Row], viewers: dict[str, Any], branches: list[Any], asks: int, dice: random.Random
) -> dict[str, Any]:
    from goodword.customers.queries import search

    kinds: dict[str, Any] = {}
    for kind, way in WAYS_TO_ASK.items():
        times, found = [], 0
        for viewer in viewers.values():
            for _ in range(asks):
                row = people[2 * dice.randrange(len(people) // 2)]  # of the dispatcher's branch
                text = way(row, dice)
                began = perf_counter()
                hits = search(viewer, text)
                times.append(1000 * (perf_counter() - began))
                found += row["name"] in {hit.customer.name for hit in hits}
        times.sort()
        kinds[kind] = {
            "p50_ms": round(times[len(times) // 2], 1),
            "p95_ms": round(times[int(len(times) * 0.95)], 1),
            "max_ms": round(times[-1], 1),
        }
        if kind not in ONE_OF_MANY:
            kinds[kind]["found_percent"] = round(100 * found / len(times), 1)
        print(f"{kind:<26} {kinds[kind]}")
    return kinds


if __name__ == "__main__":
    main()
