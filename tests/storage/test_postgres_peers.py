"""Colleagues answer about the same person at the same moment, on a real PostgreSQL."""

import time
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import Connection, func, select

from assessment.errors import UnknownIdError
from assessment.services.actor import Actor
from assessment.services.growth_members import leave_growth
from assessment.services.peers import ask_colleague
from assessment.storage import peers as stored
from assessment.storage.record import Record
from assessment.storage.schema import peer_sheets
from tests.growing import about, physicians
from tests.hiring import Hiring
from tests.storage.test_postgres import hiring_there, on_postgres
from tests.storage.test_postgres_check_ins import at_once

__all__ = ["hiring_there", "on_postgres"]
pytestmark = pytest.mark.postgres
COLLEAGUES = 10


@pytest.fixture(autouse=True)
def slow_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between what a colleague's sheet is put among and the writing of it there is time for others."""
    read = stored.sheets

    def slowly(connection: Connection, application_id: str) -> Sequence[Record]:
        found = read(connection, application_id)
        time.sleep(0.05)
        return found

    monkeypatch.setattr(stored, "sheets", slowly)


def colleagues(hiring: Hiring) -> tuple[Actor, list[Callable[[], object]]]:
    """Somebody who has answered, and what each of those they asked is about to hand in."""
    house, now = hiring.house, hiring.now
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    actor = ana.answer(now=now)
    asked = [(f"Colleague {n}", f"peer{n}@anne.example") for n in range(COLLEAGUES)]
    links = [ask_colleague(house, *one, language="en", actor=actor, now=now) for one in asked]
    return actor, [lambda link=link: about(house, link, value=4, now=now) for link in links]  # type: ignore[misc]


def kept(hiring: Hiring) -> int:
    with hiring.house.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(peer_sheets)).scalar_one())


def test_ten_colleagues_who_answer_at_once_are_all_kept(hiring_there: Hiring) -> None:
    _, (first, *others) = colleagues(hiring_there)
    first()

    trouble = at_once(*others)

    assert trouble == []
    assert kept(hiring_there) == COLLEAGUES


def test_whoever_takes_everything_back_meanwhile_leaves_no_sheet_behind(hiring_there: Hiring) -> None:
    actor, (first, *others) = colleagues(hiring_there)
    first()

    trouble = at_once(*others, lambda: leave_growth(hiring_there.house, actor=actor, now=hiring_there.now))

    assert {type(error) for error in trouble} <= {UnknownIdError}  # their link is gone with the rest
    assert kept(hiring_there) == 0
