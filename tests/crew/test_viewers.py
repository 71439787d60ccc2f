"""Each role sees and may what the table of roles says, in its own branch and nowhere else."""

import pytest
from tests.cast import door, queries

from goodword.crew import actions as crew
from goodword.crew.queries import people_visible_to, person, require, viewer_of
from goodword.crew.rules import VERBS, Verb
from goodword.kit.refusals import Forbidden

# Viewers


@pytest.mark.parametrize(
    ("name", "reads"),
    [("ruth", None), ("june", None), ("hanna", None), ("priya", "aldermere"), ("colm", "aldermere"), ("tom", "kilnsea"),
     ("sam", ""), ("nobody", "")],
)  # fmt: skip
def test_each_role_reads_the_branches_of_the_table(cast, name, reads):
    viewer = cast.viewer(name)

    assert viewer.branches == (None if reads is None else frozenset({getattr(cast, reads).id} if reads else ()))
    assert viewer.reads_branches == (reads != "")
    assert viewer.is_technician == (name == "sam")


def test_a_viewer_costs_one_query(cast):
    with queries(at_most=1):
        assert cast.viewer("priya").may(Verb.ASSIGN, cast.aldermere.id)


def test_a_verb_counts_in_its_own_branch_only(cast):
    priya, ruth = cast.viewer("priya"), cast.viewer("ruth")

    require(priya, Verb.ASSIGN, cast.aldermere.id)
    with pytest.raises(Forbidden, match="Ask"):
        require(priya, Verb.ASSIGN, cast.kilnsea.id)
    with pytest.raises(Forbidden):
        require(priya, Verb.MONEY, cast.aldermere.id)
    require(ruth, Verb.ASSIGN, cast.kilnsea.id)


def test_two_roles_in_two_branches_do_not_mix(cast):
    crew.set_roles(cast.sam.id, [("technician", cast.aldermere.id), ("office", cast.kilnsea.id)], **door())
    sam = cast.viewer("sam")

    assert sam.branches == {cast.kilnsea.id}
    assert sam.works_in == {cast.aldermere.id, cast.kilnsea.id}
    assert sam.may(Verb.BOOK, cast.kilnsea.id)
    assert not sam.may(Verb.BOOK, cast.aldermere.id)
    assert sam.may(Verb.STAGE, cast.aldermere.id)
    assert not sam.is_technician
    assert sam.branches_where(Verb.STAGE) == {cast.aldermere.id}


def test_a_token_has_its_persons_rights_within_its_scopes(cast):
    reader, blind = cast.viewer("priya", {"read"}), cast.viewer("priya", {"assign"})

    assert reader.branches == {cast.aldermere.id}
    assert not reader.may(Verb.ASSIGN, cast.aldermere.id)
    assert (blind.branches, blind.may(Verb.ASSIGN)) == (frozenset(), True)
    assert not cast.viewer("sam", {"assign"}).may(Verb.ASSIGN)
    assert (reader.actor.kind, cast.viewer("priya").actor.kind) == ("token", "person")


def test_who_has_left_sees_and_may_nothing(cast):
    crew.disable_person(cast.priya.id, **door())

    viewer = viewer_of(person(cast.priya.id))
    assert (viewer.branches, viewer.roles) == (frozenset(), frozenset())
    assert not any(viewer.may(verb) for verb in Verb)


def test_only_a_technician_works_through_the_stages_and_an_admin_reads_no_customer():
    assert {role for role, verbs in VERBS.items() if Verb.STAGE in verbs} == {"technician"}
    assert Verb.READ not in VERBS["admin"]


def test_staff_is_seen_within_the_branches_that_one_works_in(cast):
    def seen(name):
        return {p.name for p in people_visible_to(cast.viewer(name))}

    assert "Tom Askew" not in seen("priya")
    assert {"Sam Tully", "Priya Nair", "Ruth Wend"} <= seen("priya")
    assert {"Tom Askew", "Sam Tully"} <= seen("ruth") & seen("nobody")
    assert seen("sam") == {"Sam Tully"}
    with queries(at_most=4):
        assert [len(p.roles.all()) for p in people_visible_to(cast.viewer("ruth"))]


# Giving roles

WORKING = {"technician", "office", "dispatcher", "sales", "manager"}
HERE, ELSEWHERE, ALL = "aldermere", "kilnsea", None
GIVES: dict[tuple[str, str | None], dict[str | None, set[str]]] = {
    ("owner", ALL): {HERE: set(VERBS), ELSEWHERE: set(VERBS), ALL: set(VERBS)},
    ("admin", ALL): {HERE: set(VERBS) - {"owner"}, ELSEWHERE: set(VERBS) - {"owner"}, ALL: set(VERBS) - {"owner"}},
    ("manager", ALL): {HERE: WORKING, ELSEWHERE: WORKING, ALL: WORKING},
    ("manager", HERE): {HERE: WORKING, ELSEWHERE: set(), ALL: set()},
}


@pytest.mark.parametrize("giver", [(role, where) for role in VERBS for where in (HERE, ALL)], ids=str)
def test_nobody_gives_a_role_with_rights_that_they_do_not_hold(cast, giver):
    """An owner makes anybody, an admin all but owners, a manager up to managers where they manage; others nobody."""
    name, at_branch = giver
    ids = {HERE: cast.aldermere.id, ELSEWHERE: cast.kilnsea.id, ALL: None}
    crew.set_roles(cast.sam.id, [(name, ids[at_branch])], **door())
    viewer = cast.viewer("sam")

    gives = {where: {role for role in VERBS if viewer.may_give(role, ids[where])} for where in ids}

    reaches = at_branch if name in {"manager"} else ALL
    assert gives == GIVES.get((name, reaches), {where: set() for where in ids})


def test_a_token_gives_no_more_than_it_may_itself(cast):
    ruth = cast.viewer("ruth", {"staff", "read"})

    assert not ruth.may_give("office", cast.aldermere.id)
