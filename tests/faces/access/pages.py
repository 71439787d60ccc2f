"""Every page of the office and of the technician, with who gets what. The customer's pages: by their link, below."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tests.faces.access.principals import Principal
from tests.faces.access.table import SEES, Row
from tests.faces.access.world import World

NO_CLOSURE = {"kwargs": {"closure_id": "00000000-0000-7000-8000-000000000000"}}  # nothing is closed without roads
WENT_WELL = (200, 302, 409, 422)  # a page, a way on, or the form again with what is wrong


@dataclass(frozen=True)
class Page(Row):
    """A page: who is not signed in is sent to sign in (here 401). ``desk``: only for people who read a branch.

    ``refused``: what those get who lack the verb; 404 for a page that is not theirs to see.
    """

    passes: tuple[int, ...] = WENT_WELL
    desk: bool = True
    refused: int = 403

    def expected(self, who: Principal, scope: str) -> tuple[int, ...]:
        if not who.is_let_in or who.scopes is not None:
            return (401,)
        if self.desk and who.role in {"technician", "admin"}:
            return (404,)
        if self.kind and scope not in SEES[self.kind][who.role or ""]:
            return (404,)
        return self.passes if not self.needs or who.may(self.needs) else (self.refused,)


def both(route: str, kind: str | None, *needs: str, **more: Any) -> list[Row]:
    """A form: looked at and sent."""
    key = f"{kind}_id" if kind else None
    page = Page(f"office:{route}", "GET", kind, key, needs, **more)
    return [page, replace(page, method="POST")]


def get(route: str, kind: str | None = None, *needs: str, **more: Any) -> Row:
    return both(route, kind, *needs, **more)[0]


def post(route: str, kind: str, *needs: str, **more: Any) -> Row:
    return both(route, kind, *needs, **more)[1]


Query = Callable[[World, str], dict[str, Any]]


def asking(**query: str) -> Query:
    return lambda w, s: query


def office() -> list[Row]:
    return [
        get("today", desk=False),
        get("settings", None, "see-staff", desk=False, passes=(200,), refused=404),
        get("search", query=asking(q="kanarienvogel")),
        get("customers", query=asking(q="kanarienvogel")),
        get("intake"),
        get("held"),
        get("lookup", query=asking(q="kanarienvogel", customer="kanarienvogel", name="kanarienvogel")),
        get("addresses", query=asking(q="tanner", address="tanner", street="tanner")),
        *mended(),
        *planned(),
        *both("new_request", None, "book"),
        *both("new_customer", None, "book"),
        get("closures"),
        *both("new_closure", None, "assign"),
        Page("office:open_closure", "POST", needs=("assign",), passes=(404,), more=NO_CLOSURE),
    ]


def mended() -> list[Row]:
    """Ways to mend the day of the branch in the address."""
    page = both("mending", "branch", "assign", query=lambda w, s: {"branch": w.id("branch", s)}, passes=(200, 422))
    return [replace(row, key=None) for row in page]


def planned() -> list[Row]:
    """Plans of a day to come, of the branch in the address."""
    page = both("plan", "branch", "assign", query=lambda w, s: {"branch": w.id("branch", s), "day": "2026-11-04"})
    evening = post("plan_evening", "branch", "settings", "staff", query=lambda w, s: {"branch": w.id("branch", s)})
    pressed = [post(f"plan_{name}", "plan", "assign") for name in ("stop", "publication", "discarding", "taken_back")]
    learned = get("learned", "branch", "settings", "staff", query=lambda w, s: {"branch": w.id("branch", s)})
    weights = both("weights", "branch", "settings", "staff", query=lambda w, s: {"branch": w.id("branch", s)})
    return [*(replace(row, key=None) for row in [*page, evening, learned, *weights]), *pressed]


def company() -> list[Row]:
    """People, their time, kinds of work: read by who sees staff, changed by who may."""
    seen: dict[str, Any] = {"desk": False, "passes": (200,), "refused": 404}
    return [
        get("people", None, "see-staff", **seen),
        *both("new_person", None, "staff", desk=False),
        get("person", "person", "see-staff", **seen),
        *both("person_details", "person", "staff", desk=False),
        post("leaving", "person", "staff", desk=False),
        post("back_again", "person", "staff", desk=False),
        *both("shifts", "person", "shifts", desk=False),
        post("remove_shifts", "person", "shifts", desk=False),
        *both("new_absence", "person", "shifts", desk=False),
        get("absence", "absence", "see-staff", **seen),
        post("end_absence", "absence", "shifts", desk=False),
        get("work_types", None, "see-staff", **seen),
        *both("new_work_type", None, "settings", desk=False),
        *both("work_type", None, "settings", desk=False, more={"kwargs": {"code": "leak"}}),
        *wording(seen),
    ]


def wording(seen: dict[str, Any]) -> list[Row]:
    """What we say: a branch's own words by who staffs it, the company's by who sets up."""
    gas: dict[str, Any] = {"more": {"kwargs": {"harm": "gas"}}}

    def written(route: str, **more: Any) -> list[Row]:
        rows = both(route, "branch", "settings", "staff", desk=False, query=of_branch, **more)
        return [replace(row, key=None) for row in rows]

    return [
        get("script_cards", None, "see-staff", **seen),
        *written("script_card"),
        written("script_card_back")[1],
        get("plain_words", None, "see-staff", **seen),
        replace(post("plain_words", "branch", "settings", desk=False), kind=None, key=None),
        replace(post("plain_word_back", "branch", "settings", desk=False), kind=None, key=None, passes=(404,)),
        get("advice_texts", None, "see-staff", **seen),
        *written("advice_text", **gas),
        written("advice_back", **gas)[1],
    ]


def of_branch(world: World, scope: str) -> dict[str, Any]:
    return {"stage": "arrive", "branch": world.id("branch", scope)}


def visits() -> list[Row]:
    return [
        get("visit", "visit", desk=False),
        *both("note", "visit", "book", "correct", desk=False),
        *both("assignment", "visit", "assign"),
        *both("swap", "visit", "assign"),
        *both("move", "visit", "book"),
        *both("move_by_hand", "visit", "book"),
        *both("cancellation", "visit", "book"),
        *both("arrival", "visit", "correct"),
        *both("lateness", "visit", "correct"),
        *both("turning_back", "visit", "correct"),
        *both("handover", "visit", "assign"),
        post("telling", "visit", "book"),
        post("telling_back", "visit", "book"),
        get("agreed", "visit"),
        *both("acceptance", "handover", "assign"),
    ]


def bookings() -> list[Row]:
    return [
        get("request", "request"),
        post("make_offer", "request", "book"),
        post("advised", "request", "book"),
        *both("by_hand", "request", "assign"),
        *both("call_back", "request", "book"),
        *both("closing", "request", "book"),
        replace(post("called", "callback", "book"), key="promise_id"),
        replace(post("not_called", "callback", "book"), key="promise_id"),
        get("offer", "offer"),
        post("hold", "option", "book"),
        post("let_go", "option", "book"),
        post("choice", "option", "book"),
    ]


def customers() -> list[Row]:
    return [
        get("steps", query=asking(q="kanarienvogel")),
        post("step_done", "step", "book", "staff"),
        post("step_undone", "step", "book", "staff"),
        get("customer", "customer"),
        *both("details", "customer", "book"),
        *both("new_contact", "customer", "book"),
        *both("new_site", "customer", "book"),
        *both("merge", "customer", "merge"),
        post("unmerge", "customer", "merge"),
        *both("contact", "contact", "book"),
        post("end_contact", "contact", "book"),
        *both("new_channel", "contact", "book"),
        *both("consent", "channel", "book"),
        post("end_channel", "channel", "book"),
        *both("site", "site", "book"),
        *both("facts", "site", "book"),
        post("customer_note", "customer", "book", "correct"),
        *both("new_call", "customer", "book", "correct"),
        post("call_withdrawal", "call", "book", "correct"),
        post("note_correction", "note", "book", "correct", "stage", desk=False),
        post("note_withdrawal", "note", "book", "correct", "stage", desk=False),
        get("asset", "asset"),
        get("held_one", "held"),
        post("held_one", "held", "settle"),
    ]


def technician() -> list[Row]:
    """Their own face. Who reads the branch may look; only who may correct writes for them, in the office."""
    of: dict[str, Any] = {"kind": "visit", "key": "visit_id", "desk": False}
    step = {"kwargs": {"step": "review"}}
    return [
        Page("technician:today", desk=False),
        Page("technician:visit", **of),
        Page("technician:ending", **of),
        Page("technician:turned", **of, needs=("stage", "correct")),
        Page("technician:turned", "POST", **of, needs=("stage", "correct")),
        Page("technician:step", "POST", **of, needs=("stage", "correct"), more=step),
        Page("technician:lateness", "POST", **of, needs=("stage", "correct")),
        Page("technician:turning_back", "POST", **of, needs=("stage", "correct")),
        Page("technician:completion", "POST", **of, needs=("stage", "correct")),
        Page("technician:next_step", "POST", **of, needs=("stage", "correct")),
        Page("technician:note_correction", "POST", "note", "note_id", ("stage", "correct"), desk=False),
        Page("technician:note", "POST", **of, needs=("stage", "correct")),
        Page("technician:accept", "POST", "handover", "handover_id", ("stage", "assign"), desk=False),
    ]


def files() -> list[Row]:
    """What is attached, here to a visit: seen by who sees the visit."""
    write: dict[str, Any] = {"needs": ("stage", "book", "correct"), "desk": False}
    of = {"kind": "attachment", "key": "attachment_id"}
    return [
        Page("files:add", "POST", "visit", "row_id", **write, more={"kwargs": {"kind": "visit"}}),
        Page("files:file", **of, desk=False, more={"kwargs": {"size": "original"}}),
        Page("files:showing", "POST", **of, **write),
        Page("files:withdrawal", "POST", **of, **write),
    ]


PAGES = [*files(), *office(), *company(), *visits(), *bookings(), *customers(), *technician()]
# Reached by the secret in their address; tests/faces/test_access_matrix.py asks each with every kind of link.
BY_LINK = {"portal:visit": "GET", "portal:times": "POST", "portal:choice": "POST", "portal:cancellation": "POST"}
BY_LINK |= {"portal:photo": "GET", "portal:portrait": "GET"}
BY_LINK |= {"portal:satisfaction": "POST", "portal:undoing": "POST"}
