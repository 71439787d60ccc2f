"""Script cards: which one counts for a visit, and in which words."""

from uuid import UUID

from django.db.models import Q, QuerySet

from goodword.crew.queries import Viewer
from goodword.visits.models import PlainWord, Script, Visit
from goodword.visits.rules import Stage, best_card, faults_of_card, glossary_of


def card_for(visit: Visit, stage: Stage) -> list[tuple[str, str]]:
    """What to do and what to say in a stage, at most five lines; empty where nothing was written."""
    here = Q(branch=None) | Q(branch=visit.branch_id)
    this = Q(work_type=None) | Q(work_type=visit.order.work_type_id)
    card = best_card(list(Script.objects.filter(here, this, stage=stage.value)))
    return [(kind, words) for kind, words in card.lines] if card is not None else []


def cards_in_force(viewer: Viewer) -> list[Script]:
    """The newest version of each card that the viewer may read and that was not taken back; by stage, one query."""
    rows = scripts_visible_to(viewer).select_related("branch", "work_type")
    newest = rows.order_by("stage", "branch_id", "work_type_id", "-version")
    return [card for card in newest.distinct("stage", "branch_id", "work_type_id") if card.lines]


def versions_of(stage: str, branch_id: UUID | None, work_type: str | None) -> QuerySet[Script]:
    """Every version of exactly this card, the newest first."""
    return Script.objects.filter(stage=stage, branch=branch_id, work_type=work_type).order_by("-version")


def card_behind(stage: str, branch_id: UUID | None, work_type: str | None) -> Script | None:
    """The card that counts where this one is not written."""
    here, this = Q(branch=None) | Q(branch=branch_id), Q(work_type=None) | Q(work_type=work_type)
    rows = Script.objects.filter(here, this, stage=stage).select_related("branch", "work_type")
    found: Script | None = best_card(
        [row for row in rows if (row.branch_id, row.work_type_id) != (branch_id, work_type)]
    )
    return found


def scripts_visible_to(viewer: Viewer) -> QuerySet[Script]:
    """The company's cards and those of the branches where the viewer has any role."""
    rows = Script.objects.all()
    return rows if viewer.works_in is None else rows.filter(Q(branch=None) | Q(branch__in=viewer.works_in))


def glossary() -> dict[str, str]:
    """What to say instead of which word: our list with the company's own lines on top."""
    return glossary_of(PlainWord.objects.values_list("word", "instead"))


def own_words() -> dict[str, str]:
    """The company's own lines of the glossary: word to what to say instead."""
    return dict(PlainWord.objects.values_list("word", "instead"))


def scripts_not_plain() -> list[tuple[Script, list[str]]]:
    """Cards that count and no longer pass the check, since a word was added to the glossary."""
    words = glossary()
    rows = Script.objects.order_by("stage", "branch_id", "work_type_id", "-version")
    newest = rows.distinct("stage", "branch_id", "work_type_id")
    return [(row, faults) for row in newest if (faults := faults_of_card(row.lines, words))]
