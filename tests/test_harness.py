"""The harness keeps its own promises."""

import psycopg
import pytest


def test_the_working_role_owns_nothing_and_empties_nothing(committed_db):
    with committed_db.as_superuser() as connection:
        owned = connection.execute("SELECT count(*) FROM pg_class WHERE relowner = 'goodword_app'::regrole").fetchone()
        role = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = 'goodword_app'"
        ).fetchone()
    assert owned == (0,)
    assert role == (False, False, False, False)

    with psycopg.connect(committed_db.addresses.app) as connection:
        for forbidden in ("TRUNCATE kit_command", "CREATE TABLE mine (id int)", "ALTER TABLE kit_event ADD x int"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(forbidden)


def test_a_rolled_back_test_leaves_nothing(db, test_database):
    from goodword.kit.clock import company_now

    assert company_now() is not None


def test_what_the_migrations_wrote_is_there_again_after_a_committed_test(test_database):
    before = dict(test_database.seeds)
    with test_database.as_superuser() as connection:
        connection.execute("UPDATE kit_clock SET demo = true, rate = 5")

    test_database.empty()

    with test_database.as_owner() as connection:
        assert connection.execute("SELECT rate FROM kit_clock").fetchall() == [(1.0,)]
    assert "kit_clock" in before
