"""Learning for tests: people who work here without the long way there, modules done, seminars and many who sign up at once."""

import threading
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import update

from assessment.services.actor import Actor
from assessment.services.module_work import do_step, finish, open_module, pick_answer
from assessment.services.my_seminars import FullError, sign_up
from assessment.services.seminar import Standing
from assessment.services.seminars import Dated, list_seminars, offer_seminar
from assessment.services.stages import move_in
from assessment.storage.schema import applications, sittings, vacancies
from tests.hiring import Hiring
from tests.newcomers import Newcomer

MODULE = "desk_privacy"
DAY = date(2026, 12, 8)  # a Tuesday


def at_work(hiring: Hiring, name: str = "Ana Ruiz", *, language: str = "en") -> Newcomer:
    """Somebody who stands at the stage of those who were hired."""
    person = hiring.invite(name, f"{name.split()[0].lower()}@x.org", language)
    actor = person.come_in(now=hiring.now)
    with hiring.house.database.write() as connection:
        move_in(connection, hiring.house, person.application, "hired", actor=hiring.staff, now=hiring.now)
    return Newcomer(person, actor, person.application)


def for_growth(hiring: Hiring, name: str) -> Newcomer:
    """Somebody who works here already and takes part for their own growth."""
    found = at_work(hiring, name)
    with hiring.house.database.write() as connection:
        connection.execute(update(vacancies).where(vacancies.c.id == hiring.vacancy).values(purpose="growth"))
        own = applications.c.id == found.application
        connection.execute(update(applications).where(own).values(stage="growth"))
        mine = sittings.c.application_id == found.application
        connection.execute(update(sittings).where(mine).values(purpose="growth"))
    return found


def do_all(hiring: Hiring, newcomer: Newcomer, module: str = MODULE, *, now: datetime | None = None) -> None:
    """Every step and every question, and then the end."""
    now = now or hiring.now
    found = open_module(hiring.house, module, actor=newcomer.actor).module
    for step in range(1, len(found.steps) + 1):
        do_step(hiring.house, module, step, actor=newcomer.actor, now=now)
    for check in found.checks:
        pick_answer(hiring.house, module, check.id, "a", actor=newcomer.actor, now=now)
    finish(hiring.house, module, actor=newcomer.actor, now=now)


def seminar(hiring: Hiring, *, seats: int = 2, module: str = MODULE, **given: Any) -> str:
    return dated(hiring, seats=seats, module=module, **given).id


def dated(hiring: Hiring, *, seats: int = 2, module: str = MODULE, **given: Any) -> Dated:
    given = {"title": "Privacy at the desk", "day": DAY, "at": time(14), "minutes": 90, "place": "Room 2", **given}
    return offer_seminar(
        hiring.house,
        module,
        seats=seats,
        **{"led_by": "Una Berg", "actor": hiring.staff, "now": hiring.now, **given},
    )


def standings(hiring: Hiring, seminar_id: str) -> dict[str, Standing]:
    """Who stands how on a list, in its order, as the administrator sees it."""
    found = next(one for one in list_seminars(hiring.house, actor=hiring.staff) if one.seminar.id == seminar_id)
    return {one.application_id: one.standing for one in found.people}


@dataclass
class Rush:
    """What many who signed up at once were told."""

    actors: dict[str, Actor]
    got: dict[str, Standing] = field(default_factory=dict)
    full: list[str] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)


def rush(hiring: Hiring, seminar_id: str, people: int, *, wait: bool) -> Rush:
    """Many people sign up at the same moment, with clocks that do not agree."""
    found = Rush({one.application: one.actor for one in (at_work(hiring, f"P{n} Ruiz") for n in range(people))})
    start = threading.Barrier(people)

    def go(n: int, application: str, actor: Actor) -> None:
        start.wait()
        try:
            now = hiring.now - timedelta(seconds=n)
            found.got[application] = sign_up(hiring.house, seminar_id, wait=wait, actor=actor, now=now)
        except FullError:
            found.full.append(application)
        except Exception as error:
            found.trouble.append(error)

    threads = [threading.Thread(target=go, args=(n, *item)) for n, item in enumerate(found.actors.items())]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
