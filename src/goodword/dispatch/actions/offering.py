"""Windows are offered with reasons, held for ten minutes, and lapse by themselves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from goodword import engine
from goodword.crew.actions import engage, release
from goodword.crew.models import Engagement
from goodword.dispatch import errors
from goodword.dispatch.models import Offer, Option
from goodword.dispatch.queries.labels import kept_features, stated_of
from goodword.dispatch.queries.offers import Question, in_words
from goodword.dispatch.queries.picture import SEED, Picture
from goodword.dispatch.rules import words
from goodword.dispatch.rules.windows import HOLD
from goodword.kit.actions import action, machinery
from goodword.kit.actors import SYSTEM, Actor
from goodword.kit.clock import company_now
from goodword.kit.events import record
from goodword.kit.ids import uuid7
from goodword.promises.actions import make_call_back
from goodword.promises.models import Promise
from goodword.visits.actions import mark_request
from goodword.visits.models import Request, Visit


@action("offer.make")
def offer(
    request_id: UUID | None,
    moving_id: UUID | None = None,
    by_whom: str = "us",
    *,
    by: Actor,
    at: datetime,
    command: UUID,
) -> Offer:
    """Compute windows for a request, or for a visit that is to move. Each says why; so does what is not offered."""
    request = Request.objects.select_related("site", "work_type", "branch").get(id=request_id) if request_id else None
    moving = Visit.objects.locked(moving_id) if moving_id else None
    if moving is not None:
        moving.require_unstarted()
    question = Question(request, moving, at)
    picture = question.picture()
    answer = engine.offers(picture.problem, question.ask(picture))
    made = Offer.objects.create(
        request=request,
        moving=moving,
        by_whom=by_whom,
        branch=question.branch,
        made_at=at,
        made_by=by.id,
        emergency=question.emergency,
        label=answer.label,
        seed=SEED,
        refusals=_refusals(picture, answer),
    )
    options = in_order(answer.options, soonest_first=question.is_urgent)
    Option.objects.bulk_create([_option(made, n, found, picture) for n, found in enumerate(options, start=1)])
    facts = {"options": len(options), "request": _text(request_id), "moving": _text(moving_id)}
    record("offer.made", about=made, by=by, at=at, command=command, scope=made.branch_id, facts=facts)
    return made


def in_order(options: Sequence[engine.WindowOption], *, soonest_first: bool) -> list[engine.WindowOption]:
    """Each window once, by its best place in a day; who cannot wait hears the soonest first, others what suits best."""
    windows: dict[tuple[float, float], engine.WindowOption] = {}
    for option in options:
        windows.setdefault((option.window.opens_s, option.window.closes_s), option)
    found = list(windows.values())
    return sorted(found, key=lambda option: option.window.opens_s) if soonest_first else found


def _text(value: UUID | None) -> str | None:
    return str(value) if value is not None else None


def _refusals(picture: Picture, answer: engine.Offers) -> list[dict[str, Any]]:
    """What is not offered, with the reason in words: the whole question, then each window."""
    whole = [{"code": r.code.value, "says": in_words(picture, r)} for r in answer.reasons]
    windows = [
        {
            "opens_at": picture.instant(miss.window.opens_s).isoformat(),
            "closes_at": picture.instant(miss.window.closes_s).isoformat(),
            "code": miss.reason.code.value,
            "says": in_words(picture, miss.reason),
        }
        for miss in answer.misses
    ]
    return whole + windows


def _option(made: Offer, place: int, found: engine.WindowOption, picture: Picture) -> Option:
    p_kept = stated_of(picture, found)
    return Option(
        offer=made,
        place=place,
        opens_at=picture.instant(found.window.opens_s),
        closes_at=picture.instant(found.window.closes_s),
        technician_id=picture.shifts[found.technician],
        planned_start=picture.instant(found.planned.start_s),
        planned_end=picture.instant(found.planned.end_s),
        p_kept=p_kept,
        features=kept_features(picture, found),
        added_travel_s=found.added_travel_s,
        reasons=[{"code": r.code.value, "says": in_words(picture, _stating(r, p_kept))} for r in found.reasons],
        endangered=[
            {"visit": c.visit, "before": c.p_before, "after": c.p_after}
            for c in found.endangered
            if c.visit in picture.visits
        ],
        shifted=[
            {
                "visit": s.visit,
                "start": picture.instant(s.planned.start_s).isoformat(),
                "end": picture.instant(s.planned.end_s).isoformat(),
            }
            for s in found.shifted
        ],
    )


def _stating(reason: engine.Reason, p_kept: float) -> engine.Reason:
    """The sentence and the number beside it state the same."""
    return replace(reason, facts={**reason.facts, "p_kept": p_kept}) if "p_kept" in reason.facts else reason


def locked_option(option_id: UUID) -> Option:
    """The option, locked together with its offer, so that two choosers stand in line."""
    option = Option.objects.select_related("technician").filter(id=option_id).first()
    if option is None:
        raise errors.OfferGone(why="")
    Offer.objects.select_for_update().get(id=option.offer_id)
    return Option.objects.select_related("technician", "offer__request", "offer__moving", "offer__branch").get(
        id=option_id
    )


@action("offer.hold")
def hold(option_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Option:
    """Hold one option for ten minutes, as exclusive as a visit (E-27). Holding another lets go of this one."""
    option = locked_option(option_id)
    refuse_if_chosen(option)
    let_go_of_others(option, by=by, at=at, command=command)
    if option.status != Option.Status.HELD:
        _engage_hold(option, by=by, at=at, command=command)
    option.status, option.held_until = Option.Status.HELD, at + HOLD
    option.save(update_fields=["status", "held_until"])
    facts = {"option": str(option.id), "technician": str(option.technician_id)}
    record("offer.held", about=option.offer, by=by, at=at, command=command, scope=option.offer.branch_id, facts=facts)
    return option


def refuse_if_chosen(option: Option) -> None:
    """An offer ends with the first choice, whichever of its options it was."""
    if option.offer.options.filter(status=Option.Status.CHOSEN).exists():
        raise errors.OfferGone(why="")


def let_go_of_others(option: Option, **door: Any) -> None:
    """Nobody keeps two options of one offer."""
    for other in option.offer.options.filter(status=Option.Status.HELD).exclude(id=option.id):
        _let_go(other, Option.Status.OFFERED, **door)


def _engage_hold(option: Option, **door: Any) -> None:
    """Block the technician's time. Where later visits must make room, they do so when it is chosen."""
    if not option.shifted:
        engage(
            option.technician_id,
            option.offer.branch_id,
            option.planned_start,
            option.planned_end,
            Engagement.Kind.HOLD,
            option.id,
            **door,
        )


def _let_go(option: Option, status: str, **door: Any) -> None:
    release(option.id, Engagement.Kind.HOLD, **door)
    option.status, option.held_until = status, None
    option.save(update_fields=["status", "held_until"])


@action("offer.release")
def release_hold(option_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Option:
    """The customer wants another one."""
    option = locked_option(option_id)
    if option.status == Option.Status.HELD:
        _let_go(option, Option.Status.OFFERED, by=by, at=at, command=command)
    return option


@action("offer.lapse")
def _lapse(option_id: UUID, *, by: Actor, at: datetime, command: UUID) -> Option:
    option = locked_option(option_id)
    if option.status == Option.Status.HELD and option.held_until is not None and option.held_until <= at:
        _let_go(option, Option.Status.LAPSED, by=by, at=at, command=command)
        record("offer.lapsed", about=option.offer, by=by, at=at, command=command, scope=option.offer.branch_id)
    return option


@machinery("dispatch.lapse")
def lapse_offers() -> int:
    """Let go of holds whose ten minutes are over; how many."""
    now = company_now()
    due = Option.objects.filter(status=Option.Status.HELD, held_until__lte=now).values_list("id", flat=True)
    for option_id in list(due):
        _lapse(option_id, by=SYSTEM, at=now, command=uuid7())
    return len(due)


@action("offer.call_back")
def promise_call_back(
    request_id: UUID, due_at: datetime, said: str = "", *, by: Actor, at: datetime, command: UUID
) -> Promise:
    """No window can be kept: then "we call you by ..." is the promise (E-22)."""
    request = Request.objects.select_related("branch").get(id=request_id)
    sentence = said or words.said_call_back(due_at, request.branch.zone)
    promise = make_call_back(request_id, due_at, sentence, by=by, at=at, command=command)
    mark_request(request_id, Request.Status.ANSWERED, by=by, at=at, command=command)
    return promise
