"""Every read of this room that a face or a room above may do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import batched
from uuid import UUID

from django.db.models import Q, QuerySet

from goodword.crew.queries import Viewer
from goodword.kit.models import Event
from goodword.promises.models import Mark, Promise, Verdict
from goodword.promises.rules import Fact, Judgement, State, Terms, judge, tellings
from goodword.visits.models import Visit


def visible_to(viewer: Viewer, visits: QuerySet[Visit] | None = None) -> QuerySet[Promise]:
    """Promises of the viewer's branches; for a technician those on the visits given (their own)."""
    rows = Promise.objects.select_related("customer", "site", "visit", "verdict").prefetch_related("marks")
    if viewer.reads_branches:
        return rows if viewer.branches is None else rows.filter(branch__in=viewer.branches)
    return rows.filter(visit__in=visits) if visits is not None else rows.none()


def judgement(promise: Promise, as_of: datetime) -> Judgement:
    """The verdict on one promise as of any moment, computed from the event journal."""
    return judgements([promise], as_of)[promise.id]


def is_open(promise: Promise, as_of: datetime) -> bool:
    """Whether it may still be kept, released or agreed anew."""
    return judgement(promise, as_of).state is State.OPEN


def judgements(promises: Iterable[Promise], as_of: datetime) -> Mapping[UUID, Judgement]:
    """The verdicts on many promises, with two queries whatever their number."""
    rows = list(promises)
    facts = _facts_about(rows)
    moved = _renegotiated_before(rows)
    return {p.id: judge(_terms(p, moved.get(p.id, 0)), facts[p.id] + facts[p.visit_id], as_of) for p in rows}


def _terms(promise: Promise, renegotiated_before: int) -> Terms:
    return Terms(promise.type, promise.opens_at, promise.closes_at, renegotiated_before)


def _facts_about(promises: list[Promise]) -> dict[UUID | None, list[Fact]]:
    ids = [p.id for p in promises]
    visits = [p.visit_id for p in promises if p.visit_id is not None]
    events = Event.objects.filter(
        Q(about_kind="promise", about_id__in=ids) | Q(about_kind="visit", about_id__in=visits)
    ).only("name", "at", "recorded_at", "facts", "about_id")
    facts: dict[UUID | None, list[Fact]] = defaultdict(list)
    for event in events:
        facts[event.about_id].append(Fact(event.name, event.at, event.recorded_at, event.facts))
    return facts


def _renegotiated_before(promises: list[Promise]) -> dict[UUID, int]:
    """How many promises before each in its chain the company had moved; most chains have one link."""
    counts: dict[UUID, int] = {}
    for promise in promises:
        before, link = 0, promise.successor_of_id
        while link is not None:
            if Event.objects.filter(about_id=link, name="promise.renegotiated").exists():
                before += 1
            link = Promise.objects.values_list("successor_of_id", flat=True).get(id=link)
        counts[promise.id] = before
    return counts


def tellings_of(promise_ids: Iterable[UUID]) -> Mapping[UUID, list[Fact]]:
    """When each customer was told that a promise may not be kept, earliest first; what was taken back is left out."""
    ids = list(promise_ids)
    facts: dict[UUID, list[Fact]] = {one: [] for one in ids}
    named = ["promise.told", "promise.not_told"]
    for event in Event.objects.filter(about_kind="promise", about_id__in=ids, name__in=named).order_by("id"):
        facts[event.about_id].append(Fact(event.name, event.at, event.recorded_at, event.facts))
    return {one: tellings(said) for one, said in facts.items()}


def told_at(promise_ids: Iterable[UUID]) -> Mapping[UUID, datetime]:
    """When each of them last heard of it; who has not is left out."""
    return {one: said[-1].when for one, said in tellings_of(promise_ids).items() if said}


def open_window_of(visit_id: UUID) -> Promise | None:
    """The arrival-window promise on a visit."""
    return Promise.objects.filter(visit_id=visit_id, type=Promise.Type.ARRIVAL_WINDOW).first()


def open_finish_of(visit_id: UUID) -> Promise | None:
    """The latest promise to be done by a time, which no other has taken the place of."""
    rows = Promise.objects.filter(visit_id=visit_id, type=Promise.Type.FINISH_BY, successor=None)
    return rows.order_by("-made_at", "-id").first()


def windows_of(visit_ids: Iterable[UUID]) -> Mapping[UUID, Promise]:
    """The arrival-window promises of visits, with verdicts and marks, in three queries."""
    rows = Promise.objects.filter(visit_id__in=list(visit_ids), type=Promise.Type.ARRIVAL_WINDOW)
    return {
        p.visit_id: p for p in rows.select_related("verdict", "successor_of").prefetch_related("marks") if p.visit_id
    }


def marks_of(promise: Promise) -> Mapping[str, datetime]:
    """Since when it is at risk and known, where it is."""
    return {m.kind: m.since for m in promise.marks.all()}


def states(viewer: Viewer, since: datetime, until: datetime) -> list[str]:
    """The projected verdict states of windows that close in a period, for counting."""
    rows = Verdict.objects.filter(
        promise__in=visible_to(viewer).filter(type=Promise.Type.ARRIVAL_WINDOW).values("id"),
        closes_at__gte=since,
        closes_at__lt=until,
    )
    return list(rows.values_list("state", flat=True))


def due_and_still_open(now: datetime, limit: int = 500) -> list[Promise]:
    """Promises whose projection says open though their time has passed: scanned by predicate, never a queue."""
    rows = Verdict.objects.filter(state=State.OPEN, closes_at__lt=now).order_by("closes_at")[:limit]
    return [v.promise for v in rows.select_related("promise")]


def is_known(promise: Promise) -> bool:
    return any(m.kind == Mark.Kind.KNOWN for m in promise.marks.all())


def wrong_verdicts(as_of: datetime) -> list[Promise]:
    """The promises whose projected verdict is not what their events say; for ``goodword verify``."""
    found: list[Promise] = []
    for batch in batched(Promise.objects.select_related("verdict").order_by("id").iterator(500), 500):
        judged = judgements(batch, as_of)
        found += [p for p in batch if not hasattr(p, "verdict") or p.verdict.state != judged[p.id].state.value]
    return found


def said_and_kept(visit_id: UUID, as_of: datetime) -> list[tuple[Promise, Judgement]]:
    """When we come and by when we are done, with what these took the place of, newest first, each with its verdict."""
    chain: list[Promise] = []
    for link in (open_window_of(visit_id), open_finish_of(visit_id)):
        while link is not None:
            chain.append(link)
            link = link.successor_of
    chain.sort(key=lambda promise: (promise.made_at, promise.id), reverse=True)
    verdicts = judgements(chain, as_of)
    return [(promise, verdicts[promise.id]) for promise in chain]
