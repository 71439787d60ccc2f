"""The stages of a visit, a noun each. The technician's own; the office corrects with a reason (arrival, departure)."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from goodword.crew.rules import Verb
from goodword.faces.api.auth import Asked
from goodword.faces.api.doorway import door, found, must, who
from goodword.faces.api.inputs import Body, Id, Lat, Line, Lon, Money, Sha256, Words, Write
from goodword.faces.api.nouns.visits import VisitOut, shown
from goodword.faces.api.router import Noun
from goodword.visits import actions as visits
from goodword.visits.queries import visible_to
from goodword.visits.rules import Outcome, TurnedBack

router = Noun("stages")


class DepartureIn(Write):
    """``reason``: entered for the technician, later; it counts as claimed."""

    reason: Line = ""


class TurningBackIn(Write):
    """``reason``: entered for the technician; how somebody knows."""

    why: Annotated[TurnedBack, Field(strict=False)]
    reason: Line = ""


class ArrivalIn(Write):
    lat: Lat | None = None
    lon: Lon | None = None
    reason: Line = ""


class MeetingIn(Write):
    """``allowed_by``: which parent or guardian said yes by phone, where only a child is there."""

    who: Literal["contact", "adult", "authorised", "nobody", "minor", "wrong_person"]
    called: Annotated[str, Field(max_length=120)] = ""
    allowed_by: Line = ""


class ScopeIn(Write):
    how: Literal["confirmed", "changed", "authorised", "emergency"] = "confirmed"
    reason: Line = ""
    minutes: Annotated[int, Field(ge=1, le=43_200)] | None = None


class StartIn(Write):
    """``make_safe``: gas, flood, fire: first make it safe, the rest is asked afterwards."""

    make_safe: bool = False


class ObservationIn(Write):
    """``works``: false where a part or more time is missing."""

    works: bool = True


class ItemIn(Body):
    words: Annotated[str, Field(min_length=1, max_length=200)]
    question: Words = ""
    answer: Words = ""


class WalkThroughIn(Write):
    how: Literal["together", "sent"] = "together"
    items: Annotated[list[ItemIn], Field(max_length=60)] = []


class PartsIn(Write):
    """``missing``: those lines of the order; all the others are on board."""

    missing: Annotated[list[Id], Field(max_length=60)] = []


class SiteTodayIn(Write):
    """Nothing changed: the same as last time."""

    changed: Annotated[dict[Annotated[str, Field(max_length=40)], Words], Field(max_length=10)] = {}


class CleanUpIn(Write):
    how: Literal["done", "not_needed"] = "done"
    reason: Line = ""


class PaymentIn(Write):
    """``none`` needs the reason; so does a payment before the walk-through."""

    kind: Literal["card", "cash", "transfer", "cheque", "none"]
    amount_minor: Money = 0
    reason: Line = ""


class SatisfactionIn(Write):
    satisfied: bool
    words: Words = ""


class SignatureIn(Write):
    file_sha256: Sha256 | None = None


class ProofIn(Body):
    """How one knows that nobody opened."""

    waited_s: Annotated[int, Field(ge=0, le=86_400)]
    calls: Annotated[int, Field(ge=0, le=100)]
    photo: Sha256 | None = None


class CompletionIn(Write):
    """``leave_now``: what is still open is recorded as missed, each with a next step."""

    outcome: Annotated[Outcome, Field(strict=False)]
    proof: ProofIn | None = None
    leave_now: bool = False


class LatenessIn(Write):
    minutes: Annotated[int, Field(ge=1, le=480)]


def _own(request: Asked, visit_id: UUID) -> UUID:
    """A visible visit: one's own by the right to stages, another's by the right to correct."""
    visit = found(visible_to(who(request)), visit_id)
    own = visit.technician_id == who(request).person.id
    must(request, Verb.STAGE if own else Verb.CORRECT, visit.branch_id)
    return visit.id


@router.post("/visits/{uuid:visit_id}/review", response=VisitOut)
def review(request: Asked, visit_id: UUID, body: Write) -> Any:
    """The order was read as it stands now."""
    return shown(request, visits.review(_own(request, visit_id), **door(request, body)))


@router.post("/visits/{uuid:visit_id}/departure", response=VisitOut)
def departure(request: Asked, visit_id: UUID, body: DepartureIn) -> Any:
    """On my way."""
    return shown(request, visits.depart(_own(request, visit_id), body.reason, **door(request, body)))


@router.post("/visits/{uuid:visit_id}/turning-back", response=VisitOut)
def turning_back(request: Asked, visit_id: UUID, body: TurningBackIn) -> Any:
    """Not on the way any more: the customer hears it, and the office may plan the visit again."""
    said = body.why.value, body.reason
    return shown(request, visits.turn_back(_own(request, visit_id), *said, **door(request, body)))


@router.post("/visits/{uuid:visit_id}/arrival", response=VisitOut)
def arrival(request: Asked, visit_id: UUID, body: ArrivalIn) -> Any:
    """At the door: what the arrival window is judged by."""
    visit = visits.arrive(_own(request, visit_id), body.lat, body.lon, body.reason, **door(request, body))
    return shown(request, visit)


@router.post("/visits/{uuid:visit_id}/meeting", response=VisitOut)
def meeting(request: Asked, visit_id: UUID, body: MeetingIn) -> Any:
    """Who was met."""
    return shown(
        request, visits.meet(_own(request, visit_id), body.who, body.called, body.allowed_by, **door(request, body))
    )


@router.post("/visits/{uuid:visit_id}/scope", response=VisitOut)
def scope(request: Asked, visit_id: UUID, body: ScopeIn) -> Any:
    """The work was read back and confirmed."""
    said = body.how, body.reason, body.minutes
    return shown(request, visits.confirm_scope(_own(request, visit_id), *said, **door(request, body)))


@router.post("/visits/{uuid:visit_id}/start", response=VisitOut)
def start(request: Asked, visit_id: UUID, body: StartIn) -> Any:
    """Work begins."""
    return shown(request, visits.start_work(_own(request, visit_id), body.make_safe, **door(request, body)))


@router.post("/visits/{uuid:visit_id}/observation", response=VisitOut)
def observation(request: Asked, visit_id: UUID, body: ObservationIn) -> Any:
    """Stayed and saw whether it works."""
    return shown(request, visits.observe_working(_own(request, visit_id), body.works, **door(request, body)))


@router.post("/visits/{uuid:visit_id}/resumption", response=VisitOut)
def resumption(request: Asked, visit_id: UUID, body: Write) -> Any:
    """Not over after all: back to Work."""
    return shown(request, visits.resume_work(_own(request, visit_id), **door(request, body)))


@router.post("/visits/{uuid:visit_id}/walk-through", response=VisitOut)
def walk_through(request: Asked, visit_id: UUID, body: WalkThroughIn) -> Any:
    items = [item.model_dump() for item in body.items]
    return shown(request, visits.walk_through(_own(request, visit_id), body.how, items, **door(request, body)))


@router.post("/visits/{uuid:visit_id}/parts", response=VisitOut)
def parts(request: Asked, visit_id: UUID, body: PartsIn) -> Any:
    """All parts and tools are on board but those that are missing."""
    return shown(request, visits.check_parts(_own(request, visit_id), body.missing, **door(request, body)))


@router.post("/visits/{uuid:visit_id}/site-today", response=VisitOut)
def site_today(request: Asked, visit_id: UUID, body: SiteTodayIn) -> Any:
    """What is known of the place is so today."""
    changed = {str(k): v for k, v in body.changed.items()}
    return shown(request, visits.confirm_site(_own(request, visit_id), changed, **door(request, body)))


@router.post("/visits/{uuid:visit_id}/clean-up", response=VisitOut)
def cleaning_up(request: Asked, visit_id: UUID, body: CleanUpIn) -> Any:
    return shown(request, visits.clean_up(_own(request, visit_id), body.how, body.reason, **door(request, body)))


@router.post("/visits/{uuid:visit_id}/payment", response=VisitOut)
def payment(request: Asked, visit_id: UUID, body: PaymentIn) -> Any:
    paid = body.kind, body.amount_minor, body.reason
    return shown(request, visits.record_payment(_own(request, visit_id), *paid, **door(request, body)))


@router.post("/visits/{uuid:visit_id}/satisfaction", response=VisitOut)
def satisfaction(request: Asked, visit_id: UUID, body: SatisfactionIn) -> Any:
    """The customer's own answer to "are you satisfied?"."""
    return shown(
        request, visits.answer_satisfied(_own(request, visit_id), body.satisfied, body.words, **door(request, body))
    )


@router.post("/visits/{uuid:visit_id}/signature", response=VisitOut)
def signature(request: Asked, visit_id: UUID, body: SignatureIn) -> Any:
    return shown(request, visits.sign(_own(request, visit_id), body.file_sha256 or "", **door(request, body)))


@router.post("/visits/{uuid:visit_id}/completion", response=VisitOut)
def completion(request: Asked, visit_id: UUID, body: CompletionIn) -> Any:
    """The visit ends; what must be settled first is asked (409 ``asks``)."""
    proof = body.proof.model_dump() if body.proof else None
    visit = visits.complete(_own(request, visit_id), body.outcome.value, proof, body.leave_now, **door(request, body))
    return shown(request, visit)


@router.post("/visits/{uuid:visit_id}/lateness", response=VisitOut)
def lateness(request: Asked, visit_id: UUID, body: LatenessIn) -> Any:
    """Running late: later arrivals are computed again."""
    return shown(request, visits.running_late(_own(request, visit_id), body.minutes, **door(request, body)))
