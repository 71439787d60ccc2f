"""Every route of the API, with who gets what."""

import hashlib
from typing import Any

from tests.faces.access.table import Row
from tests.faces.access.today import day_plans, learned, repairs, roads, times, weights
from tests.faces.access.words import wording, written
from tests.faces.access.world import STAGES, World

BOOK, ASSIGN, STAGE_OR_CORRECT = ("book",), ("assign",), ("stage", "correct")
DAY = {"since": "2026-11-02T00:00:00Z", "until": "2026-11-03T00:00:00Z"}
TODAY = {"day": "2026-11-02"}
CHANNEL = {"kind": "email", "value": "n@wend.example"}
HOUSE = {"street": "Tanner's Row", "city": "Aldermere"}
Made = dict[str, Any]


def lists() -> list[Row]:
    """What anybody who is signed in may ask for; what they see in it, the canaries say."""
    plain = (
        "me", "my_devices", "branches", "people", "list_customers", "list_work_types", "stages", "list_requests",
        "list_visits", "list_handovers", "list_assets", "list_promises", "list_steps", "list_held", "list_links",
        "events", "list_closures",
    )  # fmt: skip
    return [
        *(Row(name) for name in plain),
        Row("find", query=lambda w, s: {"q": "kanarienvogel"}),
        Row("templates", query=lambda w, s: {"work_type": "leak"}),
        Row("scripts"),
        Row("plain_words"),
        Row("shifts", query=lambda w, s: DAY),
        Row("absences", query=lambda w, s: DAY),
    ]


def reads() -> list[Row]:
    """One row each, by its address."""
    plain = {
        "branch": "branch", "person": "person", "customer": "customer", "site": "site", "one_request": "request",
        "one_offer": "offer", "one_visit": "visit", "one_asset": "asset", "one_promise": "promise", "one_held": "held",
    }  # fmt: skip
    return [
        *(Row(route, kind=kind, key=f"{kind}_id") for route, kind in plain.items()),
        Row(
            "technicians",
            kind="branch",
            key="branch_id",
            needs=("see-staff",),
            query=lambda w, s: {"day": "2026-11-02"},
        ),
        Row("list_advice", kind="branch", key="branch_id"),
        Row("file_progress", kind="file", key="sha256"),
        Row("download", kind="file", key="sha256"),
    ]


def company() -> list[Row]:
    staff: Made = {"key": "person_id", "kind": "person"}
    return [
        Row("pair_my_device", "POST", body=lambda w, s: {"name": "phone", "scopes": ["read"]}),
        Row("end_my_device", "DELETE", kind="device", key="device_id"),
        Row("new_branch", "POST", needs=("settings",), body=_branch),
        Row(
            "new_hours",
            "POST",
            "branch",
            "branch_id",
            ("settings", "staff"),
            lambda w, s: {"hours": {}, "valid_from": "2026-12-01"},
        ),
        Row("new_person", "POST", "branch", None, ("staff",), _person, first=True),
        Row("new_roles", "POST", **staff, needs=("staff",), body=lambda w, s: {"roles": [_technician(w, s)]}),
        Row("new_skills", "POST", **staff, needs=("staff",), body=lambda w, s: {"skills": [{"code": "gas"}]}),
        Row("leaving", "POST", **staff, needs=("staff",)),
        Row("new_shift", "POST", "person", None, ("shifts",), _shift),
        Row("new_absence", "POST", "person", None, ("shifts",), _absence),
        Row("back_early", "POST", "absence", "absence_id", ("shifts",)),
        Row("new_work_type", "POST", needs=("settings",), body=_work_type),
        Row("new_template", "POST", "branch", None, ("settings", "staff"), _template),
    ]


def _branch(w: World, s: str) -> Made:
    return {"name": "Third", "lat": 52.0, "lon": -1.0, "zone": "Europe/London"}


def _technician(w: World, s: str) -> Made:
    branch = s if s != "none" else "own"
    return {"name": "technician", "branch_id": w.id("branch", branch)}


def _person(w: World, s: str) -> Made:
    roles = [{"name": "technician", "branch_id": w.id("branch", s)}]
    return {"email": "new@wend.example", "name": "New", "roles": roles}


def _shift(w: World, s: str) -> Made:
    branch = w.id("branch", s if s != "none" else "own")
    when = {"starts_at": "2026-11-09T08:00:00Z", "ends_at": "2026-11-09T16:00:00Z"}
    return {"person_id": w.id("person", s), "branch_id": branch} | when


def _absence(w: World, s: str) -> Made:
    when = {"starts_at": "2026-11-09T08:00:00Z", "ends_at": "2026-11-09T16:00:00Z"}
    return {"person_id": w.id("person", s), "reason": "sick"} | when


def _work_type(w: World, s: str) -> Made:
    return {"code": "new", "name": "New", "mean_s": 3600, "cv": 0.3}


def _template(w: World, s: str) -> Made:
    return {"work_type": "leak", "branch_id": w.id("branch", s), "stages": STAGES}


def customers() -> list[Row]:
    of: Made = {"kind": "customer", "key": "customer_id"}
    return [
        Row(
            "new_customer",
            "POST",
            "branch",
            None,
            BOOK,
            lambda w, s: {"kind": "person", "name": "New", "branch_id": w.id("branch", s)},
        ),
        Row("change_customer", "PATCH", **of, needs=BOOK, body=lambda w, s: {"preferred_name": "X"}),
        Row("new_payer", "POST", **of, needs=BOOK, body=lambda w, s: {"payer_id": None}),
        Row("merge", "POST", **of, needs=("merge",), body=lambda w, s: {"winner_id": w.id("customer", _else(s))}),
        Row("unmerge", "POST", **of, needs=("merge",), passes=(409,)),
        Row("new_contact", "POST", **of, needs=BOOK, body=lambda w, s: {"name": "New"}),
        Row("new_site", "POST", **of, needs=BOOK, body=lambda w, s: HOUSE),
        Row(
            "new_channel",
            "POST",
            "contact",
            "contact_id",
            BOOK,
            lambda w, s: {"kind": "email", "value": "n@wend.example"},
        ),
        Row("end_contact", "POST", "contact", "contact_id", BOOK),
        Row("new_consent", "POST", "channel", "channel_id", BOOK, _consent),
        Row("end_channel", "POST", "channel", "channel_id", BOOK),
        Row("new_site_facts", "POST", "site", "site_id", ("book", "stage"), lambda w, s: {"facts": {"parking": "x"}}),
        Row("end_site", "POST", "site", "site_id", BOOK),
        Row(
            "new_asset", "POST", "site", None, ("book", "stage"), lambda w, s: {"site_id": w.id("site", s), "kind": "x"}
        ),
        Row("change_asset", "PATCH", "asset", "asset_id", ("book", "stage"), lambda w, s: {"make": "x"}),
        Row("retirement", "POST", "asset", "asset_id", ("book", "stage")),
    ]


def _else(scope: str) -> str:
    return "same" if scope == "own" else "own"


def _consent(w: World, s: str) -> Made:
    return {"purpose": "survey", "given": False, "source": "by phone"}


def bookings() -> list[Row]:
    of: Made = {"kind": "request", "key": "request_id", "needs": BOOK}
    return [
        Row("new_request", "POST", "site", None, BOOK, _request),
        Row("flags", "POST", **of, body=lambda w, s: {"harm": ["gas"], "vulnerability": ["infant"]}),
        Row("advised", "POST", **of, body=lambda w, s: {"harm": ["gas"]}),
        Row("closure", "POST", **of, body=lambda w, s: {"reason": "they called another"}),
        Row("call_back", "POST", **of, body=lambda w, s: {"due_at": "2026-11-02T12:00:00Z"}),
        Row("new_offer", "POST", **of),
        Row("booking_by_hand", "POST", "request", "request_id", ASSIGN, _by_hand, passes=(201, 409)),
        Row("new_offer_to_move", "POST", "visit", "visit_id", BOOK, lambda w, s: {"by_whom": "us"}),
        Row("new_hold", "POST", "option", "option_id", BOOK, passes=(200, 409)),
        Row("end_hold", "DELETE", "option", "option_id", BOOK),
        Row("choice", "POST", "option", "option_id", BOOK, passes=(201, 409)),
    ]


def _request(w: World, s: str) -> Made:
    branch = w.id("branch", s if s != "none" else "own")
    return {"site_id": w.id("site", s), "branch_id": branch, "work_type": "leak"}


def _by_hand(w: World, s: str) -> Made:
    person = w.id("person", s if s != "none" else "own")
    window = {"opens_at": "2026-11-02T13:00:00Z", "closes_at": "2026-11-02T15:00:00Z", "anyway": "they insist"}
    return {"technician_id": person} | window


def visits() -> list[Row]:
    stages: dict[str, Made] = {
        "review": {}, "departure": {"reason": "forgot"}, "arrival": {"reason": "forgot"}, "meeting": {"who": "contact"},
        "scope": {}, "start": {}, "observation": {}, "resumption": {}, "walk_through": {},
        "satisfaction": {"satisfied": True},
        "signature": {}, "parts": {}, "site_today": {}, "cleaning_up": {}, "payment": {"kind": "none", "reason": "x"},
        "completion": {"outcome": "fixed"}, "lateness": {"minutes": 15}, "turning_back": {"why": "slip"},
    }  # fmt: skip
    of: Made = {"kind": "visit", "key": "visit_id"}
    return [
        *(Row(n, "POST", **of, needs=STAGE_OR_CORRECT, body=_just(b), passes=(200, 409)) for n, b in stages.items()),
        Row("assignment", "POST", **of, needs=ASSIGN, body=_assignment, passes=(200, 409)),
        Row("swap", "POST", **of, needs=ASSIGN, body=lambda w, s: {"other_id": w.id("visit", _else(s))}),
        Row("move", "POST", **of, needs=BOOK, body=_move),
        Row("cancellation", "POST", **of, needs=BOOK, body=lambda w, s: {"by_whom": "us", "reason": "no part"}),
        Row("new_note", "POST", **of, needs=("book", "stage"), body=lambda w, s: {"words": "x"}),
        Row("new_handover", "POST", **of, needs=("stage", "assign"), body=_handover),
        Row(
            "acceptance",
            "POST",
            "handover",
            "handover_id",
            ("stage", "assign"),
            lambda w, s: {"reason": "x"},
            passes=(200, 409),
        ),
        Row("new_scope_of_work", "POST", "order", "order_id", BOOK, lambda w, s: {"scope_of_work": "x"}),
        Row("new_step", "POST", "visit", None, ("book", "stage"), _step),
        Row("hand", "POST", "step", "step_id", ("book", "staff", "stage"), lambda w, s: {"owner_role": "office"}),
        Row("step_done", "POST", "step", "step_id", ("book", "staff", "stage")),
    ]


def _just(body: Made) -> Any:
    return lambda w, s: body


def _assignment(w: World, s: str) -> Made:
    return {"technician_id": w.id("person", s if s != "none" else "own"), "anyway": "they insist"}


def _move(w: World, s: str) -> Made:
    return {"opens_at": "2026-11-03T09:00:00Z", "closes_at": "2026-11-03T11:00:00Z", "by_whom": "customer"}


def _handover(w: World, s: str) -> Made:
    to = {"own": "ade", "same": "zoe", "other": "bob", "none": "ade"}[s]
    return {"to_id": str(w.cast.people[to].id), "reason": "sick"}


def _step(w: World, s: str) -> Made:
    return {"visit_id": w.id("visit", s), "kind": "call", "due_at": "2026-11-03T09:00:00Z"}


def the_rest() -> list[Row]:
    told: Made = {"kind": "promise", "key": "promise_id"}
    return [
        Row("notice", "POST", **told, needs=("book", "stage"), body=lambda w, s: {"how": "spoken"}),
        Row("notice_withdrawal", "POST", **told, needs=("book", "stage")),
        Row("early_start", "POST", **told, needs=("book", "stage")),
        Row("release", "POST", **told, needs=BOOK),
        Row("void", "POST", **told, needs=BOOK, body=lambda w, s: {"reason": "twice"}),
        Row("done", "POST", **told, needs=("book", "stage"), passes=(422,)),
        Row("not_done", "POST", **told, needs=("book", "stage")),
        Row("settlement", "POST", "held", "held_id", ("settle",), lambda w, s: {"how": "declined", "words": "x"}),
        Row("new_file", "POST", "visit", None, ("stage", "book", "money"), _file),
        Row("new_chunk", "PUT", "file", "sha256", ("stage", "book", "money"), more={"number": 0, "raw": True}),
        Row("new_link", "POST", "visit", None, BOOK, _link),
        Row("revocation", "POST", "link", "link_id", BOOK),
        Row("commands", "POST", needs=("deliver",), body=lambda w, s: {"commands": []}, more={"delivers": True}),
    ]


def _file(w: World, s: str) -> Made:
    about = w.id("visit", s)
    return {"sha256": hashlib.sha256(about.encode()).hexdigest(), "size": 9, "kind": "image/png", "visit_id": about}


def _link(w: World, s: str) -> Made:
    return {"visit_id": w.id("visit", s), "expires_at": "2026-12-01T00:00:00Z"}


ROWS = [
    *lists(),
    *reads(),
    *company(),
    *customers(),
    *bookings(),
    *visits(),
    *the_rest(),
    *wording(),
    *written(),
    *roads(),
    *repairs(),
    *day_plans(),
    *times(),
    *learned(),
    *weights(),
]
# For everybody: what the API is, how to sign in, the demo's front door (shut elsewhere), the signature's specimen page.
PUBLIC = {"api:openapi-json", "api:openapi-view", "api:api-root", "tour:front", "tour:enter", "tour:customer",
    "tour:bad_hour", "tour:letters", "signature"} | {
    f"account_{name}"
    for name in (
        "login", "logout", "inactive", "signup", "reauthenticate", "email", "email_verification_sent",
        "change_password", "set_password", "reset_password", "confirm_login_code", "confirm_email",
        "reset_password_from_key", "reset_password_from_key_done", "reset_password_done",
    )
}  # fmt: skip
