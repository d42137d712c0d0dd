"""Interviews for tests: times offered, people asked, and many who pick at once."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import icalendar
from sqlalchemy import select

from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.interviews import JustTakenError, ask_to_pick, pick
from assessment.services.invitations import invite
from assessment.services.invitees import Invitee
from assessment.services.slot import Slot
from assessment.services.slots import list_slots, offer_slots
from assessment.storage.schema import applications, interviews, outbox, sittings
from tests.hiring import Hiring, Person

MADRID = "Europe/Madrid"
DAY = date(2026, 12, 8)  # a Tuesday


def offer(
    hiring: Hiring,
    interviewer: str,
    *,
    second: str | None = None,
    days: Sequence[date] = (DAY,),
    times: Sequence[time] = (time(14),),
    actor: Actor | None = None,
    place: str = "Room 2",
    now: datetime | None = None,
    **more: Any,
) -> tuple[str, ...]:
    """Offer times for the opening of the tests; 45 minutes each, with a pause of 15."""
    return offer_slots(
        hiring.house,
        hiring.vacancy,
        interviewer=interviewer,
        second=second,
        days=days,
        times=times,
        time_zone=more.pop("time_zone", MADRID),
        place=place,
        actor=actor or hiring.staff,
        now=now or hiring.now,
        **more,
    ).slot_ids


def asked(hiring: Hiring, *names: str, language: str = "en", now: datetime | None = None) -> list[Person]:
    """People who are invited by e-mail and asked to pick a time."""
    people = [hiring.invite(name, f"{name.split()[0].lower()}@x.org", language) for name in names]
    ask_to_pick(hiring.house, [p.application for p in people], actor=hiring.staff, now=now or hiring.now)
    return people


def slot_of(hiring: Hiring, application: str) -> Slot | None:
    """The slot that the store says is somebody's."""
    return next(
        (s for s in list_slots(hiring.house, hiring.vacancy, actor=hiring.staff) if s.application_id == application),
        None,
    )


@dataclass(frozen=True)
class Told:
    """A message of the outbox, opened."""

    key: str
    template: str
    application: str | None
    account: str | None
    language: str
    subject: str
    text: str
    sms: str
    calendar: str
    method: str | None

    @property
    def unfolded(self) -> str:
        return self.calendar.replace("\r\n ", "")

    @property
    def event(self) -> Any:
        (event,) = icalendar.Calendar.from_ical(self.calendar).walk("VEVENT")
        return event


def told(house: House, *templates: str) -> list[Told]:
    """What was queued, oldest first."""
    open_ = lambda sealed: house.vault.open(sealed) if sealed else ""  # noqa: E731
    with house.database.read() as connection:
        rows = connection.execute(select(outbox).order_by(outbox.c.created_at)).all()
    return [
        Told(
            row.key,
            row.template,
            row.application_id,
            row.account_id,
            row.language,
            open_(row.subject_sealed),
            open_(row.text_sealed),
            open_(row.sms_sealed),
            open_(row.calendar_sealed),
            row.calendar_method,
        )
        for row in rows
        if not templates or row.template in templates
    ]


@dataclass
class Race:
    """What many people who picked at once were told: a slot each, or that it was just taken."""

    actors: dict[str, Actor]
    got: dict[str, Slot] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)


def race(hiring: Hiring, people: int, slots: Sequence[str], *, now: datetime) -> Race:
    """Many people are asked, and all of them pick at the same moment."""
    invitees = [Invitee(n, f"Person {n}", f"p{n}@x.org", "es" if n % 2 else "en") for n in range(people)]
    invited = invite(hiring.house, hiring.vacancy, invitees, actor=hiring.staff, now=now)
    ask_to_pick(hiring.house, [one.application_id for one in invited], actor=hiring.staff, now=now)
    with hiring.house.database.read() as connection:
        rows = connection.execute(select(sittings.c.id, sittings.c.application_id)).all()
    known = {one.application_id for one in invited}
    org = hiring.staff.organisation_id
    found = Race(
        {r.application_id: Actor("candidate", org, sitting_id=r.id) for r in rows if r.application_id in known}
    )
    start = threading.Barrier(people)

    def go(application: str, actor: Actor, slot: str) -> Callable[[], None]:
        def run() -> None:
            start.wait()
            try:
                found.got[application] = pick(hiring.house, slot, actor=actor, now=now)
            except JustTakenError:
                found.refused.append(application)
            except Exception as error:
                found.trouble.append(error)

        return run

    threads = [
        threading.Thread(target=go(application, actor, slots[n % len(slots)]))
        for n, (application, actor) in enumerate(found.actors.items())
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def held(house: House) -> dict[str, str]:
    """Application → slot, as the table has it."""
    with house.database.read() as connection:
        query = select(interviews.c.application_id, interviews.c.slot_id).where(interviews.c.slot_id.is_not(None))
        return {row.application_id: row.slot_id for row in connection.execute(query)}


def stage_of(house: House, application: str) -> str:
    with house.database.read() as connection:
        return str(
            connection.execute(select(applications.c.stage).where(applications.c.id == application)).scalar_one()
        )


def check_the_truth(hiring: Hiring, found: Race, slots: Sequence[str]) -> None:
    """One booking a slot, no double, and everybody was told what the table says."""
    holds = held(hiring.house)
    confirmed = {t.application: t for t in told(hiring.house, "interview_confirmation")}

    assert found.trouble == []
    assert sorted(holds.values()) == sorted(slots)
    assert {application: slot.id for application, slot in found.got.items()} == holds
    assert sorted([*found.got, *found.refused]) == sorted(found.actors)
    assert set(confirmed) == set(holds)
    for application, slot in found.got.items():
        message = confirmed[application]
        assert slot.when(message.language) in message.text
        assert message.event.decoded("DTSTART") == slot.starts_at
