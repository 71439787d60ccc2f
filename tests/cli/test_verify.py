"""What must always hold is asked, and what is broken is named."""

from goodword.faces.cli import verify


def test_an_untouched_house_holds(db):
    answers = [answer for check in verify.CHECKS for answer in check()]

    assert [a.says for a in answers if a.broken] == []
    assert len(answers) >= 3


def test_a_journal_that_can_be_changed_is_broken(committed_db):
    with committed_db.as_owner() as owner:
        owner.execute("GRANT UPDATE ON kit_event TO goodword_app")

    found = verify.rights()

    with committed_db.as_owner() as owner:
        owner.execute("REVOKE UPDATE ON kit_event FROM goodword_app")
    assert (found[0].broken, found[0].which) == (1, "kit_event")


def test_a_view_of_what_breaks_an_invariant_is_read(committed_db):
    with committed_db.as_owner() as owner:
        owner.execute("CREATE VIEW invariant_every_seven_is_even AS SELECT 7 AS n")
        owner.execute("GRANT SELECT ON invariant_every_seven_is_even TO goodword_app")

    found = verify.views()

    with committed_db.as_owner() as owner:
        owner.execute("DROP VIEW invariant_every_seven_is_even")
    assert [(a.says, a.broken) for a in found if "seven" in a.says] == [("every seven is even", 1)]


def test_nothing_is_rebuilt_where_nothing_is_wrong(db):
    assert verify.rebuild() == 0
