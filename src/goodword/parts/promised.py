"""From rows to the signature: what a visit's promise and forecast look like for an audience."""

from datetime import datetime

from goodword.dispatch.queries.board import Stop
from goodword.kit.calendar import zone
from goodword.parts.bracket import Audience, Bracket, State
from goodword.promises.rules import State as Verdict

_STATES = {
    Verdict.KEPT: State.KEPT,
    Verdict.BROKEN: State.BROKEN,
    Verdict.RELEASED: State.RELEASED,
    Verdict.VOID: State.VOID,
    Verdict.RENEGOTIATED: State.RELEASED,
}


def bracket_of(
    stop: Stop, audience: Audience = Audience.OFFICE, scale: tuple[datetime, datetime] | None = None
) -> Bracket | None:
    """The bracket of one stop, or None where nothing was promised. The verdict is the server's, never the drawing's."""
    promise = stop.promise
    if promise is None:
        return None
    forecast = stop.forecast
    before = promise.successor_of
    return Bracket(
        opens_at=promise.opens_at,
        closes_at=promise.closes_at,
        old_opens_at=before.opens_at if before else None,
        old_closes_at=before.closes_at if before else None,
        p10=forecast.p10 if forecast else None,
        p50=forecast.p50 if forecast else None,
        p90=forecast.p90 if forecast else None,
        p_kept=forecast.p_kept if forecast else None,
        arrived_at=stop.visit.arrived_at,
        amber_since=stop.at_risk_since,
        known_at=stop.known_since,
        unassigned=stop.visit.technician_id is None,
        state=_state(stop),
        zone=zone(stop.visit.order.site.zone or stop.visit.branch.zone),
        audience=audience,
        scale=scale,
    )


def _state(stop: Stop) -> State | None:
    if (decided := _STATES.get(Verdict(stop.verdict))) is not None:
        return decided
    if stop.visit.arrived_at is None and stop.is_at_risk:
        late = stop.forecast is not None and stop.promise is not None and stop.forecast.p50 is not None
        return State.LATE if late and stop.forecast.p50 > stop.promise.closes_at else State.AT_RISK  # type: ignore[union-attr,operator]
    return None
