"""Routes of the API about the day: roads that are closed, ways to mend it, plans of one to come."""

from tests.faces.access.table import Row

ASSIGN = ("assign",)
PLANNED, EVENING = {"day": "2026-11-03"}, {"wanted": True}


def roads() -> list[Row]:
    """Closures are the company's; here there are no roads, so that nothing can be closed."""
    place = {"name": "Mill Bridge", "lat": 53.4, "lon": 1.85}
    nowhere = {"kwargs": {"closure_id": "00000000-0000-7000-8000-000000000000"}}
    return [
        Row("new_closure", "POST", needs=ASSIGN, body=lambda w, s: place, passes=(409,)),
        Row("end_closure", "DELETE", needs=ASSIGN, passes=(404,), more=nowhere),
    ]


def repairs() -> list[Row]:
    """Nothing is proposed on a calm day, so that nothing can be done."""
    of = {"kind": "branch", "key": "branch_id"}
    return [
        Row("list_repairs", **of, needs=ASSIGN),
        Row("new_repair", "POST", **of, needs=ASSIGN, body=lambda w, s: {"way": "gone"}, passes=(409,)),
    ]


def learned() -> list[Row]:
    return [Row("what_was_learned", kind="branch", key="branch_id", needs=("settings", "staff"))]


def weights() -> list[Row]:
    """Nothing was finished here, so that there is no day to try them on."""
    of = {"kind": "branch", "key": "branch_id", "needs": ("settings", "staff")}
    return [
        Row("weights", **of),
        Row("set_weights", "POST", **of),
        Row("trial", **of, passes=(204,)),
        Row("new_trial", "POST", **of, passes=(202, 409)),
    ]


def times() -> list[Row]:
    """Why not then?"""
    then = {"at": "2026-11-02T13:00:00Z"}
    return [
        Row("why_not_then", kind="request", key="request_id", needs=("book",), query=lambda w, s: then),
        Row("why_not_moved_then", kind="visit", key="visit_id", needs=("book",), query=lambda w, s: then),
    ]


def day_plans() -> list[Row]:
    """A plan that still waits: it can be stopped or discarded, and is nothing to publish or take back yet."""
    of = {"kind": "branch", "key": "branch_id"}
    plan = {"kind": "plan", "key": "plan_id", "needs": ASSIGN}
    return [
        Row("day_plan", **of, needs=ASSIGN, query=lambda w, s: PLANNED),
        Row("plan_as_it_stands", **of, needs=ASSIGN, query=lambda w, s: PLANNED),
        Row("new_day_plan", "POST", **of, needs=ASSIGN, body=lambda w, s: PLANNED, passes=(202,)),
        Row(
            "set_evening", "POST", **of, needs=("settings", "staff"), body=lambda w, s: {"wanted": True}, passes=(204,)
        ),
        Row("stop_day_plan", "POST", **plan),
        Row("discarding", "POST", **plan),
        Row("publication", "POST", **plan, passes=(409,)),
        Row("plan_taken_back", "POST", **plan, passes=(409,)),
    ]
