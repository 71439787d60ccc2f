"""The settings of the production profile, as a fresh process reads them (reliability 4.4)."""

import json
import os
import subprocess
import sys

import psycopg
import pytest
from tests.house.source import HOUSE

PRINT = """
import json
from django.conf import settings
names = %r
print(json.dumps({n: getattr(settings, n) for n in names}, default=str))
"""
NAMES = [
    "ACCOUNT_ADAPTER",
    "ALLOWED_HOSTS",
    "CACHES",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "DATABASES",
    "DATA_UPLOAD_MAX_MEMORY_SIZE",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS",
    "DATA_UPLOAD_MAX_NUMBER_FILES",
    "DEBUG",
    "INSTALLED_APPS",
    "PASSWORD_HASHERS",
    "PROFILE",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SECURE_CSP",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_REFERRER_POLICY",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_SECURE",
    "USE_TZ",
    "X_FRAME_OPTIONS",
]


def run(code_or_command: list[str], home, **variables: str) -> "subprocess.CompletedProcess[str]":
    """A process that knows nothing of this one's settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GOODWORD_", "DATABASE_", "DJANGO_"))}
    env = kept | {
        "DJANGO_SETTINGS_MODULE": "goodword.config.settings",
        "GOODWORD_HOME": str(home),
        "GOODWORD_SECRET_KEY": "k" * 60 + "0123456789",
        "GOODWORD_HOSTS": "goodword.example",
        "GOODWORD_PUBLIC_URL": "https://goodword.example",
        **variables,
    }
    return subprocess.run([sys.executable, *code_or_command], env=env, cwd=HOUSE, capture_output=True, text=True)


def settings_of(home, **variables: str) -> dict:
    done = run(["-c", PRINT % NAMES], home, **variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def production(tmp_path_factory) -> dict:
    """What counts when nothing is said: production is the default profile."""
    return settings_of(tmp_path_factory.mktemp("home"))


EXPECTED = {
    "PROFILE": "production",
    "DEBUG": False,
    "ALLOWED_HOSTS": ["goodword.example"],
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_PROXY_SSL_HEADER": None,
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "SECURE_REFERRER_POLICY": "same-origin",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_SECURE": True,
    "X_FRAME_OPTIONS": "DENY",
    "USE_TZ": True,
}


@pytest.mark.parametrize(("name", "value"), EXPECTED.items())
def test_production_is_strict(production, name, value):
    assert production[name] == value


def test_cookies_belong_to_this_host_only(production):
    assert production["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert production["CSRF_COOKIE_NAME"].startswith("__Host-")


def test_nothing_foreign_runs_on_a_page(production):
    csp = production["SECURE_CSP"]
    assert csp["default-src"] == ["'self'"]
    assert csp["script-src"] == ["'self'"]
    assert csp["frame-ancestors"] == csp["object-src"] == csp["base-uri"] == ["'none'"]
    assert "unsafe" not in json.dumps(csp)


def test_uploads_are_bounded(production):
    assert production["DATA_UPLOAD_MAX_MEMORY_SIZE"] <= 5_000_000
    assert production["DATA_UPLOAD_MAX_NUMBER_FIELDS"] <= 1_000
    assert production["DATA_UPLOAD_MAX_NUMBER_FILES"] <= 100


def test_limits_are_counted_in_the_database(production):
    assert production["CACHES"]["default"]["BACKEND"].endswith("DatabaseCache")


def test_there_is_no_admin(production):
    assert "django.contrib.admin" not in production["INSTALLED_APPS"]


def test_passwords_are_kept_with_argon2(production):
    assert production["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")


def test_the_working_connection_is_pooled_and_bounded(production):
    default = production["DATABASES"]["default"]
    assert default["CONN_MAX_AGE"] == 0
    assert default["OPTIONS"]["pool"]
    for said in ("statement_timeout=15s", "lock_timeout=3s", "idle_in_transaction_session_timeout=30s"):
        assert said in default["OPTIONS"]["options"]


def test_a_secret_key_can_be_changed_without_ending_sessions(tmp_path):
    said = settings_of(tmp_path, GOODWORD_OLD_SECRET_KEYS="old1,old2")
    assert said["SECRET_KEY_FALLBACKS"] == ["old1", "old2"]


def test_production_without_a_secret_does_not_start(tmp_path):
    done = run(
        ["-c", "import django; django.setup(); from django.conf import settings; settings.SECRET_KEY"],
        tmp_path,
        GOODWORD_SECRET_KEY="",
    )
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_behind_a_proxy_its_word_about_https_counts(tmp_path):
    assert settings_of(tmp_path, GOODWORD_PROXIES="1")["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_djangos_own_check_for_deployment_is_clean(committed_db, tmp_path):
    where = {"DATABASE_URL": committed_db.addresses.app, "DATABASE_OWNER_URL": committed_db.addresses.owner}
    done = run(["-m", "django", "check", "--deploy", "--fail-level", "WARNING"], tmp_path, **where)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_demo_relaxes_cookies_and_https_and_nothing_else(production, tmp_path):
    demo = settings_of(tmp_path, GOODWORD_PROFILE="demo")
    differing = {name for name in NAMES if demo[name] != production[name]} - {"PROFILE", "DATABASES"}

    assert differing == {
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
    }


# The database below


KEEPS = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "data_checksums": "on",
    "default_transaction_isolation": "read committed",
}


def test_the_database_keeps_what_it_acknowledges(committed_db):
    with psycopg.connect(committed_db.addresses.app) as connection:
        said = {name: connection.execute("SELECT current_setting(%s)", [name]).fetchone()[0] for name in KEEPS}
    assert said == KEEPS
