"""What is attached, on every face: whose it is (by the room of what it is attached to), who may, and how it is sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal
from uuid import UUID, uuid5

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from goodword.assets import queries as assets
from goodword.crew.models import Person
from goodword.crew.queries import Viewer, files_visible_to, people_visible_to, require, require_giving, roles_of
from goodword.crew.rules import Verb
from goodword.customers import queries as customers
from goodword.kit.attachments import FileNotHere, attach, attached_to
from goodword.kit.contents import ENDINGS, HEAD, check_content, kind_of
from goodword.kit.files import LARGEST, keep_opened, path_of
from goodword.kit.models import Attachment, File
from goodword.kit.refusals import BadInput, NotFound, Refusal
from goodword.visits import queries as visits

Kind = Literal["visit", "request", "workorder", "asset", "customer"]  # by the API; a person's picture by form only
UNSAID = {"", "application/octet-stream", "application/x-octet-stream"}
ALIKE = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/x-png": "image/png"}


@dataclass(frozen=True)
class Subject:
    """What something is attached to, as far as the viewer sees it."""

    kind: str
    row: Model
    branch_id: UUID | None
    own: bool = False

    def may_be_written_on(self, viewer: Viewer) -> bool:
        """Who plans or corrects at its branch; the technician on their own visit; on a person who gives their roles."""
        if self.kind == "person":
            return viewer.may(Verb.STAFF) and all(viewer.may_give(*held) for held in roles_of(self.row.pk))
        if self.own and viewer.may(Verb.STAGE, self.branch_id):
            return True
        return viewer.may(Verb.BOOK, self.branch_id) or viewer.may(Verb.CORRECT, self.branch_id)

    def require(self, viewer: Viewer) -> None:
        if self.kind == "person":
            require_giving(viewer, roles_of(self.row.pk))
        elif not self.may_be_written_on(viewer):
            require(viewer, Verb.BOOK, self.branch_id)


def subject_of(viewer: Viewer, kind: str, row_id: UUID) -> Subject:
    """A visible row by its kind and id, or 404. Kinds: visit, request, workorder, asset, customer, person."""
    named = visits.customer_ids_of(viewer) if viewer.is_technician else None
    rows: dict[str, QuerySet[Any]] = {
        "visit": visits.visible_to(viewer),
        "request": visits.requests_visible_to(viewer),
        "workorder": visits.orders_visible_to(viewer),
        "asset": assets.visible_to(viewer, named),
        "customer": customers.visible_to(viewer, named),
        "person": people_visible_to(viewer),
    }
    row = rows[kind].filter(id=row_id).first() if kind in rows else None
    if row is None:
        raise NotFound
    if kind == "person":
        return of_person(row)
    branch_id = row.site.customer.branch_id if kind == "asset" else row.branch_id
    return Subject(kind, row, branch_id, kind == "visit" and row.technician_id == viewer.person.id)


def of_person(person: Person) -> Subject:
    """Somebody's picture is of the branch they work in, or of the whole company."""
    return Subject(
        "person", person, next((branch for _role, branch in roles_of(person.id) if branch is not None), None)
    )


def attachment_for(viewer: Viewer, attachment_id: UUID) -> tuple[Attachment, Subject]:
    """An attachment with what it is on, or 404: who does not see the one does not see the other."""
    rows = Attachment.objects.select_related("file", "view", "thumb")
    row = rows.filter(id=attachment_id).first()
    if row is None:
        raise NotFound
    return row, subject_of(viewer, row.about_kind, row.about_id)


@dataclass(frozen=True)
class Shown:
    """One attachment on a page, with who put it there."""

    row: Attachment
    by: str

    @property
    def title(self) -> str:
        return str(self.row.words or self.row.name or _("Without a name"))


def files_on(viewer: Viewer, subject: Subject, ids: Iterable[UUID] = ()) -> dict[str, Any]:
    """What ``parts/files.html`` needs: the files, and whether the viewer may add to them.

    ``ids``: further rows whose files are read with it, of the same kind (a customer's whole family).
    """
    may = subject.may_be_written_on(viewer)
    rows = list(attached_to(subject.kind, [subject.row.pk, *ids], withdrawn=may))
    by = {row.added_by for row in rows if row.added_by is not None}
    names = dict(people_visible_to(viewer).filter(id__in=by).values_list("id", "name")) if rows else {}
    shown = [Shown(row, names.get(row.added_by, "") if row.added_by else "") for row in rows]
    return {
        "files": [one for one in shown if one.row.withdrawn_at is None],
        "files_away": [one for one in shown if one.row.withdrawn_at is not None],
        "may_attach": may,
        "files_on": subject,
    }


def take_all(request: HttpRequest, subject: Subject, door: dict[str, Any]) -> tuple[int, list[str]]:
    """Attach every file of a form by itself; how many are kept, and a sentence for each that is not.

    Files that a script has sent in chunks before come as ``sha256`` with ``name``; without a script they are in the
    form. The form sent twice attaches nothing twice.
    """
    words, shown = request.POST.get("words", ""), request.POST.get("for_customer") == "yes"
    kept, refused = 0, list[str]()
    for name, find in _sent(request, subject, door):
        try:
            file = find()
            once = door | {"command": uuid5(door["command"], file.sha256)}
            attach(file.sha256, subject.row, subject.branch_id, name, words, shown and is_picture(file), **once)
        except Refusal as refusal:
            refused.append(_("%(name)s was not kept. %(why)s") % {"name": name or _("A file"), "why": refusal.detail})
        else:
            kept += 1
    if not kept and not refused:
        raise BadInput("file", _("Choose a file first."))
    return kept, refused


def is_picture(file: File) -> bool:
    return file.kind.startswith("image/")


def _sent(request: HttpRequest, subject: Subject, door: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    names = request.POST.getlist("name")
    for n, sha256 in enumerate(request.POST.getlist("sha256")):
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        yield names[n] if n < len(names) else "", partial(file_here, viewer, sha256)
    for sent in request.FILES.getlist("file"):
        yield str(sent.name), partial(_kept, sent, subject, door)


def file_here(viewer: Viewer, sha256: str) -> File:
    """A file that the viewer may know of: a hash alone opens nothing of another branch."""
    file = files_visible_to(viewer).filter(sha256=sha256).first()
    if file is None:
        raise FileNotHere
    return file


def _kept(sent: "UploadedFile[Any]", subject: Subject, door: dict[str, Any]) -> File:
    if not 0 < (sent.size or 0) <= LARGEST:
        raise BadInput("size", _("A file holds between 1 byte and 60 MB."))
    head = sent.read(HEAD)
    sent.seek(0)
    said = (sent.content_type or "").lower()
    kind = kind_of(head) if said in UNSAID else ALIKE.get(said, said)
    check_content(kind, head)
    return keep_opened(sent, kind, subject.branch_id, by=door["by"], at=door["at"])  # type: ignore[arg-type]


def sent_file(row: Attachment, size: str) -> FileResponse:
    """The bytes: ``original`` to be saved only; ``view`` and ``small``, which we have written ourselves, in place.

    Raises
    ------
    NotFound
        There is no such size of it, or it was withdrawn.
    """
    file = {"original": row.file, "view": row.view, "small": row.thumb}.get(size)
    if file is None or row.withdrawn_at is not None:
        raise NotFound
    saved = size == "original"
    name = f"{row.file.sha256[:16]}.{ENDINGS[file.kind]}"
    response = FileResponse(path_of(file).open("rb"), as_attachment=saved, filename=name, content_type=file.kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store" if saved else "private, max-age=600"
    return response
