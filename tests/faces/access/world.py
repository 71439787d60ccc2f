"""Two branches with one of everything in each, told apart by whom it belongs to; Kilnsea's words are canaries."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse
from tests.cast import NOW, Cast, at, door, on_shift
from tests.faces.api.conftest import Api, lay_the_cast, said, signed_in, with_device
from tests.field import promised, site_of, visit_of
from tests.kit.pictures import half_red

from goodword.assets.actions import add_asset
from goodword.crew import actions as crew
from goodword.crew.models import Branch, Device, Person
from goodword.customers import actions as customers
from goodword.dispatch import actions as dispatch
from goodword.kit.attachments import attach
from goodword.kit.doors import opened
from goodword.kit.files import begin, keep, put_chunk
from goodword.kit.ids import uuid7
from goodword.kit.links import make_link, new_token, revoke_link
from goodword.kit.models import Event, EventPosition, Held
from goodword.next_steps.actions import open_step
from goodword.visits import actions as visits
from goodword.visits.models import StageTemplate, Visit

TUESDAY = date(2026, 11, 3)
CANARY = "Kanarienvogel"
THE_OTHERS_NUMBER = "960200"  # of the branch that nobody here may read; printed on its letters
STAGES = {"prepare": [], "arrive": [], "work": [], "complete": []}


@dataclass
class World:
    """``of[kind][scope]`` is the id of that kind in that scope; ``callers`` speaks for each principal."""

    cast: Cast
    of: dict[str, dict[str, Any]] = field(default_factory=dict)
    callers: dict[str, Api] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    canaries: set[str] = field(default_factory=set)
    bytes_of: dict[str, bytes] = field(default_factory=dict)

    def put(self, scope: str, **ids: Any) -> None:
        for kind, value in ids.items():
            self.of.setdefault(kind, {"none": uuid4()})[scope] = value

    def id(self, kind: str, scope: str) -> str:
        return str(self.of[kind][scope])


def the_world() -> World:
    cast = lay_the_cast()
    world = World(cast)
    branches = {"own": cast.aldermere, "same": cast.aldermere, "other": cast.kilnsea}
    for scope, person in (("own", cast.sam), ("same", cast.ade), ("other", cast.beth)):
        _a_set(world, scope, branches[scope], person)
    for name, role, branch in (
        ("olga", "office", cast.aldermere), ("saul", "sales", cast.aldermere), ("zoe", "technician", cast.aldermere),
        ("bob", "technician", cast.kilnsea), ("dan", "technician", cast.aldermere),
    ):  # fmt: skip
        roles = [(role, branch.id)]
        cast.people[name] = crew.add_person(f"{name}@wend.example", name.title(), None, roles, [], **door())
    _handovers(world)
    _plans(world)
    world.of["file"]["none"] = "0" * 64
    _callers(world)
    _number_the_events()
    world.canaries.update(str(t.id) for t in StageTemplate.objects.filter(branch=cast.kilnsea))
    texts = {CANARY, "Beth Carrow", "Ines Okafor", "Tom Askew", "Petrov", "Old Ropewalk", THE_OTHERS_NUMBER}
    world.canaries |= texts | {str(ids["other"]) for ids in world.of.values() if "other" in ids}
    return world


def _a_set(world: World, scope: str, branch: Branch, person: Person) -> None:
    word = f"{CANARY} {scope}" if scope == "other" else f"Word {scope}"
    site = site_of(word, branch, f"{scope}@{CANARY.lower() if scope == 'other' else 'word'}.example")
    customers.set_site_facts(site.id, {"access_notes": word}, **door())
    contact = site.customer.contacts.get()
    asset = add_asset(site.id, "boiler", word, "", f"{scope}-1", **door())
    visits.set_template("leak", branch.id if scope != "same" else None, STAGES, **door())
    visits.set_script("arrive", [("say", f"{word} calling.")], branch.id, None, **door())
    request = visits.take_request(site.id, "boiler_service", branch.id, word, **door(world.cast.ruth))
    called = dispatch.promise_call_back(request.id, at("12:00"), **door(world.cast.ruth))
    offer = dispatch.offer(request.id, **door(world.cast.ruth))
    visit = visit_of(site, person)
    note = visits.add_note(visit.id, word, **door(person))
    call = visits.log_call(site.customer_id, True, word, word, 60, visit.id, **door(world.cast.ruth))
    promise = promised(visit)
    on = ("visit", visit.id, "call", word)
    step = open_step("call", person.id, "", branch.id, at("12:00"), *on, **door())
    link = make_link(new_token(), "visit", visit, contact.id, branch.id, at("23:00"), **door())
    absence = crew.report_absence(person.id, at("20:00"), at("21:00"), "training", **door())
    phone = with_device(person)
    phone.batch(said("visit.hologram", visit.id, "09:30", facts={"words": word}))
    held = Held.objects.order_by("-opened_at", "-id")[0]
    photo = keep(half_red(), "image/jpeg", branch.id, **door(person))
    attached = attach(photo.sha256, visit, branch.id, word, word, True, **door(person))
    attach(photo.sha256, person, branch.id, word, word, True, **door())
    world.bytes_of[scope] = word.encode()
    world.put(
        scope, attachment=attached.id, note=note.id, call=call.id, branch=branch.id, person=person.id,
        customer=site.customer_id, contact=contact.id,
        channel=contact.channels.get().id, site=site.id, request=request.id, offer=offer.id,
        option=offer.options.all()[0].id, visit=visit.id, order=visit.order_id, promise=promise.id,
        callback=called.id, step=step.id, link=link.id, absence=absence.id, held=held.id,
        device=Device.objects.get(person=person).id, asset=asset.id, file=_a_file(word.encode(), branch.id, person),
    )  # fmt: skip


def _a_file(data: bytes, scope: UUID, person: Person) -> str:
    sha256 = hashlib.sha256(data).hexdigest()
    begin(sha256, len(data), "image/png", scope, **door(person))
    put_chunk(sha256, 0, data, **door(person))
    return sha256


def by_link(world: World, route: str, token: str) -> str:
    """The address of one of the customer's pages, about the own visit."""
    of = {"attachment_id": world.of["attachment"]["own"], "size": "small"} if route == "portal:photo" else {}
    return reverse(route, kwargs={"key": world.tokens[token], **of})


def _handovers(world: World) -> None:
    """Own is the one offered to Sam; each is about a later visit of somebody else."""
    cast = world.cast
    for scope, of, to in (("own", "ade", "sam"), ("same", "ade", "zoe"), ("other", "beth", "bob")):
        hour = {"own": 13, "same": 15, "other": 13}[scope]
        branch = cast.kilnsea if scope == "other" else cast.aldermere
        person = cast.people[of]
        name = f"{CANARY} handed" if scope == "other" else "Word handed"
        visit = visit_of(site_of(name, branch), person, f"{hour}:00", f"{hour + 1}:00")
        offered = visits.offer_handover(visit.id, cast.people[to].id, "", **door(person))
        world.put(scope, handover=offered.id, handed=visit.id)


def _plans(world: World) -> None:
    """Plans of a branch's day that wait: there is one at a time, so own and same are the same one."""
    for scope, branch, name in (("own", "aldermere", "sam"), ("other", "kilnsea", "beth")):
        where = getattr(world.cast, branch)
        on_shift(world.cast.people[name], where, day=TUESDAY)
        world.put(scope, plan=dispatch.ask_plan(where.id, TUESDAY, **door()).id)
    world.put("same", plan=world.of["plan"]["own"])


def _callers(world: World) -> None:
    cast = world.cast
    roles = {
        "technician": "sam", "office": "olga", "dispatcher": "priya", "sales": "saul", "manager": "colm",
        "accountant": "june", "owner": "ruth", "admin": "nobody",
    }  # fmt: skip
    world.callers = {role: signed_in(cast.people[name]) for role, name in roles.items()}
    world.callers["device"] = with_device(cast.sam)
    world.callers["token"] = with_device(cast.priya, {"read"})
    world.callers["anonymous"] = Api()
    world.callers["disabled"] = signed_in(cast.people["dan"])
    world.callers["disabled_device"] = with_device(cast.people["dan"])
    crew.disable_person(cast.people["dan"].id, **door(cast.ruth))
    _links(world)
    world.callers["link"] = Api(Authorization=f"Bearer {world.tokens['own']}")


def _links(world: World) -> None:
    """A customer's link to their own visit, one that has ended, one that was revoked, and the other branch's."""
    branch = {"other": world.cast.kilnsea}
    for name, scope, until in (("own", "own", "23:00"), ("over", "own", "09:00"), ("revoked", "own", "23:00"),
                               ("other", "other", "23:00")):  # fmt: skip
        world.tokens[name] = new_token()
        visit = Visit.objects.get(id=world.of["visit"][scope])
        where = branch.get(scope, world.cast.aldermere)
        link = make_link(world.tokens[name], "visit", visit, None, where.id, at(until), **door())
        if name == "revoked":
            revoke_link(link.id, **door())
    world.tokens["none"] = new_token()


def _number_the_events() -> None:
    """What the relay does, which sees committed events only."""
    with opened("kit.relay"):
        rows = [EventPosition(position=n, event=e) for n, e in enumerate(Event.objects.order_by("id"), start=1)]
        EventPosition.objects.bulk_create(rows)


__all__ = ["CANARY", "NOW", "STAGES", "World", "on_shift", "the_world", "uuid7"]
