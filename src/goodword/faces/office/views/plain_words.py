"""The glossary: words of the trade, and what we say instead."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodword.crew.queries import require
from goodword.crew.rules import Verb
from goodword.faces.office.forms.wording import WordForm
from goodword.faces.office.views.acting import carry_out, posted
from goodword.faces.office.views.staff import require_reader
from goodword.kit.refusals import NotFound, Refusal
from goodword.parts.doorway import SignedIn, back, door, signed_in
from goodword.visits.actions import drop_plain_word, set_plain_word
from goodword.visits.queries import glossary, own_words
from goodword.visits.rules import JARGON

PAGE = 100  # ours


@require_http_methods(["GET", "POST"])
@signed_in
def listing(request: SignedIn) -> HttpResponse:
    """By alphabet, or the company's own first; ``?q=`` looks on both sides, ``?word=`` fills the form."""
    may = request.viewer.may(Verb.SETTINGS)
    if request.method == "POST":
        require(request.viewer, Verb.SETTINGS)
    require_reader(request.viewer)
    text = request.GET.get("q", "").strip()[:200]
    sort = "own" if request.GET.get("sort") == "own" else "word"
    own = own_words()
    rows = [
        (word, instead, word in own, word in JARGON)
        for word, instead in glossary().items()
        if text.casefold() in f"{word} {instead}".casefold()
    ]
    if sort == "own":
        rows.sort(key=lambda row: (not row[2], row[0]))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    around = {"q": text, "sort": sort}
    wanted = request.GET.get("word", "")
    form = WordForm(posted(request), initial={"word": wanted, "instead": own.get(wanted, JARGON.get(wanted, ""))})
    context: dict[str, Any] = around | {
        "rows": page,
        "may_write": may,
        "next_url": f"?{urlencode(around | {'page': page.next_page_number()})}" if page.has_next() else "",
        "first_url": f"?{urlencode(around)}" if page.has_previous() else "",
    }
    return carry_out(
        request,
        form,
        lambda facts, at_door: set_plain_word(facts["word"], facts["instead"], **at_door),
        template="office/wording/words.html",
        context=context,
        to=reverse("office:plain_words"),
        says=_("Kept."),
    )


@require_POST
@signed_in
def back_to_ours(request: SignedIn) -> HttpResponse:
    """Our line of the list counts again; a word that only the company had is fine again."""
    require(request.viewer, Verb.SETTINGS)
    to, word = reverse("office:plain_words"), request.POST.get("word", "").replace("\0", "")
    was = own_words().get(word)
    try:
        drop_plain_word(word, **door(request))
    except NotFound:
        raise
    except Refusal as refusal:
        return back(request, to, refusal=refusal)
    return back(request, f"{to}?{urlencode({'word': word})}", _("Taken back; it was “%(was)s”.") % {"was": was})
