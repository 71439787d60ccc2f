"""Notes and talks on the phone: written down, corrected, withdrawn and taken back; the words can be erased."""

import pytest
from tests.cast import Cast, at, door

from goodword.kit.models import Event
from goodword.kit.refusals import BadInput, NotFound
from goodword.visits import actions as visits
from goodword.visits.errors import NoteReplaced
from goodword.visits.models import Call, Note, Visit
from goodword.visits.queries import calls_with, notes_about


def test_a_correction_takes_the_place_and_what_was_written_first_stays(cast: Cast, visit: Visit) -> None:
    first = visits.add_note(visit.id, "The valve is left.", **door(cast.sam))

    new = visits.correct_note(first.id, "The valve is right.", **door(cast.sam))

    assert [n.words for n in notes_about([visit.id])] == ["The valve is right."]
    assert new.corrects == first
    assert list(Note.objects.standing()) == [new]
    with pytest.raises(NoteReplaced):
        visits.correct_note(first.id, "Neither.", **door(cast.sam))
    assert Event.objects.get(name="note.corrected").facts == {"visit": str(visit.id)}


def test_the_same_words_again_are_no_correction(cast: Cast, visit: Visit) -> None:
    note = visits.add_note(visit.id, "Ring twice.", **door(cast.sam))

    assert visits.correct_note(note.id, " Ring twice. ", **door(cast.sam)) == note
    assert not Event.objects.filter(name="note.corrected").exists()


def test_withdrawn_can_be_taken_back(cast: Cast, visit: Visit) -> None:
    note = visits.add_note(visit.id, "Wrong house.", **door(cast.sam))

    for _n in range(2):
        visits.withdraw_note(note.id, **door(cast.sam))
    assert not Note.objects.standing().exists()
    with pytest.raises(NoteReplaced):
        visits.correct_note(note.id, "Else.", **door(cast.sam))
    visits.withdraw_note(note.id, undo=True, **door(cast.sam))

    assert Note.objects.standing().get() == note
    names = Event.objects.filter(name__startswith="note.").order_by("id").values_list("name", flat=True)
    assert list(names) == ["note.added", "note.withdrawn", "note.restored"]


def test_a_note_on_a_customer_is_of_their_branch(cast: Cast) -> None:
    note = visits.add_customer_note(cast.petrov.id, "Prefers mornings.", **door(cast.tom))

    event = Event.objects.get(name="note.added")
    assert (event.scope, event.facts) == (cast.kilnsea.id, {"customer": str(cast.petrov.id)})
    assert notes_about(customers=[cast.petrov.id]) == [note]


def test_a_call_is_kept_with_who_when_what_and_how_long(cast: Cast, visit: Visit) -> None:
    customer = visit.order.customer

    call = visits.log_call(
        customer.id, True, "her son", "She is at work.", 240, visit.id, **door(cast.priya, at("09:05"))
    )

    assert (call.ours, call.at, call.minutes) == (cast.priya, at("09:05"), 4)
    assert calls_with([customer.id]) == calls_with(visits=[visit.id]) == [call]
    event = Event.objects.get(name="call.logged")
    assert event.facts == {"visit": str(visit.id), "we_called": True, "lasted_s": 240}
    assert "work" not in str(event.facts)

    visits.withdraw_call(call.id, **door(cast.priya))
    assert not Call.objects.standing().exists()
    visits.withdraw_call(call.id, undo=True, **door(cast.priya))
    assert Call.objects.standing().get() == call


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ""}, {"words": " \n"}, {"words": "a\0b"}, {"words": "x" * 20_001}, {"theirs": ""},
        {"theirs": "x" * 201}, {"lasted_s": -1}, {"lasted_s": 43_201},
    ],
)  # fmt: skip
def test_a_call_that_cannot_be_kept_says_why(cast: Cast, visit: Visit, wrong: dict[str, object]) -> None:
    facts: dict[str, object] = {
        "we_called": False,
        "theirs": "Mr Finch",
        "words": "He asked.",
        "lasted_s": None,
    } | wrong

    with pytest.raises(BadInput):
        visits.log_call(cast.finch.id, **facts, **door(cast.priya))  # type: ignore[arg-type]


def test_what_is_not_there_is_not_found(cast: Cast, visit: Visit) -> None:
    for act in (visits.withdraw_note, visits.withdraw_call):
        with pytest.raises(NotFound):
            act(visit.id, **door(cast.sam))
    with pytest.raises(NotFound):
        visits.correct_note(visit.id, "x", **door(cast.sam))
    with pytest.raises(NotFound):
        visits.add_customer_note(visit.id, "x", **door(cast.sam))
