"""One transaction a verb, on real SQLite; the tables that migrations make are those of the schema."""

import hashlib
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text, update

from assessment.errors import AssessmentError, InstrumentError
from assessment.services.answers import Answer, save_answers, submit
from assessment.services.house import House, Settings, open_house
from assessment.services.sitting import leave
from assessment.storage import audit, database, documents
from assessment.storage.accounts import add_organisation
from assessment.storage.database import Database
from assessment.storage.schema import events, metadata
from assessment.storage.vault import Vault, secret_beside
from tests.hiring import Hiring, answer_all, begin_work, start_hiring

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def organisation(house: House) -> str:
    with house.database.write() as connection:
        return add_organisation(
            connection,
            name="A",
            contact_name="B",
            contact="C",
            keep_months=12,
            reply_days=7,
            made_up=False,
            now=NOW,
        )


def test_migrations_make_the_tables_of_the_schema(house: House) -> None:
    with house.database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_an_empty_file_is_not_ready_and_a_migrated_one_is(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    before = database.ready()

    database.migrate()

    assert (before, database.ready()) == (False, True)
    database.close()


@pytest.mark.parametrize("version", ["0001", "0002", "0003"])
def test_a_database_of_an_earlier_version_is_brought_up_to_date_with_everything_in_it(
    hiring: Hiring, tmp_path: Path, version: str
) -> None:
    finished, begun, left = (hiring.invite(name).begin() for name in ("Ana", "Bo", "Cy"))
    hiring.invite("Di")
    answer_all(hiring.house, finished)
    submit(hiring.house, actor=finished, now=hiring.now)
    save_answers(hiring.house, [Answer("liv_01", 4, 1)], actor=begun, now=hiring.now)
    leave(hiring.house, "", actor=left, now=hiring.now)
    old = _as_of(version, hiring.house.database, tmp_path / "old.db")

    old.migrate()

    with old.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        stages = connection.execute(text("SELECT stage, stage_since IS NULL FROM applications ORDER BY stage")).all()
        assert stages == [("answering", 0), ("invited", 0), ("to_read", 0), ("withdrawn", 0)]
        assert connection.execute(text("SELECT count(*) FROM responses")).scalar() == 59
    old.close()


def _as_of(version: str, new: Database, path: Path) -> Database:
    """A database with the tables of an earlier version, and every row that fits into them."""
    old = Database(f"sqlite:///{path}")
    with old.read() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    raw = sqlite3.connect(path)
    raw.execute("ATTACH ? AS new", (new.url.database,))
    for (table,) in raw.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
        if table != "alembic_version":
            columns = ", ".join(row[1] for row in raw.execute(f"PRAGMA main.table_info({table})"))
            raw.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
    raw.commit()
    raw.close()
    return old


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
def test_what_is_acknowledged_survives_a_power_cut(house: House, pragma: str, value: object) -> None:
    with house.database.read() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_an_error_takes_everything_back(house: House) -> None:
    id_ = organisation(house)

    def fail() -> None:
        with house.database.write() as connection:
            audit.append(connection, id_, actor="system", kind="k", subject="s", now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    with house.database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM events")).scalar() == 0


def test_many_writers_at_once_lose_nothing(house: House) -> None:
    id_ = organisation(house)

    def write() -> None:
        for _ in range(25):
            with house.database.write() as connection:
                audit.append(connection, id_, actor="system", kind="k", subject="s", now=NOW)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with house.database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM events")).scalar() == 200
        assert audit.first_bad(connection, id_) is None


def test_the_chain_names_the_first_row_that_was_touched(house: House) -> None:
    id_ = organisation(house)
    with house.database.write() as connection:
        for at in range(5):
            audit.append(connection, id_, actor="system", kind="k", subject=f"s{at}", now=NOW)

    with house.database.write() as connection:
        body = connection.execute(text("SELECT body FROM events WHERE number = 3")).scalar_one()
        connection.execute(update(events).where(events.c.number == 3).values(body=body.replace("s2", "s9")))

    with house.database.read() as connection:
        assert audit.first_bad(connection, id_) == 3


def test_the_chain_is_the_one_that_is_written_down(house: House) -> None:
    """By hand: SHA-256 over sixty-four zeros, a line end and the canonical JSON."""
    id_ = organisation(house)
    with house.database.write() as connection:
        digest = audit.append(connection, id_, actor="system", kind="k", subject="s", now=NOW)

    said = '{"actor":"system","at":"2026-11-24T09:30:00.000000+00:00","kind":"k","number":1,"subject":"s"}'
    assert digest == hashlib.sha256(("0" * 64 + "\n" + said).encode()).hexdigest()


def test_the_same_version_is_kept_once_and_other_content_is_refused(house: House) -> None:
    id_ = organisation(house)

    def keep(body: object) -> str:
        with house.database.write() as connection:
            return documents.keep(
                connection,
                id_,
                kind="profile",
                name="p",
                version="0.1",
                body=body,
                author="system",
                reason="r",
                now=NOW,
            )

    first, again = keep({"a": 1, "b": 2}), keep({"b": 2, "a": 1})

    assert first == again
    with pytest.raises(InstrumentError, match="give it a new version"):
        keep({"a": 2})


def test_personal_text_is_not_readable_in_the_file_and_opens_with_the_key(tmp_path: Path) -> None:
    vault = Vault("one secret")

    sealed = vault.seal("Amara Okafor")

    assert b"Amara" not in sealed
    assert vault.open(sealed) == "Amara Okafor"
    assert vault.hash("a@b.org") != Vault("other").hash("a@b.org")


def test_a_wrong_key_is_said_and_a_changed_key_still_opens_what_was_sealed_before() -> None:
    sealed = Vault("old").seal("text")

    assert Vault("new", "old").open(sealed) == "text"
    assert Vault("new", "old").hash("a") == Vault("old").hash("a")
    with pytest.raises(AssessmentError, match="CAREFIT_SECRET_KEY"):
        Vault("new").open(sealed)


def test_the_key_file_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "carefit.key"

    first, second = secret_beside(path), secret_beside(path)

    assert first == second
    assert path.stat().st_mode & 0o777 == 0o600


def test_names_and_mails_are_sealed_in_every_column(tmp_path: Path) -> None:
    house = open_house(Settings(f"sqlite:///{tmp_path / 'x.db'}", "secret", "http://localhost", False))
    start_hiring(house)
    begin_work(house).invite("Zanzibar Quux", "zanzibar@quux.example")
    with sqlite3.connect(tmp_path / "x.db") as plain:
        dump = "\n".join(plain.iterdump())
    house.database.close()

    assert "anzibar" not in dump
    assert "quux" not in dump.casefold()
