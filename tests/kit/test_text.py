"""What people type is kept as they mean it, or refused with words."""

import pytest

from goodword.kit.refusals import BadInput
from goodword.kit.text import LINE, NOTE, clean, fold


@pytest.mark.parametrize(
    "name",
    [
        "O'Brien",
        "Null",
        "Test",
        "X",
        "Nguyễn",
        "عائشة",
        "👩‍👩‍👧 Family",
        "<img onerror>",
        "${jndi:ldap}",
        "{{7*7}}",
        "%s",
    ],
)
def test_a_name_is_whatever_somebody_is_called(name):
    assert clean(name, "name") == name


@pytest.mark.parametrize("text", ["a\x00b", "\x00", "\ud800", "x\udfff"])
def test_what_cannot_be_kept_is_refused(text):
    with pytest.raises(BadInput):
        clean(text, "name")


def test_both_forms_of_an_accent_are_one():
    assert clean("e\u0301", "name") == clean("é", "name")
    assert fold("Émile  STRASSE") == fold("e\u0301mile straße")


@pytest.mark.parametrize("text", ["a\r\nBcc: b", "a\nb", "a\u2028b", "a\tb"])
@pytest.mark.parametrize("limit", [LINE, 60])
def test_a_line_stays_one_line(text, limit):
    assert "\n" not in clean(text, "subject", limit=limit)
    assert len(clean(text, "subject", limit=limit).splitlines()) == 1


def test_marks_that_turn_text_around_are_taken_out_of_a_line():
    assert clean("gpj\u202eexe", "name") == "gpjexe"


def test_a_note_keeps_its_lines():
    assert clean("a\n\nb", "note", limit=NOTE) == "a\n\nb"


@pytest.mark.parametrize(("length", "kept"), [(LINE, True), (LINE + 1, False)])
def test_nothing_is_cut_off_silently(length, kept):
    if kept:
        assert len(clean("x" * length, "name")) == length
    else:
        with pytest.raises(BadInput, match="201 characters"):
            clean("x" * length, "name")


def test_what_is_needed_is_asked_for():
    with pytest.raises(BadInput):
        clean(" \u200e ", "name", needed=True)
    assert clean(None, "name") == ""
