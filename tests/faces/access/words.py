"""Routes of the API about words: what we say on cards and until we come, and what is written down."""

from typing import Any

from tests.faces.access.table import Row
from tests.faces.access.world import World

from goodword.kit.models import Attachment

Made = dict[str, Any]


def wording() -> list[Row]:
    return [
        Row("new_script", "POST", "branch", None, ("settings", "staff"), _script),
        Row("new_plain_word", "POST", needs=("settings",), body=lambda w, s: {"word": "x", "instead": "y"}),
        Row("new_advice", "POST", "branch", None, ("settings", "staff"), _advice),
        Row("advice_back_to_ours", "POST", "branch", None, ("settings", "staff"), _harm),
        Row("script_back_to_ours", "POST", "branch", None, ("settings", "staff"), _card, passes=(201, 404)),
        Row("plain_word_back_to_ours", "POST", needs=("settings",), body=lambda w, s: {"word": "x"}, passes=(404,)),
    ]


def _script(w: World, s: str) -> Made:
    return {"stage": "work", "branch_id": w.id("branch", s), "lines": [{"kind": "do", "words": "See it work."}]}


def _advice(w: World, s: str) -> Made:
    return {"harm": "gas", "branch_id": w.id("branch", s), "lines": ["Leave the house."]}


def _harm(w: World, s: str) -> Made:
    return {"harm": "gas", "branch_id": w.id("branch", s)}


def _card(w: World, s: str) -> Made:
    return {"stage": "arrive", "branch_id": w.id("branch", s)}


def written() -> list[Row]:
    """Notes, talks on the phone and files on a row, here on a visit and its customer."""
    note: Made = {"kind": "note", "key": "note_id", "needs": ("book", "correct", "stage")}
    call: Made = {"kind": "call", "key": "call_id", "needs": ("book", "correct")}
    file: Made = {"kind": "attachment", "key": "attachment_id", "needs": ("stage", "book", "correct")}
    on: Made = {"kind": "customer", "key": "customer_id", "needs": ("book", "correct")}
    said = {"we_called": True, "theirs": "x", "words": "x"}
    return [
        Row("list_notes", kind="visit", query=lambda w, s: {"visit_id": w.id("visit", s)}),
        Row("list_calls", kind="customer", query=lambda w, s: {"customer_id": w.id("customer", s)}),
        Row("list_attachments", kind="visit", query=_on_visit),
        Row("new_customer_note", "POST", **on, body=lambda w, s: {"words": "x"}),
        Row("new_call", "POST", **on, body=lambda w, s: said),
        Row("note_correction", "POST", **note, body=lambda w, s: {"words": "x"}),
        Row("note_withdrawal", "POST", **note),
        Row("call_withdrawal", "POST", **call),
        Row("new_attachment", "POST", "visit", None, ("stage", "book", "correct"), _attachment),
        Row("attachment_showing", "POST", **file, body=lambda w, s: {"shown": False}),
        Row("attachment_withdrawal", "POST", **file),
    ]


def _on_visit(w: World, s: str) -> Made:
    return {"about_kind": "visit", "about_id": w.id("visit", s)}


def _attachment(w: World, s: str) -> Made:
    photo = Attachment.objects.get(id=w.id("attachment", s if s != "none" else "own"))
    return _on_visit(w, s) | {"sha256": photo.file_id}
