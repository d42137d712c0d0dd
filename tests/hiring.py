"""A small house for tests: one organisation, one opening, people invited to it, all made by the verbs themselves."""

import json
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from assessment.services.accounts import set_up, sign_in, staff_actor
from assessment.services.actor import Actor
from assessment.services.answers import Answer, save_answers
from assessment.services.doors import candidate_actor, enter
from assessment.services.house import House
from assessment.services.invitations import invite
from assessment.services.invitees import Invitee
from assessment.services.sign_off import sign
from assessment.services.sitting import agree, look
from assessment.services.vacancies import list_vacancies, open_vacancy
from assessment.storage.accounts import begin_session
from assessment.storage.schema import accounts, events
from assessment.storage.vault import token_hash

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
EMAIL, PASSWORD = "ada@anne.example", "seven quiet lamps"


@dataclass(frozen=True)
class Hiring:
    """Somebody signed in, and an opening for a front desk officer."""

    house: House
    staff: Actor
    staff_cookie: str
    vacancy: str
    now: datetime = NOW

    def invite(self, name: str = "Sofia Marino", email: str | None = None, language: str = "en") -> "Person":
        (invited,) = invite(
            self.house,
            self.vacancy,
            [Invitee(1, name, email, language)],
            actor=self.staff,
            now=self.now,
        )
        return Person(self.house, invited.application_id, invited.url.rpartition("/")[2])

    def open_another(self, role: str) -> "Hiring":
        vacancy = open_vacancy(
            self.house, role, title="Another job", site="", hours="", pay="", actor=self.staff, now=self.now
        )
        return replace(self, vacancy=vacancy.id)


@dataclass(frozen=True)
class Person:
    """Somebody who was invited; `come_in` opens their link."""

    house: House
    application: str
    token: str

    def come_in(self, *, now: datetime = NOW) -> Actor:
        actor = candidate_actor(self.house, self.cookie(now=now), now=now)
        assert actor is not None
        return actor

    def cookie(self, *, now: datetime = NOW) -> str:
        return enter(self.house, self.token, now=now)

    def begin(self, *, now: datetime = NOW) -> Actor:
        """Come in and agree to the notice."""
        actor = self.come_in(now=now)
        agree(self.house, actor=actor, now=now)
        return actor


def start_hiring(house: House) -> None:
    """Set up the organisation and its first opening."""
    set_up(house, organisation="St Anne's", name="Ada Voss", email=EMAIL, password=PASSWORD, now=NOW)
    staff = _signed_in(house, sign_in(house, EMAIL, PASSWORD, address="127.0.0.1", now=NOW))
    sign(house, "legal_contact", name="Dr Lena Ott", actor=staff, now=NOW)
    sign(house, "works_council", name="", note="We have none.", actor=staff, now=NOW)
    open_vacancy(
        house,
        "front_desk_officer",
        title="Front desk officer",
        site="Main house",
        hours="30 h",
        pay="16 an hour",
        actor=staff,
        now=NOW,
    )


def begin_work(house: House, *, now: datetime = NOW) -> Hiring:
    """The administrator comes back to what `start_hiring` left, without the slow look at a password."""
    cookie = secrets.token_urlsafe(32)
    with house.database.write() as connection:
        account = connection.execute(select(accounts)).one()
        begin_session(connection, token_hash(cookie), account_id=account.id, now=now)
    staff = _signed_in(house, cookie, now=now)
    (vacancy,) = list_vacancies(house, actor=staff, now=now)
    return Hiring(house, staff, cookie, vacancy.id, now)


def answer_all(house: House, actor: Actor, *, value: int = 4, now: datetime = NOW) -> None:
    """Give one value to every item, and the first two options of every scenario."""
    form = look(house, actor=actor, now=now).form
    taps = [Answer(item, value, 1) for item in form.items]
    taps += [Answer(f, "a" if f.endswith(".best") else "b", 1) for f in form.fields() if f not in form.items]
    save_answers(house, taps, actor=actor, now=now)


def events_of(house: House, kind: str) -> list[dict[str, Any]]:
    """What the log says of one kind, oldest first."""
    with house.database.read() as connection:
        query = select(events.c.body).where(events.c.kind == kind).order_by(events.c.number)
        return [json.loads(body) for body in connection.execute(query).scalars()]


def _signed_in(house: House, cookie: str, *, now: datetime = NOW) -> Actor:
    staff = staff_actor(house, cookie, now=now)
    assert staff is not None
    return staff
