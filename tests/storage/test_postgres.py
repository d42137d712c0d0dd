"""The same story on a real PostgreSQL, which `make postgres` starts."""

import os
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from assessment.services.answers import submit
from assessment.services.calibrations import calibrate_form
from assessment.services.delivering import deliver
from assessment.services.health import health
from assessment.services.house import House, Settings, open_house
from assessment.services.reading import reading
from assessment.services.reminders import plan
from assessment.services.shortlist import list_candidates
from assessment.storage import audit, locks
from assessment.storage.schema import metadata
from tests.hiring import NOW, Hiring, answer_all, begin_work, start_hiring
from tests.mail_server import MailServer, running
from tests.many_sheets import hand_in

pytestmark = pytest.mark.postgres


@pytest.fixture
def on_postgres() -> Iterator[House]:
    url = os.environ["TEST_POSTGRES_URL"]
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    house = open_house(Settings(url, "secret", "http://localhost:8501", False))
    yield house
    house.database.close()


@pytest.fixture
def hiring_there(on_postgres: House) -> Hiring:
    start_hiring(on_postgres)
    return begin_work(on_postgres)


def test_a_candidate_answers_and_is_read(hiring_there: Hiring) -> None:
    person = hiring_there.invite("Amara Okafor", "amara@example.org")
    actor = person.begin()
    answer_all(hiring_there.house, actor)
    answer_all(hiring_there.house, actor)
    submit(hiring_there.house, actor=actor, now=NOW)

    read = reading(hiring_there.house, person.application, actor=hiring_there.staff, now=NOW)
    (row,) = list_candidates(hiring_there.house, hiring_there.vacancy, actor=hiring_there.staff, now=NOW)

    assert (read.name, read.state, len(read.answers)) == ("Amara Okafor", "finished", 58)
    assert row.band == read.fit.band


def test_many_sheets_are_read_and_calibrated(hiring_there: Hiring) -> None:
    house, staff = hiring_there.house, hiring_there.staff
    hand_in(hiring_there, 200)

    made = calibrate_form(house, reason="Enough", actor=staff, now=NOW)

    found = health(house, actor=staff)
    assert (found.n, len(found.facets), found.calibrated) == (200, 8, made.form)


def test_events_written_at_once_stay_one_chain(hiring_there: Hiring) -> None:
    house, staff = hiring_there.house, hiring_there.staff

    def write() -> None:
        for _ in range(20):
            with house.database.write() as connection:
                audit.append(connection, staff.organisation_id, actor="system", kind="k", subject="s", now=NOW)

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with house.database.read() as connection:
        count = connection.execute(text("SELECT count(*) FROM events WHERE kind = 'k'")).scalar()
        assert count == 120
        assert audit.first_bad(connection, staff.organisation_id) is None


def test_migrations_make_the_tables_of_the_schema_there_too(on_postgres: House) -> None:
    with on_postgres.database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_lock_is_taken_by_one_of_many_there_too(on_postgres: House) -> None:
    got: list[str] = []

    def take(holder: str) -> None:
        with on_postgres.database.write() as connection:
            if locks.take(connection, "outbox", holder, until=NOW + timedelta(minutes=1), now=NOW):
                got.append(holder)

    threads = [threading.Thread(target=take, args=(f"process {at}",)) for at in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(got) == 1


def test_messages_are_planned_and_delivered_once_there_too(hiring_there: Hiring) -> None:
    house = hiring_there.house
    hiring_there.invite("Amara Okafor", "amara@clinic.org")
    later = NOW + timedelta(days=13)

    with running(MailServer()) as server:
        deliver(house, server.mailer(), clock=lambda: NOW)
        plan(house, later)
        plan(house, later)
        deliver(house, server.mailer(), clock=lambda: later)
        deliver(house, server.mailer(), clock=lambda: later)

    assert [str(mail["Subject"])[:19] for mail in server.taken] == ["Your next step for ", "Last note: your que"]


def test_the_very_first_invitations_at_one_moment_keep_their_versions_once(hiring_there: Hiring) -> None:
    start = threading.Barrier(8)
    failed: list[str] = []

    def ask(n: int) -> None:
        start.wait()
        try:
            hiring_there.invite(f"Person {n}", f"p{n}@x.org")
        except Exception as error:
            failed.append(repr(error))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    rows = list_candidates(hiring_there.house, hiring_there.vacancy, actor=hiring_there.staff, now=NOW)
    assert failed == []
    assert len(rows) == 8
