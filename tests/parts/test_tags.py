"""Tags and templates as a page author uses them."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from goodword.parts.bracket import view
from goodword.parts.bracket.samples import SCALE, clock, samples
from goodword.parts.forms import Renderer
from goodword.parts.shell import rail
from goodword.parts.stations import stations_for

NOW = clock(9, 40)


def written(source: str, **context: object) -> str:
    return Template("{% load parts %}" + source).render(Context(context))


def test_a_bracket_is_drawn_from_plain_values_or_from_a_view() -> None:
    quiet = next(samples()).bracket

    from_values = written('{% bracket it size="large" %}', it=quiet)

    assert from_values == written('{% bracket it size="large" %}', it=view(quiet))
    assert 'aria-label="Between 9:00 and 11:00.' in from_values


@pytest.mark.parametrize("name", ["kept", "at-risk", "late", "broken", "told", "held"])
def test_a_state_is_an_icon_and_a_word(name: str) -> None:
    out = written("{% state name %}", name=name)

    assert "<path d=" in out
    assert len(out.split("<span>")[1].split("<")[0]) > 3


def test_words_of_a_state_are_escaped() -> None:
    assert "&lt;b&gt;" in written("{% state 'kept' words %}", words="<b>")


def test_the_customers_words_stand_in_curly_quotes_and_are_escaped() -> None:
    out = written("{% voice said size='moment' by='Mr Castellane' %}", said="<i>three times</i>")

    assert "“&lt;i&gt;three times&lt;/i&gt;”" in out
    assert "voice-moment" in out and "Mr Castellane" in out


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{% clock at 'Europe/London' %}", ">9:31<"),
        ("{% moment at 'Europe/London' now %}", ">9:31<"),
        ("{% moment at 'Europe/London' other_day %}", ">Mon 2 Nov, 9:31<"),
        ("{% day at 'Europe/London' other_year %}", ">Mon 2 Nov 2026<"),
        ("{% span at to 'Europe/London' now %}", ">9:31–11:00<"),
        ("{% ago at now %}", ">9 min ago<"),
        ("{% clock at 'Asia/Kathmandu' %}", ">15:16<"),
    ],
)
def test_times_are_said_as_people_say_them(tag: str, said: str) -> None:
    out = written(
        tag, at=clock(9, 31), to=clock(11), now=NOW,
        other_day=datetime(2026, 11, 5, tzinfo=UTC), other_year=datetime(2027, 1, 5, tzinfo=UTC),
    )  # fmt: skip

    assert said in out
    assert 'datetime="2026-11-02T09:31:00+00:00"' in out
    assert 'title="Monday 2 November 2026, ' in out


def test_hours_stand_where_the_brackets_of_the_same_scale_have_them() -> None:
    out = written("{% hours a b 'UTC' %}", a=SCALE[0], b=SCALE[1])

    assert '<text x="50.00%" y="12">10</text>' in out
    assert 'aria-label="Hours from 9:00 to 11:00"' in out


def test_the_four_stages_stand_in_their_order() -> None:
    assert [each.place for each in stations_for("arrive")] == ["past", "now", "ahead", "ahead"]
    assert [each.place for each in stations_for("complete", done=True)] == ["past"] * 4
    assert 'aria-current="step"' in written("{% stations 'work' %}")


def test_a_form_gets_a_new_command_and_keeps_it_after_a_refusal() -> None:
    requests = RequestFactory()
    fresh = written("{% command_field %}", request=requests.get("/"))
    again = written("{% command_field %}", request=requests.post("/", {"command": "0199-typed"}))

    assert UUID(fresh.split('value="')[1].split('"')[0]).version == 7
    assert 'value="0199-typed"' in again


class Customer(forms.Form):
    default_renderer = Renderer
    name = forms.CharField(help_text="As they like to be called.")
    words = forms.CharField(widget=forms.Textarea, required=False)
    how = forms.ChoiceField(choices=[("phone", "By phone"), ("door", "At the door")], widget=forms.RadioSelect)
    early = forms.BooleanField(required=False, label="An early start is fine")


def test_a_field_says_what_is_wrong_and_keeps_what_was_typed() -> None:
    out = str(Customer({"name": "", "words": "<b>no heat</b>", "how": "fax"}))

    assert "&lt;b&gt;no heat&lt;/b&gt;" in out
    assert out.count('class="field-error"') == 2
    assert 'aria-invalid="true"' in out
    for reference in ("id_name_helptext", "id_name_error"):
        assert f'id="{reference}"' in out and reference in out.split("aria-describedby=")[1][:60]
    assert "(optional)" in out


@pytest.mark.parametrize(
    ("path", "current"), [("/", "Today"), ("/customers/7", "Customers"), ("/customersx", "Today"), ("/held", "Held")]
)
def test_the_rail_shows_what_is_built_and_where_one_is(path: str, current: str) -> None:
    urls = {"today": "/", "customers": "/customers", "held": "/held"}
    names = [("today", "Today"), ("customers", "Customers"), ("held", "Held"), ("insight", "Insight")]

    items = rail(names, path, lambda name: urls.get(name, ""))

    assert [item.words for item in items] == ["Today", "Customers", "Held"]
    assert [item.words for item in items if item.current] == [current]


def test_the_gallery_shows_every_state_at_every_size_and_in_words() -> None:
    rows = [{"sample": sample, "view": view(sample.bracket)} for sample in samples()]

    out = render_to_string("parts/gallery.html", {"rows": rows})

    assert out.count('class="bracket bracket-large') == out.count('class="bracket bracket-row') == len(rows) == 8
    for row in rows:
        assert row["view"].words in out  # type: ignore[attr-defined]


@pytest.mark.parametrize("shell", ["parts/office.html", "parts/portal.html", "parts/phone.html", "parts/plain.html"])
def test_every_shell_has_a_language_one_main_and_a_way_past_the_navigation(shell: str) -> None:
    context = {"user": AnonymousUser(), "company_time": {"now": NOW.isoformat(), "rate": 1.0}, "csrf_token": "t"}

    out = render_to_string(shell, context)

    assert '<html lang="' in out
    assert out.count("<main") == 1
    assert 'class="skip" href="#main"' in out


def test_a_person_to_reach_stands_at_the_foot_of_the_customers_page() -> None:
    person = {"name": "Hanna Lindqvist", "first_name": "Hanna", "phone": "+441632960118", "email": "h@example.com"}

    out = render_to_string("parts/portal.html", {"person": person})

    assert 'href="tel:+441632960118"' in out and "Call Hanna" in out
    assert 'href="mailto:h@example.com"' in out
