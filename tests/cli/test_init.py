"""A real company starts without the demo."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from goodword.config.home import read_values
from goodword.crew.models import Branch, Company, Person
from goodword.faces.cli import init
from goodword.kit.refusals import BadInput

ANSWERS = {
    "company": "Hill Heating",
    "branch": "Hilltown",
    "depot": "1 Yard Lane, Hilltown",
    "place": "51.7520, -1.2577",
    "hours": "Mon-Fri 07:30-17:30, Sat 8:00-13:00",
    "zone": "Europe/Zurich",
    "locale": "de",
    "currency": "CHF",
    "tax": "8.1",
    "region": "CH",
    "smtp": "",
    "public_url": "",
    "phone": "",
    "sender": "",
    "owner": "Vreni Hill",
    "email": "vreni@hill.example",
    "password": "a long enough password",
}


def test_company_branch_and_owner_are_founded_together(db):
    init.found(dict(ANSWERS))

    company, branch, owner = Company.objects.get(), Branch.objects.get(), Person.objects.get()
    assert (company.name, company.currency, company.phone_region) == ("Hill Heating", "CHF", "CH")
    assert (branch.lat, branch.lon, branch.zone) == (51.752, -1.2577, "Europe/Zurich")
    assert owner.check_password("a long enough password")
    assert owner.email == "vreni@hill.example"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"currency": "francs"}, "currency"),
        ({"place": "on the hill"}, "place"),
        ({"hours": "whenever"}, "hours"),
        ({"password": "short"}, "password"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_name_and_nothing_is_written(db, wrong, field):
    with pytest.raises(BadInput) as refusal:
        init.found({**ANSWERS, **wrong})

    assert refusal.value.facts["field"] == field
    assert not Company.objects.exists()


def test_a_person_is_asked_again_for_what_was_refused(db, monkeypatch, capsys):
    typed = iter(["EURO", "EUR"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(typed))

    init.settle({**ANSWERS, "currency": "euros"}, asks=True)

    assert Company.objects.get().currency == "EUR"
    assert "three capitals" in capsys.readouterr().out


def test_hours_are_read_as_people_write_them():
    assert init.hours("Mon-Tue 07:30-17:30, Sat 8:00-13:00") == {
        "0": ["07:30", "17:30"],
        "1": ["07:30", "17:30"],
        "5": ["08:00", "13:00"],
    }


def test_the_whole_command_needs_no_terminal(another_database, tmp_path):
    database = another_database("init")
    flags = [f"--{key}={value}" for key, value in ANSWERS.items() if key != "password"]
    environment = {
        **os.environ,
        "GOODWORD_HOME": str(tmp_path),
        "GOODWORD_PROFILE": "production",
        "GOODWORD_SECRET_KEY": "only for this test, and long enough for it",
        "GOODWORD_OWNER_PASSWORD": ANSWERS["password"],
        "DATABASE_URL": database.addresses.app,
        "DATABASE_OWNER_URL": database.addresses.owner,
        "DJANGO_SETTINGS_MODULE": "goodword.config.settings",
    }
    command = [sys.executable, "-m", "goodword.faces.cli.main", "init", "--no-questions", *flags]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=Path(tmp_path), check=False)

    assert done.returncode == 0, done.stderr
    assert "Hill Heating is ready" in done.stdout
    assert read_values(tmp_path)["profile"] == "production"
    with psycopg.connect(database.addresses.app) as connection:
        assert connection.execute("SELECT name FROM crew_company").fetchall() == [("Hill Heating",)]
    again = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=Path(tmp_path), check=False)
    assert again.returncode == 1
    assert "Traceback" not in again.stderr


def test_a_home_that_holds_a_demo_is_refused(tmp_path, monkeypatch, capsys):
    from goodword.faces.cli.main import main

    monkeypatch.setenv("GOODWORD_HOME", str(tmp_path))
    (tmp_path / "settings.json").write_text('{"profile": "demo"}')

    assert main(["init", "--no-questions"]) == 1
    assert "This home holds a demo" in capsys.readouterr().err
