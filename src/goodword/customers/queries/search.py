"""One box for everything: phone, name, address, work order number, serial number.

From sure to guessed: numbers by their first or last digits, words by their beginnings within one name or address, words
across everything known about a customer, and when nothing was found, words that were mistyped.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from goodword.crew.queries import Viewer, company
from goodword.customers.models import Customer
from goodword.customers.queries.reading import Named, roots, visible_to
from goodword.customers.rules import Asked, one_slip_away, read_query, slips_of

LONGEST_LIST = 50  # ours
MOST = 3_000  # ours: rows that are ranked; of more the first in the table
GUESSES = 6  # ours: per word
SHORTEST_GUESS = 3  # ours: letters; a shorter word is never taken for a mistyped one


@dataclass(frozen=True)
class Hit:
    """A customer, and the thing by which they were found (``about``); ``sure`` is False for a guess at a typo."""

    customer: Customer
    kind: str
    about_kind: str
    about_id: UUID
    text: str
    sure: bool


@dataclass(frozen=True)
class _Found:
    customer: UUID
    kind: str
    about_kind: str
    about_id: UUID
    text: str


def search(viewer: Viewer, text: str, limit: int = 20, named: Named = None) -> list[Hit]:
    """Best first: whole before beginning, names before addresses, then who was added last. Stable.

    Only what ``visible_to(viewer, named)`` shows is searched. Each customer comes once, each order and asset once.
    """
    asked = read_query(text, company().phone_region)
    limit = max(1, min(limit, LONGEST_LIST))
    if asked.is_nothing or (viewer.branches == frozenset() and named is None):
        return []
    where = _Where(viewer, named)
    found = [*_by_number(asked, where, limit), *_by_words(asked.words, where, limit)]
    sure = len(found)
    if not found:
        found = _by_guess(asked, where, limit)
    return _shown(viewer, named, found, sure)[:limit]


class _Where:
    """The branch filter in SQL: of branches, of named customers, or none for who reads everything."""

    def __init__(self, viewer: Viewer, named: Named) -> None:
        ids = [] if named is None else list(named)
        tests: list[tuple[str, list[UUID]]] = []
        if viewer.branches:
            tests.append(("branch_id = ANY(%s)", sorted(viewer.branches)))
        if ids:
            tests.append(("customer_id = ANY(%s)", ids))
        everything = viewer.branches is None
        self.sql = "TRUE" if everything else "(" + (" OR ".join(sql for sql, _ in tests) or "FALSE") + ")"
        self.values: list[Any] = [] if everything else [ids for _, ids in tests]


def _select(sql: str, values: Iterable[Any]) -> list[_Found]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return [_Found(*row) for row in cursor.fetchall()]


# Numbers


def _by_number(asked: Asked, where: _Where, limit: int) -> list[_Found]:
    """By the first or the last digits of a phone, an order or a serial number; the whole number first."""
    found: list[_Found] = []
    if len(asked.digits) >= 3:
        found = _numbers("kind = 'phone'", asked.digits, where, limit)
    if any(c.isdigit() for c in asked.number):
        found += _numbers("kind IN ('order', 'serial')", asked.number, where, limit)
    return found


def _numbers(kinds: str, key: str, where: _Where, limit: int) -> list[_Found]:
    columns = "customer_id, kind, about_kind, about_id, text, key, id"
    return _select(
        f"""
        SELECT customer_id, kind, about_kind, about_id, text FROM (
            (SELECT {columns} FROM customers_searchentry
              WHERE tail <> '' AND key LIKE %s AND {kinds} AND {where.sql}
              ORDER BY key USING ~<~, id DESC LIMIT {limit})
            UNION
            (SELECT {columns} FROM customers_searchentry
              WHERE tail <> '' AND tail LIKE %s AND {kinds} AND {where.sql}
              ORDER BY tail USING ~<~, id DESC LIMIT {limit})
        ) found ORDER BY key <> %s, key NOT LIKE %s, length(key), id DESC LIMIT {limit}
        """,
        [key + "%", *where.values, key[::-1] + "%", *where.values, key, key + "%"],
    )


# Words

ONE_BY_ONE = ("kind = 'name'", "kind IN ('address', 'email')", "kind = 'all'")  # each has its own index


def _by_words(words: tuple[str, ...], where: _Where, limit: int) -> list[_Found]:
    return _matching(_begins(words), words, where, limit) if words else []


def _begins(words: tuple[str, ...]) -> str:
    """A tsquery: each word begins one of theirs; numbers and very short words, except the last, are taken as whole.

    Words hold letters and digits only, so nothing can break out of the quotes.
    """
    whole = [len(word) < 3 or word[0].isdigit() for word in words[:-1]] + [False]
    return " & ".join(f"'{word}'" + ("" if w else ":*") for word, w in zip(words, whole, strict=True))


def _matching(tsquery: str, words: tuple[str, ...], where: _Where, limit: int, guess: bool = False) -> list[_Found]:
    """Within one name, else within one address, else across everything: the next only when the one before is short."""
    found: list[_Found] = []
    for kinds in ONE_BY_ONE[: 3 if len(words) > 1 else 2]:
        if len(found) < limit:
            found += _ranked(kinds, tsquery, " ".join(words), where, limit, guess)
    return found


def _ranked(kinds: str, tsquery: str, key: str, where: _Where, limit: int, guess: bool) -> list[_Found]:
    """Among the first ``MOST`` that match: a word that half the town shares must not be sorted whole."""
    nearest = "word_similarity(%s, key) DESC," if guess else ""
    return _select(
        f"""
        SELECT customer_id, kind, about_kind, about_id, text FROM (
            SELECT customer_id, kind, about_kind, about_id, text, key, id FROM customers_searchentry
            WHERE words @@ %s::tsquery AND {kinds} AND {where.sql} LIMIT {MOST}
        ) found ORDER BY key <> %s, key NOT LIKE %s, {nearest} id DESC LIMIT {limit}
        """,
        [tsquery, *where.values, key, key + "%", *([key] if guess else [])],
    )


# Guesses


def _by_guess(asked: Asked, where: _Where, limit: int) -> list[_Found]:
    found = _serials_like(asked.number, where, limit)
    if found and len(asked.words) == 1:
        return found
    known = _words_like(asked)
    parts = [_either(typed, alike) for typed, alike in known.items() if alike]
    if not parts:
        return found
    return found + _matching(" & ".join(parts), asked.words, where, limit, guess=True)


def _either(typed: str, alike: list[str]) -> str:
    return "(" + " | ".join(f"'{word}'" for word in alike) + f" | '{typed}':*)"


_WORDS_LIKE = f"""
SELECT typed.word, alike.word FROM unnest(%s::text[]) AS typed(word), LATERAL (
    (SELECT w.word, 1 FROM customers_searchword w
      WHERE w.word ~>=~ typed.word AND w.word ~<~ (typed.word || chr(1114111)) LIMIT 1)
    UNION ALL
    (SELECT w.word, similarity(w.word, typed.word) FROM customers_searchword w
      WHERE w.word %% typed.word ORDER BY 2 DESC, 1 LIMIT {GUESSES})
) alike
UNION
SELECT typed.word, w.word FROM unnest(%s::text[], %s::text[]) AS typed(word, other)
JOIN customers_searchword w ON w.word = typed.other
ORDER BY 1, 2
"""


def _words_like(asked: Asked) -> dict[str, list[str]]:
    """For each word typed the known words that it may have meant: one slip away, or alike in their trigrams."""
    alike: dict[str, list[str]] = {word: [] for word in asked.words}
    both = zip(asked.words, asked.typed, strict=True)
    pairs = [(w, other) for w, typed in both if len(w) >= SHORTEST_GUESS for other in one_slip_away(typed)]
    with connection.cursor() as cursor:
        cursor.execute(_WORDS_LIKE, [list(asked.words), [w for w, _ in pairs], [other for _, other in pairs]])
        for typed, word in cursor.fetchall():
            alike[typed].append(word)
    return alike


def _serials_like(number: str, where: _Where, limit: int) -> list[_Found]:
    """One slip away, each asked for by name: no index is walked for what is only a little alike."""
    if len(number) < SHORTEST_GUESS or not any(c.isdigit() for c in number):
        return []
    return _select(
        f"""
        SELECT customer_id, kind, about_kind, about_id, text FROM customers_searchentry
        WHERE tail <> '' AND kind = 'serial' AND key = ANY(%s) AND {where.sql} ORDER BY id DESC LIMIT {limit}
        """,
        [sorted(slips_of(number)), *where.values],
    )


# What is shown


def _shown(viewer: Viewer, named: Named, found: list[_Found], sure: int) -> list[Hit]:
    """Each customer once, read with whom they were merged into; asked again what the viewer may see."""
    into = roots({f.customer for f in found}) if found else {}
    seen = visible_to(viewer, named).filter(id__in={*into, *into.values()}, erased_at=None)
    rows = {c.id: c for c in seen}
    hits: dict[UUID, Hit] = {}
    for n, f in enumerate(found):
        if f.customer not in rows:
            continue
        customer = rows.get(into[f.customer], rows[f.customer])
        key = f.about_id if f.kind in {"order", "serial"} else customer.id
        hits.setdefault(key, Hit(customer, f.kind, f.about_kind, f.about_id, f.text or customer.name, n < sure))
    return list(hits.values())
