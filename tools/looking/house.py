"""Run inside a demo's house by ``look.py``: lays what a calm Monday does not have, once, and prints where things are.

One JSON object: ``in`` (sign-in tokens by role), ``links`` (state to the customer's address), ``visits`` (ids by what
they are), ``stages`` (step to a technician's token and their visit), ``states`` (state to a manager's token).
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "bench"))
import full_branch

MORNING = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
STEPS = ("", "depart", "arrive", "meet", "confirm_site", "confirm_scope", "start_work", "observe_working", "clean_up",
         "walk_through", "satisfied", "complete")  # fmt: skip


def main(rows: int) -> None:
    from goodword.faces.cli.house import plainly, with_django

    with_django()
    with plainly():
        from django.db import transaction

        from goodword.crew.models import Branch
        from goodword.kit.clock import company_now
        from goodword.worlds.sign_in import token_of

        now = company_now()
        with transaction.atomic():  # all of it or nothing: what is there is not laid again
            empty = found_manager("Nothing Yet") or full_branch.lay("Nothing Yet", 0, MORNING)
            full = found_manager("Five Hundred") or full_branch.lay("Five Hundred", rows, MORNING)
            every = Branch.objects.filter(name="Each Stage").first() or every_stage()
        stages = {p.name: (token_of(p.id), str(p.visits.get().id)) for p in people_of(every)}
        visits = of_each_kind(now)
        people = demo_people()
        print(json.dumps({
            "in": {role: token_of(one.id) for role, one in people.items()},
            "links": links(visits, now),
            "visits": visits | {"mine": mine(people["technician"])},
            "stages": stages,
            "states": {"nothing there": token_of(empty), f"{rows} rows": token_of(full)},
        }))  # fmt: skip


def demo_people() -> dict[str, Any]:
    from goodword.crew.models import Person

    return {role: Person.objects.get(name=name) for role, name in
            (("manager", "Colm Fairweather"), ("technician", "Sam Tully"))}  # fmt: skip


def found_manager(branch: str) -> UUID | None:
    from goodword.crew.models import Person

    found = Person.objects.filter(name=f"{branch} Manager 1").first()
    return found.id if found else None


def people_of(branch: Any) -> list[Any]:
    from goodword.crew.models import Person

    return list(Person.objects.filter(roles__branch=branch, roles__name="technician").order_by("id"))


def every_stage() -> Any:
    """A technician for each step of a visit, standing there."""
    from goodword.crew import actions as crew
    from goodword.customers import actions as customers
    from goodword.promises.actions import make_window
    from goodword.visits import actions as visits

    at = MORNING
    branch = crew.add_branch("Each Stage", "1 Depot Road", 52.401, -1.702, "Europe/London", **full_branch.door(at))
    for n, step in enumerate(STEPS):
        call = f"{n} {step or 'prepare'}".replace("_", " ")
        technician = crew.add_person(
            f"each{n}@wend.example", call, None, [("technician", branch.id)], **full_branch.door(at)
        )
        place = {"street": "Tanner's Row", "house_number": "3", "postcode": "AL1 2CD", "city": "Aldermere",
                 "zone": "Europe/London", "lat": 52.404, "lon": -1.705, "accuracy": "rooftop"}  # fmt: skip
        channel = [{"kind": "email", "value": f"each{n}@post.example"}]
        contact = {"name": "Folake Adeyemi", "preferred_name": "Mrs Adeyemi", "channels": channel}
        customer = customers.add_customer(
            "person", "Folake Adeyemi", branch.id, contacts=[contact], sites=[place], **full_branch.door(at)
        )
        site = customer.sites.get()
        known = {
            "pets": "Dog, Biscuit.",
            "children": "Baby upstairs.",
            "areas": {"work": "Kitchen", "materials": "Hall"},
        }
        customers.set_site_facts(site.id, known, **full_branch.door(at))
        words = "Please knock, do not ring. The baby sleeps until ten."
        asked = visits.take_request(site.id, "boiler_service", branch.id, words, **full_branch.door(at))
        order = visits.open_order(site.id, "boiler_service", branch.id, words, asked.id, **full_branch.door(at))
        starts = at + timedelta(hours=2)
        visit = visits.plan_visit(order.id, technician.id, starts, starts + timedelta(hours=1), **full_branch.door(at))
        make_window(visit.id, starts, starts + timedelta(hours=2), "Mon 9:30–11:30", **full_branch.door(at))
        work_until(visit.id, technician, step)
    return branch


def work_until(visit_id: UUID, technician: Any, step: str) -> None:
    from goodword.visits import actions as visits

    did: list[tuple[str, Any, dict[str, Any]]] = [
        ("depart", visits.depart, {}),
        ("arrive", visits.arrive, {}),
        ("meet", visits.meet, {"who": "contact"}),
        ("confirm_site", visits.confirm_site, {}),
        ("confirm_scope", visits.confirm_scope, {}),
        ("start_work", visits.start_work, {}),
        ("observe_working", visits.observe_working, {}),
        ("clean_up", visits.clean_up, {}),
        ("walk_through", visits.walk_through, {}),
        ("satisfied", visits.answer_satisfied, {"satisfied": True}),
        ("complete", visits.complete, {"outcome": "fixed", "leave_now": True}),
    ]
    for n, (name, do, facts) in enumerate(did):
        if step == "":
            return
        how = full_branch.door(MORNING + timedelta(minutes=90 + 3 * n)) | {"by": technician.actor}
        do(visit_id, **facts, **how)
        if name == step:
            return


def of_each_kind(now: datetime) -> dict[str, list[str]]:
    from goodword.visits.models import Visit

    rows = Visit.objects.filter(branch__name="Aldermere", cancelled_at=None, moved_at=None).order_by(
        "planned_start", "id"
    )
    late = rows.filter(planned_start__date=now.date(), arrived_at=None, technician__name="Joe Marsh")
    kinds = {
        "late": late,
        "done": rows.exclude(completed_at=None).order_by("-completed_at"),
        "driving": rows.exclude(on_the_way_at=None).filter(arrived_at=None, completed_at=None),
        "at work": rows.exclude(work_started_at=None).filter(completed_at=None),
        "planned": rows.filter(on_the_way_at=None, planned_start__gt=now, technician__isnull=False).order_by(
            "-planned_start"
        ),
    }
    return {kind: [str(v.id) for v in found[:2]] for kind, found in kinds.items()}


def mine(technician: Any) -> list[str]:
    return [str(v.id) for v in technician.visits.filter(planned_start__gte=MORNING).order_by("planned_start")[:6]]


def links(visits: dict[str, list[str]], now: datetime) -> dict[str, str]:
    """A customer's link to a visit of each kind, one that ran out and one that never was."""
    from goodword.kit.links import make_link, new_token
    from goodword.visits.models import Visit

    made = {"no such link": "/v/nothing/"}
    for state, until in [*((kind, timedelta(days=30)) for kind in visits), ("ended", timedelta(days=-1))]:
        visit = Visit.objects.select_related("order__customer").get(id=(visits.get(state) or visits["planned"])[0])
        token, holder = new_token(), visit.order.customer.contacts.first()
        about = (visit, holder.id if holder else None, visit.branch_id, now + until)
        make_link(token, "visit", *about, **full_branch.door(now - timedelta(days=2)))
        made[state] = f"/v/{token}/"
    return made


if __name__ == "__main__":
    main(int(sys.argv[1]))
