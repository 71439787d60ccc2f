"""What we say until we come, for each kind of trouble: the branch's words, else the company's, else ours (S1-3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodword.crew import queries as crew
from goodword.crew.models import Branch
from goodword.faces.office.forms.wording import AdviceForm
from goodword.faces.office.views.acting import Door, carry_out, posted
from goodword.faces.office.views.pages import show
from goodword.faces.office.views.staff import require_reader
from goodword.faces.office.views.wording import branch_of, may_write, require_writing
from goodword.kit.refusals import NotFound, Refusal
from goodword.parts.doorway import SignedIn, back, door, signed_in
from goodword.visits.actions.calls import drop_advice, set_advice
from goodword.visits.models import InterimAdvice
from goodword.visits.models.calls import Harm
from goodword.visits.queries import glossary
from goodword.visits.queries.advice import advice_in_force
from goodword.visits.rules import faults_of_line

SENTENCE, LENGTH = 20, 200  # ours: read out on the phone, not at a glance; words a sentence, letters a line
WHOSE = {"branch": lazy("this branch’s"), "company": lazy("the company’s"), "ours": lazy("ours")}


def _faults(lines: list[str]) -> list[tuple[str, list[str]]]:
    words = glossary()
    found = [(line, faults_of_line(line, words, length=LENGTH, sentence=SENTENCE)) for line in lines]
    return [(line, faults) for line, faults in found if faults]


@require_safe
@signed_in
def listing(request: SignedIn) -> HttpResponse:
    """In the order of the intake form; ``?q=`` looks in the words."""
    viewer = request.viewer
    require_reader(viewer)
    branch = branch_of(viewer, request.GET.get("branch", ""))
    text = request.GET.get("q", "").strip()[:200]
    said = advice_in_force(branch.id if branch else None).values()
    rows = [(one, Harm(one.harm).label, WHOSE[one.whose]) for one in said]
    rows = [row for row in rows if text.casefold() in " ".join([str(row[1]), *row[0].lines]).casefold()]
    context: dict[str, Any] = {
        "q": text,
        "branch": branch,
        "branches": list(crew.branches_visible_to(viewer)),
        "rows": rows,
        "may_write": may_write(viewer, branch.id if branch else None),
    }
    return show(request, "office/wording/advice_list.html", context)


def _about(request: SignedIn, harm: str) -> Branch | None:
    if harm not in Harm.values:
        raise NotFound
    branch = branch_of(request.viewer, request.GET.get("branch", ""))
    require_writing(request.viewer, branch.id if branch else None)
    return branch


def _address(name: str, branch: Branch | None, **kwargs: str) -> str:
    return reverse(name, kwargs=kwargs) + (f"?{urlencode({'branch': str(branch.id)})}" if branch else "")


@require_http_methods(["GET", "POST"])
@signed_in
def one(request: SignedIn, harm: str) -> HttpResponse:
    """Write it anew. What is not plain is said beside it and never in the way."""
    branch = _about(request, harm)
    branch_id = branch.id if branch else None
    said = advice_in_force(branch_id, [harm])[harm]
    behind = advice_in_force(None, [harm])[harm] if branch else None
    form = AdviceForm(posted(request), initial={"lines": "\n".join(said.lines)})
    looks = request.method == "POST" and "look" in request.POST
    context = {
        "harm": harm,
        "title": Harm(harm).label,
        "branch": branch,
        "whose": WHOSE[said.whose],
        "own": said.whose == ("branch" if branch else "company"),
        "behind": WHOSE[behind.whose] if behind else WHOSE["ours"],
        "faults": _faults(form.said()),
        "preview": form.said(),
    }
    if looks:
        return show(request, "office/wording/advice.html", context | {"form": form})
    return carry_out(
        request,
        form,
        lambda _facts, at_door: _keep(request, harm, branch, form.said(), at_door),
        template="office/wording/advice.html",
        context=context,
        to=_address("office:advice_text", branch, harm=harm),
        says="",
    )


def _keep(request: SignedIn, harm: str, branch: Branch | None, lines: list[str], at_door: Door) -> InterimAdvice:
    kept = set_advice(harm, branch.id if branch else None, lines, **at_door)
    says = _("Kept.")
    if not lines:
        says = _("Kept: nothing is said for this.")
    elif _faults(lines):
        says = _("Kept as you wrote it. Beside it stands what would make it plainer.")
    messages.success(request, says, extra_tags="kept")
    return kept


@require_POST
@signed_in
def back_to_ours(request: SignedIn, harm: str) -> HttpResponse:
    """The branch says the company's words again, the company ours."""
    branch = _about(request, harm)
    branch_id = branch.id if branch else None
    to = _address("office:advice_text", branch, harm=harm)
    if advice_in_force(branch_id, [harm])[harm].whose != ("branch" if branch else "company"):
        return redirect(to)
    try:
        drop_advice(harm, branch_id, **door(request))
    except Refusal as refusal:
        return back(request, to, refusal=refusal)
    return back(request, to, _("Taken back."))
