"""Script cards: the list, and writing one for a stage, a branch and a kind of work (S0-32)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodword.crew.models import Branch
from goodword.faces.office.forms.wording import CardForm, WhichCardForm, as_facts
from goodword.faces.office.views.acting import Door, carry_out, posted
from goodword.faces.office.views.pages import show
from goodword.faces.office.views.staff import require_reader
from goodword.faces.office.views.wording import branch_of, may_write, require_writing, writable
from goodword.kit.refusals import NotFound, Refusal
from goodword.parts.doorway import SignedIn, back, door, signed_in
from goodword.parts.stations import STAGES
from goodword.visits.actions import set_script
from goodword.visits.models import Script, WorkType
from goodword.visits.queries import card_behind, cards_in_force, glossary, versions_of, work_types
from goodword.visits.rules import faults_of_line, filled
from goodword.worlds.cast.scripts import shipped_card

PAGE = 50  # ours
STAGE_WORDS = dict(STAGES)
ORDER = {name: n for n, (name, _words) in enumerate(STAGES)}
Lines = list[tuple[str, str]]


@dataclass(frozen=True)
class Which:
    """The card that a page is about."""

    stage: str
    branch: Branch | None
    work: WorkType | None

    @property
    def key(self) -> tuple[str, Any, str | None]:
        return self.stage, self.branch.id if self.branch else None, self.work.code if self.work else None

    @property
    def query(self) -> str:
        return query_of(*self.key)

    @property
    def for_whom(self) -> str:
        return for_whom(self.branch, self.work)


def query_of(stage: str, branch_id: Any, work: str | None) -> str:
    return urlencode({"stage": stage, "branch": branch_id or "", "work": work or ""})


def for_whom(branch: Branch | None, work: WorkType | None) -> str:
    """Aldermere, boiler service."""
    return f"{branch.name if branch else _('all branches')}, {work.name if work else _('all kinds of work')}"


@dataclass(frozen=True)
class Row:
    """One card of the list; ``faults``: how many lines could be plainer; ``query``: how to change it, for who may."""

    card: Script
    stage: Any
    for_whom: str
    lines: Lines
    faults: int
    query: str


@require_safe
@signed_in
def listing(request: SignedIn) -> HttpResponse:
    """By kind of work, each folded; or what ``?q=`` finds in the words and for whom they are; or the newest first."""
    viewer = request.viewer
    require_reader(viewer)
    text = request.GET.get("q", "").strip()[:200]
    sort = "newest" if request.GET.get("sort") == "newest" else "stage"
    words = glossary()
    rows = [_row(card, words, may_write(viewer, card.branch_id)) for card in cards_in_force(viewer)]
    rows = [row for row in rows if text.casefold() in _all_words(row)]
    rows.sort(key=_newest if sort == "newest" else _by_stage)
    folds = _by_work(rows) if sort == "stage" and not text else []
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    around = {"q": text, "sort": sort}
    branches = writable(viewer)
    works = [(w.code, w.name) for w in work_types()]
    context: dict[str, Any] = around | {
        "rows": page,
        "folds": folds,
        "which": WhichCardForm(branches=branches, works=works) if branches else None,
        "next_url": f"?{urlencode(around | {'page': page.next_page_number()})}" if page.has_next() else "",
        "first_url": f"?{urlencode(around)}" if page.has_previous() else "",
    }
    return show(request, "office/wording/cards.html", context)


def _row(card: Script, words: dict[str, str], may: bool) -> Row:
    faults = sum(1 for _kind, line in card.lines if faults_of_line(line, words))
    whom = for_whom(card.branch, card.work_type)
    query = query_of(card.stage, card.branch_id, card.work_type_id) if may else ""
    return Row(card, STAGE_WORDS[card.stage], whom, card.lines, faults, query)


def _all_words(row: Row) -> str:
    return " ".join([str(row.stage), row.for_whom, *(words for _kind, words in row.lines)]).casefold()


def _by_work(rows: list[Row]) -> list[tuple[str, list[Row], int]]:
    """(kind of work, its cards, how many of their lines could be plainer), what holds for all kinds first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.card.work_type.name if row.card.work_type else "", []).append(row)
    return [(name, found[name], sum(row.faults for row in found[name])) for name in sorted(found)]


def _by_stage(row: Row) -> Any:
    card = row.card
    return ORDER[card.stage], card.branch_id is not None, card.work_type_id is not None, row.for_whom


def _newest(row: Row) -> Any:
    return -row.card.written_at.timestamp(), str(row.card.id)


def _which(request: SignedIn) -> Which:
    """What the address names; whoever may not write it is told so."""
    stage, code = request.GET.get("stage", ""), request.GET.get("work", "").replace("\0", "")
    work = work_types().filter(code=code).first() if code else None
    if stage not in STAGE_WORDS or (code and work is None):
        raise NotFound
    branch = branch_of(request.viewer, request.GET.get("branch", ""))
    require_writing(request.viewer, branch.id if branch else None)
    return Which(stage, branch, work)


@require_http_methods(["GET", "POST"])
@signed_in
def card(request: SignedIn) -> HttpResponse:
    """Write a card: what is not plain is said beside the line, what was typed is kept (S0-32)."""
    which = _which(request)
    versions = list(versions_of(*which.key)[:2])
    own = versions[0] if versions and versions[0].lines else None
    counts = own or card_behind(*which.key)
    form = CardForm(posted(request), initial=as_facts(counts.lines if counts else []))
    if request.method == "POST" and "look" in request.POST:
        form.is_valid()
        return show(request, "office/wording/card.html", _context(request, which, form, versions))
    return carry_out(
        request,
        form,
        lambda _facts, at_door: _keep(request, which, form.lines(), at_door),
        template="office/wording/card.html",
        context=_context(request, which, form, versions),
        to=f"{reverse('office:script_card')}?{which.query}",
        says="",
    )


def _keep(request: SignedIn, which: Which, lines: Lines, at_door: Door) -> Script:
    kept = set_script(which.stage, lines, which.key[1], which.key[2], as_written=True, **at_door)
    words = glossary()
    plain = not any(faults_of_line(line, words) for _kind, line in lines)
    says = _("Kept.") if plain else _("Kept as you wrote it. Beside the line stands what would make it plainer.")
    messages.success(request, says, extra_tags="kept")
    return kept


def _context(request: SignedIn, which: Which, form: CardForm, versions: list[Script]) -> dict[str, Any]:
    words = glossary()
    rows = [
        (form[f"kind-{n}"], form[f"words-{n}"], faults_of_line(line, words) if line else [])
        for n, (_kind, line) in enumerate(form.typed())
    ]
    own = bool(versions and versions[0].lines)
    before = versions[1].lines if len(versions) > 1 else []
    return {
        "which": which,
        "stage_words": STAGE_WORDS[which.stage],
        "rows": rows,
        "own": own,
        "behind": _behind_words(which),
        "preview": _as_seen(request, form.lines()),
        "before": before if before and before != versions[0].lines else [],
        "before_facts": as_facts(before),
    }


def _as_seen(request: SignedIn, lines: Iterable[tuple[str, str]]) -> Lines:
    """As the technician reads it at a door."""
    names = {"customer": _("Mrs Bell"), "technician": request.viewer.person.name.split(" ")[0], "time": "11:30"}
    return [(kind, filled(words, names)) for kind, words in lines]


def _shipped(which: Which) -> Lines:
    """The card that came with Goodword for all branches; empty where there is none."""
    if which.branch is not None:
        return []
    return [*shipped_card(which.stage, which.key[2])]


def _behind_words(which: Which) -> str:
    """What would count without this card; nothing where the technician would see none."""
    if _shipped(which):
        return _("the card that came with Goodword")
    behind = card_behind(*which.key)
    if behind is None:
        return ""
    return _("the card for %(whom)s") % {"whom": for_whom(behind.branch, behind.work_type)}


@require_POST
@signed_in
def back_to_ours(request: SignedIn) -> HttpResponse:
    """The card that came with Goodword again; where none did, this one is taken back and the next counts."""
    which = _which(request)
    to = f"{reverse('office:script_card')}?{which.query}"
    if not versions_of(*which.key).exists():
        return redirect(to)
    try:
        set_script(which.stage, _shipped(which), which.key[1], which.key[2], as_written=True, **door(request))
    except Refusal as refusal:
        return back(request, to, refusal=refusal)
    return back(request, to, _("Taken back. What you had written stands below, to put it back."))
