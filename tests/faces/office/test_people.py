"""A new company is staffed from the screens: people, shifts, absences, and who takes over when somebody is sick."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.urls import reverse
from tests.cast import MONDAY, Cast, at, door, on_shift, queries
from tests.faces.office.desk import at_the_desk, sent, text_of
from tests.field import promised, visit_of

from goodword.crew import actions as crew
from goodword.crew.models import Absence, Person, Shift
from goodword.crew.queries import roles_of
from goodword.customers.models import Site


def coming(person: Person) -> QuerySet[Shift]:
    """Behind the Monday on which everybody works already."""
    return Shift.objects.filter(person=person, starts_at__gt=at("23:00")).order_by("starts_at")


def page(name: str, person: Person) -> str:
    return reverse(f"office:{name}", args=[person.id])


def new_facts(cast: Cast, **more: object) -> dict[str, object]:
    role = f"technician:{cast.aldermere.id}"
    return {"name": "Nora Pike", "email": "nora@wend.example", "roles": [role], "skill-gas": "2", "phone": ""} | more


def test_somebody_is_added_with_a_role_and_a_skill_and_told_how_they_get_in(cast: Cast) -> None:
    colm = at_the_desk(cast.colm)
    assert "They set their own password" in text_of(colm.get(reverse("office:new_person")))

    shown = text_of(sent(colm, reverse("office:new_person"), **new_facts(cast), follow=True))

    nora = Person.objects.get(email="nora@wend.example")
    assert roles_of(nora.id) == [("technician", cast.aldermere.id)]
    assert (nora.skills.get().skill_id, nora.skills.get().level) == ("gas", 2)
    assert "technician, Aldermere" in shown and "No shift lies ahead." in shown


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"email": "nobody"}, "This is no e-mail address."),
        ({"email": "sam@wend.example"}, "Somebody signs in with sam@wend.example already."),
        ({"roles": []}, "Choose at least one role."),
        ({"roles": ["owner:"]}, "not one of the available choices"),
        ({"name": "\0"}, "Null characters are not allowed"),
        ({"skill-gas": "99"}, "not one of the available choices"),
    ],
)
def test_who_cannot_be_added_comes_back_as_typed(cast: Cast, wrong: dict[str, object], says: str) -> None:
    answer = sent(at_the_desk(cast.colm), reverse("office:new_person"), **new_facts(cast, phone="01632 7") | wrong)

    assert answer.status_code in {409, 422}
    assert 'value="01632 7"' in answer.content.decode() and says in text_of(answer)
    assert not Person.objects.filter(phone="01632 7").exists()


def test_a_manager_gives_no_role_of_another_branch(cast: Cast) -> None:
    role = f"technician:{cast.kilnsea.id}"

    assert (
        sent(at_the_desk(cast.colm), reverse("office:new_person"), **new_facts(cast, roles=[role])).status_code == 422
    )
    assert (
        sent(at_the_desk(cast.ruth), reverse("office:new_person"), **new_facts(cast, roles=[role])).status_code == 302
    )


def test_a_person_is_changed_leaves_and_comes_back(cast: Cast) -> None:
    colm, sam = at_the_desk(cast.colm), cast.sam
    sent(colm, page("person_details", sam), **new_facts(cast, name="Sam B. Tully"))
    sent(colm, page("leaving", sam))
    sam.refresh_from_db()
    assert (sam.name, sam.is_active, sam.skills.count()) == ("Sam B. Tully", False, 1)

    sent(colm, page("back_again", sam))
    sam.refresh_from_db()
    assert (sam.is_active, sam.disabled_at) == (True, None)


def test_the_last_owner_stays_and_a_manager_cannot_touch_them(cast: Cast) -> None:
    answer = sent(at_the_desk(cast.ruth), page("leaving", cast.ruth), follow=True)

    assert "Ruth Wend is the only owner." in text_of(answer)
    assert sent(at_the_desk(cast.colm), page("leaving", cast.ruth)).status_code == 403
    assert sent(at_the_desk(cast.colm), page("person_details", cast.ruth)).status_code == 403


def test_a_refused_change_keeps_nothing_of_it(cast: Cast) -> None:
    facts = new_facts(cast, name="Ruth Other", roles=["accountant:"])

    answer = sent(at_the_desk(cast.ruth), page("person_details", cast.ruth), **facts)

    assert answer.status_code == 409 and 'value="Ruth Other"' in answer.content.decode()
    cast.ruth.refresh_from_db()
    assert (cast.ruth.name, cast.ruth.skills.count()) == ("Ruth Wend", 0)


def test_the_list_is_searched_and_sorted(cast: Cast) -> None:
    colm = at_the_desk(cast.colm)

    assert "Sam Tully" in text_of(colm.get("/settings/people/", {"q": "SAM@wend"}))
    assert "Nobody was found." in text_of(colm.get("/settings/people/", {"q": "qqq\0"}))
    newest = [p.id for p, _roles in colm.get("/settings/people/", {"sort": "newest"}).context["lines"]]
    assert newest == sorted(newest, reverse=True)
    assert "Add somebody" not in text_of(at_the_desk(cast.priya).get("/settings/people/"))


WEEK = {"weekdays": ["0", "2"], "opens": "08:00", "closes": "16:30", "first": "2026-11-03", "weeks": "2"}


def test_a_week_is_said_once_and_laid_on_the_days_to_come(cast: Cast) -> None:
    priya, facts = at_the_desk(cast.priya), WEEK | {"branch": str(cast.aldermere.id)}

    sent(priya, page("shifts", cast.sam), **facts)

    days = [s.starts_at.date() - MONDAY for s in coming(cast.sam)]
    assert days == [timedelta(days=n) for n in (2, 7, 9, 14)]
    first = coming(cast.sam)[0]
    sent(priya, page("remove_shifts", cast.sam), shift=[str(first.id)])
    assert coming(cast.sam).count() == 3
    assert "Mark the shifts to remove first." in text_of(sent(priya, page("remove_shifts", cast.sam), follow=True))


def test_a_night_shift_ends_on_the_next_day(cast: Cast) -> None:
    facts = WEEK | {"branch": str(cast.aldermere.id), "weekdays": ["0"], "opens": "22:00", "closes": "06:00"}

    sent(at_the_desk(cast.priya), page("shifts", cast.sam), **facts)

    first = coming(cast.sam)[0]
    assert first.ends_at - first.starts_at == timedelta(hours=8)


@pytest.mark.parametrize(
    "wrong",
    [{"closes": "08:07"}, {"weekdays": []}, {"weeks": "900"}, {"first": "2099-12-30"}, {"branch": "x"}],
)
def test_shifts_that_cannot_be_come_back_as_typed(cast: Cast, wrong: dict[str, object]) -> None:
    facts = WEEK | {"branch": str(cast.aldermere.id), "opens": "08:07"} | wrong

    answer = sent(at_the_desk(cast.priya), page("shifts", cast.sam), **facts)

    assert answer.status_code == 422 and 'value="08:07"' in answer.content.decode()
    assert not coming(cast.sam).exists()


def test_who_is_sick_today_is_one_step_from_today_and_their_visits_are_listed(cast: Cast, site: Site) -> None:
    on_shift(cast.sam, cast.aldermere)
    promised(visit_of(site, cast.sam, "12:00", "13:00"), "11:30", "13:30")
    priya, form = at_the_desk(cast.priya), page("new_absence", cast.sam) + "?day=2026-11-02&reason=sick"
    assert form.replace("&", "&amp;") in priya.get("/").content.decode()
    assert page("new_absence", cast.sam) not in at_the_desk(cast.hanna).get("/").content.decode()
    assert 'value="2026-11-02"' in priya.get(form).content.decode()

    answer = sent(priya, form, first="2026-11-02", last="2026-11-02", reason="sick", follow=True)

    there = Absence.objects.get(person=cast.sam)
    assert (there.starts_at, there.ends_at) == (at("00:00"), at("00:00") + timedelta(days=1))
    assert "11:30–13:30" in text_of(answer) and "Mrs Adeyemi" in text_of(answer) and "Reassign" in text_of(answer)

    sent(priya, reverse("office:end_absence", args=[there.id]))
    there.refresh_from_db()
    assert there.ended_early_at is not None


@pytest.mark.parametrize(
    "wrong", [{"last": "2026-11-01"}, {"reason": ""}, {"first": "0001-01-01"}, {"last": "9999-12-31"}]
)
def test_an_absence_that_cannot_be_comes_back_as_typed(cast: Cast, wrong: dict[str, str]) -> None:
    facts = {"first": "2026-11-02", "last": "2026-11-02", "starts": "09:13", "reason": "sick"} | wrong

    answer = sent(at_the_desk(cast.priya), page("new_absence", cast.sam), **facts)

    assert answer.status_code == 422 and 'value="09:13"' in answer.content.decode()
    assert not Absence.objects.exists()


def test_the_pages_ask_the_same_number_of_queries_whatever_there_is(cast: Cast, site: Site) -> None:
    priya = at_the_desk(cast.priya)
    visit_of(site, cast.sam, "07:30", "07:40")
    for n in range(8):
        visit_of(site, cast.ade, f"{9 + n:02d}:00", f"{9 + n:02d}:30")
    away = crew.report_absence(cast.sam.id, at("07:00"), at("08:00"), "sick", **door())
    many = crew.report_absence(cast.ade.id, at("07:00"), at("20:00"), "sick", **door())
    on_shift(cast.sam, cast.aldermere)
    urls = ["/settings/people/", page("person", cast.sam), reverse("office:absence", args=[away.id]), "/"]
    counts = []
    for url in urls:
        priya.get(url)
        with queries(at_most=40) as seen:
            assert priya.get(url).status_code == 200
        counts.append(len(seen))

    for n in range(10):
        role = [("technician", cast.aldermere.id)]
        crew.add_person(f"p{n}@wend.example", f"Person {n}", None, role, ["gas"], **door())
        on_shift(cast.sam, cast.aldermere, day=MONDAY + timedelta(days=n + 1))
    urls[2] = reverse("office:absence", args=[many.id])
    for url, most in zip(urls, counts, strict=True):
        with queries(at_most=most):
            assert priya.get(url).status_code == 200
