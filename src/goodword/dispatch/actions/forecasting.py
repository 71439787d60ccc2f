"""The forecast of a branch's day is computed again when something happens; first crossings become marks."""

from collections.abc import Mapping
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from goodword import engine
from goodword.crew.models import Branch
from goodword.dispatch.actions.proposing import propose
from goodword.dispatch.models import Forecast
from goodword.dispatch.queries.picture import Picture, picture_of
from goodword.kit.actions import machinery
from goodword.kit.actors import SYSTEM
from goodword.kit.calendar import zone
from goodword.kit.clock import company_now
from goodword.promises.actions import mark
from goodword.promises.models import Mark, Promise
from goodword.promises.rules import State


@machinery("dispatch.forecast")
def reforecast(branch_id: UUID) -> int:
    """Forecast every visit of the branch's day from what is known now; how many forecasts changed hands."""
    branch = Branch.objects.get(id=branch_id)
    now = company_now()
    picture = picture_of(branch, now.astimezone(zone(branch.zone)).date(), 1, now)
    found = engine.forecast(picture.problem)
    rows = [
        _row(picture, key, forecast, found.label, now)
        for key, forecast in found.visits.items()
        if key in picture.visits
    ]
    fields = [f.name for f in Forecast._meta.fields if f.name != "visit"]
    Forecast.objects.bulk_create(rows, update_conflicts=True, unique_fields=["visit"], update_fields=fields)
    _marks(picture, found.visits, now)
    propose(picture, found.visits, now)
    return len(rows)


def reforecast_all() -> int:
    """Every branch's day once more: time passes, and that alone changes what will be kept."""
    return sum(reforecast(branch_id) for branch_id in Branch.objects.values_list("id", flat=True))


def _row(picture: Picture, key: str, found: engine.VisitForecast, label: str, now: datetime) -> Forecast:
    arrival = found.arrival
    return Forecast(
        visit=picture.visits[key],
        branch=picture.branch,
        p10=picture.instant(arrival.p10_s) if arrival else None,
        p50=picture.instant(arrival.p50_s) if arrival else None,
        p90=picture.instant(arrival.p90_s) if arrival else None,
        finish_p50=picture.instant(found.finish.p50_s) if found.finish else None,
        p_kept=found.p_kept,
        travel_s=found.travel_s,
        assumed=found.assumed,
        reason=found.reason.code.value if found.reason else "",
        label=label,
        computed_at=now,
    )


def _marks(picture: Picture, forecasts: Mapping[str, engine.VisitForecast], now: datetime) -> None:
    """P-28 and P-29: written at the first crossing only, by a command whose id follows from promise and kind."""
    for key, forecast in forecasts.items():
        visit = picture.visits.get(key)
        promise = picture.windows.get(visit.id) if visit else None
        if promise is None or forecast.p_miss is None or forecast.happened or not _open(promise):
            continue
        marked = frozenset(_RISK[m.kind] for m in promise.marks.all())
        for risk in engine.crossings(forecast.p_miss, marked=marked):
            kind = _KIND[risk]
            command = uuid5(NAMESPACE_URL, f"goodword:mark:{promise.id}:{kind}")
            mark(promise.id, kind, forecast.p_miss, by=SYSTEM, at=now, command=command)


_KIND = {engine.Risk.AT_RISK: Mark.Kind.AT_RISK.value, engine.Risk.KNOWN: Mark.Kind.KNOWN.value}
_RISK = {kind: risk for risk, kind in _KIND.items()}


def _open(promise: Promise) -> bool:
    verdict = getattr(promise, "verdict", None)
    return verdict is None or verdict.state == State.OPEN
