"""The addresses of what is attached, shared by the desk and the phone: add, look, show to the customer, take away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from goodword.kit.attachments import restore, show_to_customer, withdraw
from goodword.kit.refusals import NotFound, Refusal
from goodword.parts.attached import attachment_for, sent_file, subject_of, take_all
from goodword.parts.doorway import SignedIn, back, door, signed_in


@require_POST
@signed_in
def add(request: SignedIn, kind: str, row_id: UUID) -> HttpResponse:
    """Files of a form, or names of files that came in chunks. Each is kept or refused by itself."""
    subject = subject_of(request.viewer, kind, row_id)
    subject.require(request.viewer)
    try:
        kept, refused = take_all(request, subject, door(request))
    except Refusal as refusal:
        return back(request, "/", refusal=refusal)
    for words in refused:
        messages.error(request, words, extra_tags="broken")
    says = ngettext("%(n)d file is kept.", "%(n)d files are kept.", kept) % {"n": kept}
    return back(request, "/", says if kept else "")


@require_safe
@signed_in
def file(request: SignedIn, attachment_id: UUID, size: str) -> HttpResponse:
    """The file as it came (to be saved), or our picture of it, large or small."""
    row, _subject = attachment_for(request.viewer, attachment_id)
    return sent_file(row, size)  # type: ignore[return-value]  # a stream of bytes


@require_POST
@signed_in
def showing(request: SignedIn, attachment_id: UUID) -> HttpResponse:
    """Put a photo on the customer's page (``shown`` = yes), or take it off."""
    row, subject = attachment_for(request.viewer, attachment_id)
    subject.require(request.viewer)
    shown = request.POST.get("shown") == "yes"
    try:
        show_to_customer(row.id, shown, **door(request))
    except NotFound:
        raise
    except Refusal as refusal:
        return back(request, "/", refusal=refusal)
    return back(request, "/", _("The customer sees it now.") if shown else _("The customer does not see it any more."))


@require_POST
@signed_in
def withdrawal(request: SignedIn, attachment_id: UUID) -> HttpResponse:
    """Take it away (it can be taken back), or with ``undo`` = yes put it back."""
    row, subject = attachment_for(request.viewer, attachment_id)
    subject.require(request.viewer)
    if request.POST.get("undo") == "yes":
        restore(row.id, **door(request))
        return back(request, "/", _("It is back."))
    withdraw(row.id, **door(request))
    return back(request, "/", _("Taken away. It can be put back below."))
