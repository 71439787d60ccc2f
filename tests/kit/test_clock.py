"""Two clocks, and the one database constraint that keeps a company's own time honest."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from goodword.kit.clock import NotADemo, clock_rate, company_now, is_demo, machine_now, set_company_clock, standing_at

MONDAY = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)


@pytest.fixture
def demo(committed_db):
    with committed_db.as_owner() as connection:
        connection.execute("UPDATE kit_clock SET demo = true")
    return committed_db


def test_in_a_companys_own_house_both_clocks_agree(db):
    before, company, after = machine_now(), company_now(), machine_now()

    assert before <= company <= after
    assert (is_demo(), clock_rate()) == (False, 1.0)


def test_only_a_demo_can_set_the_clock(db):
    with pytest.raises(NotADemo):
        set_company_clock(MONDAY, 60)
    with pytest.raises(NotADemo), standing_at(MONDAY):
        pass


BENT = [
    ("app", "rate = 2"),
    ("app", "rate = -1"),
    ("app", "base_company = base_company - interval '1 s'"),
    ("owner", "rate = 2"),
    ("owner", "base_company = base_company - interval '1 s'"),
    ("owner", "id = 2"),
]


@pytest.mark.parametrize(("role", "said"), BENT)
def test_the_database_itself_refuses_another_time(committed_db, role, said):
    with (
        psycopg.connect(getattr(committed_db.addresses, role)) as connection,
        pytest.raises(psycopg.errors.CheckViolation),
    ):
        connection.execute(f"UPDATE kit_clock SET {said}")


def test_the_working_role_cannot_call_a_company_a_demo(committed_db):
    with psycopg.connect(committed_db.addresses.app) as connection:
        for said in ("UPDATE kit_clock SET demo = true", "DELETE FROM kit_clock", "INSERT INTO kit_clock SELECT 2"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(said)


@pytest.mark.parametrize("rate", [1, 20, 120])
def test_a_demo_runs_at_its_own_hour_and_speed(demo, rate):
    set_company_clock(MONDAY, rate)
    machine, company = machine_now(), company_now()

    later_machine, later = machine_now(), company_now()
    while later_machine - machine < timedelta(milliseconds=30):
        later_machine, later = machine_now(), company_now()

    assert MONDAY <= company < MONDAY + timedelta(seconds=5 * rate)
    ran = (later - company) / (later_machine - machine)
    assert ran == pytest.approx(rate, rel=0.3)


@pytest.mark.parametrize("rate", [0, 1, 7.5, 120])
def test_company_time_never_runs_back(demo, rate):
    set_company_clock(MONDAY, rate)

    seen = [company_now() for _ in range(200)]

    assert seen == sorted(seen)


def test_time_never_runs_back_even_in_a_demo(demo):
    with demo.as_owner() as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute("UPDATE kit_clock SET rate = -1")


def test_a_demos_past_is_laid_with_the_clock_held(demo):
    with standing_at(MONDAY):
        assert company_now() == MONDAY
        with standing_at(MONDAY + timedelta(hours=1)):
            assert company_now() == MONDAY + timedelta(hours=1)
        assert company_now() == MONDAY
    assert company_now() != MONDAY
