"""How fast a vacancy with 10,000 finished candidates opens and filters on the server.

Prints: the list as read from the store with its names opened the first time and again, a
filter over all rows, one run of the whole page, and the board with a move.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from assessment.pages.parts import who
from assessment.services import shortlist
from assessment.services.accounts import sign_in, staff_actor
from assessment.services.actor import Actor
from assessment.services.demo import demo
from assessment.services.house import House, the_house
from assessment.services.shortlist import filter_rows, list_candidates
from assessment.services.stages import BY_HAND
from assessment.storage.clock import new_id, stamp
from assessment.storage.schema import applications, people, results, sittings

PEOPLE = 10_000
MAIN = Path(__file__).parents[2] / "assessment/pages/main.py"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/carefit.db"
        os.environ["CAREFIT_DEMO"] = "1"
        house, now = the_house(), datetime.now(UTC)
        made = demo(house, now=now)
        token = sign_in(house, made.accounts[1].email, made.accounts[1].password, address="x", now=now)
        actor = staff_actor(house, token, now=now)
        assert actor is not None
        vacancy = next(v.id for v in made.vacancies if v.role == "billing_clerk")
        fill(house, vacancy, actor, now=now)
        shortlist._names.clear()
        shortlist._read.clear()
        first = seconds(lambda: list_candidates(house, vacancy, actor=actor, now=now))
        later = [now + timedelta(minutes=at) for at in range(1, 6)]
        again = statistics.median(seconds(lambda: list_candidates(house, vacancy, actor=actor, now=at)) for at in later)  # noqa: B023
        rows = list_candidates(house, vacancy, actor=actor, now=now)
        found = statistics.median(
            seconds(lambda: filter_rows(rows, search="an", states=["finished"], bands=["talk"], sort="name"))
            for _ in range(9)
        )
        who.cookies = lambda: {"carefit_staff": token}  # type: ignore[assignment]
        page = AppTest.from_file(str(MAIN), default_timeout=60).run()
        page.switch_page("hr/candidates.py")
        page.query_params["vacancy"] = vacancy
        shortlist._read.clear()
        opened = seconds(lambda: page.run())
        searched = seconds(lambda: page.text_input(key="search").set_value("an").run())
        page.switch_page("hr/board.py")
        page.query_params["vacancy"] = vacancy
        on_board = seconds(lambda: page.run())
        moved_by = next(b for b in page.button if b.label == "To Interview")
        moved = seconds(lambda: moved_by.click().run())
        print(f"{len(rows):,} people: listed in {first:.2f} s, with names opened before in {again:.2f} s")
        print(f"filtered in {found * 1000:.0f} ms; the whole page in {opened:.2f} s, searched in {searched:.2f} s")
        print(f"the board in {on_board:.2f} s, one move and the board anew in {moved:.2f} s")


def fill(house: House, vacancy: str, actor: Actor, *, now: datetime) -> None:
    """Copies of the demo's finished people under other names, until there are enough."""
    rng = np.random.default_rng(1)
    like = [row for row in list_candidates(house, vacancy, actor=actor, now=now) if row.state == "finished"]
    with house.database.read() as connection:
        sitting = connection.execute(sittings.select().where(sittings.c.id == like[0].sitting_id)).one()._mapping
        found = [
            connection.execute(results.select().where(results.c.sitting_id == row.sitting_id)).one()._mapping
            for row in like
        ]
    every: dict[str, list[dict[str, object]]] = {"people": [], "applications": [], "sittings": [], "results": []}
    for at in range(PEOPLE):
        person, application, own = new_id(), new_id(), new_id()
        when = stamp(now - timedelta(minutes=float(rng.uniform(1, 20_000))))
        name = house.vault.seal(f"Made Up {at:05d}")
        every["people"].append(
            dict(
                id=person,
                organisation_id=actor.organisation_id,
                name_sealed=name,
                email_sealed=None,
                email_hash=None,
                language="en",
                created_at=when,
            )
        )
        every["applications"].append(
            dict(
                id=application,
                vacancy_id=vacancy,
                person_id=person,
                channel="link",
                created_at=when,
                stage=BY_HAND[at % len(BY_HAND)],
                stage_since=when,
            )
        )
        every["sittings"].append(
            {**sitting, "id": own, "application_id": application, "created_at": when, "finished_at": when}
        )
        every["results"].append({**found[at % len(found)], "sitting_id": own})
    with house.database.write() as connection:
        for table in (people, applications, sittings, results):
            connection.execute(insert(table), every[table.name])


def seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
