"""The folder of one installation."""

import json

import pytest

from goodword.config.home import read_home


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("GOODWORD_HOME", str(tmp_path / "home"))
    return read_home()


def test_settings_are_for_their_owner_only_and_are_replaced_as_a_whole(home):
    home.keep(port=8700).keep(profile="demo")

    path = home.path("settings.json")
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text()) == {"port": 8700, "profile": "demo"}
    assert [p.name for p in home.folder.iterdir()] == ["settings.json"]


def test_the_environment_wins_over_the_file(home, monkeypatch):
    monkeypatch.delenv("GOODWORD_PROFILE", raising=False)
    kept = home.keep(profile="demo")

    assert kept.get("profile", "GOODWORD_PROFILE") == "demo"
    monkeypatch.setenv("GOODWORD_PROFILE", "production")
    assert kept.get("profile", "GOODWORD_PROFILE") == "production"
    assert kept.get("smtp_url", "GOODWORD_SMTP_URL", "") == ""


def test_the_secret_is_drawn_once(home):
    first = home.keep_secret_key()

    assert len(first.values["secret_key"]) > 50
    assert first.keep_secret_key().values == first.values
