"""Reminders: by day, once for a deadline, and none where something stands in the way."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.answers import Answer, save_answers, submit
from assessment.services.delivering import deliver
from assessment.services.doors import door
from assessment.services.invitations import invite, reissue, revoke
from assessment.services.invitees import Invitee
from assessment.services.own_words import ask_adjustment
from assessment.services.remind_by_hand import remind
from assessment.services.reminders import no_reminders, plan
from assessment.services.sitting import leave, look
from assessment.services.stages import move_in
from assessment.services.vacancies import close_vacancy
from assessment.storage.clock import moment
from assessment.storage.record import Record
from assessment.storage.schema import applications, organisations, people
from assessment.storage.schema import outbox as table
from tests.hiring import NOW, Hiring, Person, answer_all, events_of
from tests.mail_server import MailServer, running

ENDS = NOW + timedelta(days=14)  # 8 December, 9:30 UTC
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def planned(hiring: Hiring) -> list[Record]:
    with hiring.house.database.read() as connection:
        kinds = ("reminder_1", "reminder_2", "expiry_notice")
        query = select(table).where(table.c.template.in_(kinds)).order_by(table.c.created_at, table.c.id)
        return list(connection.execute(query).all())


def kinds(hiring: Hiring) -> list[tuple[str, datetime]]:
    return [(row.template, moment(row.not_before)) for row in planned(hiring) if row.status == "queued"]


def in_zone(hiring: Hiring, zone: str) -> None:
    with hiring.house.database.write() as connection:
        connection.execute(update(organisations).values(time_zone=zone))


def begin(person: Person, *, now: datetime = NOW) -> Actor:
    actor = person.begin(now=now)
    item = look(person.house, actor=actor, now=now).form.items[0]
    save_answers(person.house, [Answer(item, 4, 1)], actor=actor, now=now)
    return actor


def test_two_days_and_one_day_before_the_end_once_each_and_a_notice_afterwards(hiring: Hiring) -> None:
    hiring.invite("Ana", "ana@clinic.org")

    for hours in range(0, 24 * 16, 2):
        plan(hiring.house, NOW + hours * HOUR)
        plan(hiring.house, NOW + hours * HOUR)

    found = [(row.template, moment(row.not_before)) for row in planned(hiring)]
    assert found == [
        ("reminder_1", ENDS - 48 * HOUR),
        ("reminder_2", ENDS - 24 * HOUR),
        ("expiry_notice", ENDS),
    ]


def test_nobody_is_reminded_early_or_after_the_end(hiring: Hiring) -> None:
    hiring.invite("Ana", "ana@clinic.org")

    plan(hiring.house, ENDS - 48 * HOUR - timedelta(seconds=1))
    early = kinds(hiring)
    plan(hiring.house, ENDS + 4 * DAY)

    assert (early, kinds(hiring)) == ([], [])


def test_who_began_and_drifted_off_is_reminded_after_two_days_and_not_again_before_the_last_day(
    hiring: Hiring,
) -> None:
    begin(hiring.invite("Ana", "ana@clinic.org"))

    plan(hiring.house, NOW + 2 * DAY - HOUR)
    too_soon = kinds(hiring)
    for days in range(2, 14):
        plan(hiring.house, NOW + days * DAY)

    assert too_soon == []
    assert kinds(hiring) == [("reminder_1", NOW + 2 * DAY), ("reminder_2", ENDS - DAY)]


def test_somebody_who_goes_on_answering_is_left_in_peace(hiring: Hiring) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    actor = begin(person)
    items = look(hiring.house, actor=actor, now=NOW).form.items

    for days in range(1, 9):
        save_answers(hiring.house, [Answer(items[days], 3, 1)], actor=actor, now=NOW + days * DAY)
        plan(hiring.house, NOW + days * DAY + 47 * HOUR)

    assert kinds(hiring) == []


@pytest.mark.parametrize(
    ("zone", "now", "goes"),
    [
        ("Europe/Madrid", "2026-12-07T18:59", "2026-12-07T18:59"),  # 19:59
        ("Europe/Madrid", "2026-12-07T19:00", "2026-12-08T07:00"),  # 20:00
        ("Europe/Madrid", "2026-12-08T06:59", "2026-12-08T07:00"),
        ("Europe/Madrid", "2026-12-08T07:00", "2026-12-08T07:00"),
        ("America/New_York", "2026-12-07T12:59", "2026-12-07T13:00"),
        ("UTC", "2026-12-07T23:00", "2026-12-08T08:00"),
    ],
)
def test_at_night_it_waits_for_the_morning_of_the_house(hiring: Hiring, zone: str, now: str, goes: str) -> None:
    in_zone(hiring, zone)
    hiring.invite("Ana", "ana@clinic.org")

    plan(hiring.house, datetime.fromisoformat(f"{now}:00+00:00"))

    assert kinds(hiring) == [("reminder_2", datetime.fromisoformat(f"{goes}:00+00:00"))]


@pytest.mark.parametrize(
    ("invited", "goes"),
    [  # the clocks go forward in Madrid on 28 March 2027 and back on 31 October 2027
        ("2027-03-15T21:00", "2027-03-28T06:00"),
        ("2027-10-18T21:00", "2027-10-31T07:00"),
    ],
)
def test_the_morning_is_eight_also_when_the_clocks_change(hiring: Hiring, invited: str, goes: str) -> None:
    in_zone(hiring, "Europe/Madrid")
    now = datetime.fromisoformat(f"{invited}:00+00:00")
    later = Hiring(hiring.house, hiring.staff, hiring.staff_cookie, hiring.vacancy, now)
    later.invite("Ana", "ana@clinic.org")

    plan(hiring.house, now + 13 * DAY - 24 * HOUR + 2 * HOUR)  # the night before, at 23:00 or so

    (found,) = kinds(hiring)
    assert found == ("reminder_1", datetime.fromisoformat(f"{goes}:00+00:00"))
    assert found[1].astimezone(ZoneInfo("Europe/Madrid")).hour == 8


def test_no_reminder_waits_for_a_morning_after_the_end(hiring: Hiring) -> None:
    in_zone(hiring, "Pacific/Auckland")  # ENDS is 22:30 there
    hiring.invite("Ana", "ana@clinic.org")

    plan(hiring.house, ENDS - 2 * HOUR)

    assert kinds(hiring) == []


def left(hiring: Hiring, person: Person) -> None:
    leave(hiring.house, "", actor=person.come_in(), now=NOW)


def handed_in(hiring: Hiring, person: Person) -> None:
    actor = person.begin()
    answer_all(hiring.house, actor)
    submit(hiring.house, actor=actor, now=NOW)


def wants_none(hiring: Hiring, person: Person) -> None:
    no_reminders(hiring.house, True, actor=person.come_in(), now=NOW)


def wants_none_says_hr(hiring: Hiring, person: Person) -> None:
    no_reminders(hiring.house, True, application_id=person.application, actor=hiring.staff, now=NOW)


def closed(hiring: Hiring, person: Person) -> None:
    close_vacancy(hiring.house, hiring.vacancy, actor=hiring.staff, now=NOW)


def taken_back(hiring: Hiring, person: Person) -> None:
    revoke(hiring.house, person.application, actor=hiring.staff, now=NOW)


def asked_for_another_way(hiring: Hiring, person: Person) -> None:
    ask_adjustment(hiring.house, ["breaks"], "", actor=person.come_in(), now=NOW)


WAYS: tuple[Callable[[Hiring, Person], None], ...] = (
    left,
    handed_in,
    wants_none,
    wants_none_says_hr,
    closed,
    taken_back,
    asked_for_another_way,
)


@pytest.mark.parametrize("way", WAYS)
def test_nobody_is_reminded_when_something_stands_in_the_way(
    hiring: Hiring, way: Callable[[Hiring, Person], None]
) -> None:
    way(hiring, hiring.invite("Ana", "ana@clinic.org"))

    plan(hiring.house, ENDS - 30 * HOUR)

    assert kinds(hiring) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_reminder_that_waits_is_dropped_when_its_reason_is_gone(
    hiring: Hiring, way: Callable[[Hiring, Person], None]
) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    plan(hiring.house, ENDS - 30 * HOUR)
    way(hiring, person)

    with running(MailServer()) as server:
        deliver(hiring.house, server.mailer(), clock=lambda: ENDS - 25 * HOUR)

    (row,) = planned(hiring)
    assert (row.status, row.sent_at) == ("dropped", None)
    assert row.error
    assert all("still open" not in str(mail["Subject"]) for mail in server.taken)


def test_a_reminder_that_was_held_up_into_the_night_waits_for_the_morning(hiring: Hiring) -> None:
    hiring.invite("Ana", "ana@clinic.org")
    plan(hiring.house, ENDS - 48 * HOUR)
    night = datetime(2026, 12, 6, 23, 0, tzinfo=UTC)

    with running(MailServer()) as server:
        deliver(hiring.house, server.mailer(), clock=lambda: night)
        (at_night,) = planned(hiring)
        deliver(hiring.house, server.mailer(), clock=lambda: night + 9 * HOUR)

    assert (at_night.status, moment(at_night.not_before)) == ("queued", night + 9 * HOUR)
    assert "Your questions for Front desk officer are still open" in [str(m["Subject"]) for m in server.taken]


def test_a_new_link_has_reminders_of_its_own_and_ends_those_of_the_old_one(hiring: Hiring) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    plan(hiring.house, ENDS - 30 * HOUR)
    renewed = ENDS - 29 * HOUR
    reissue(hiring.house, person.application, actor=hiring.staff, now=renewed)

    plan(hiring.house, renewed)
    after = [row.status for row in planned(hiring)]
    plan(hiring.house, renewed + 13 * DAY)

    assert (after, len(planned(hiring))) == (["dropped"], 2)
    assert planned(hiring)[-1].template == "reminder_2"


def test_who_was_reminded_by_hand_is_not_reminded_by_a_machine_on_the_same_day(hiring: Hiring) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    remind(hiring.house, [person.application], actor=hiring.staff, now=ENDS - 49 * HOUR)

    plan(hiring.house, ENDS - 47 * HOUR)
    first = len(planned(hiring))
    plan(hiring.house, ENDS - 24 * HOUR)

    assert (first, [row.template for row in planned(hiring)][1:]) == (1, ["reminder_2"])


def test_a_message_that_waits_for_somebody_without_an_address_is_dropped_too(hiring: Hiring) -> None:
    person = hiring.invite("Ana")
    plan(hiring.house, ENDS - 30 * HOUR)
    handed_in(hiring, person)

    plan(hiring.house, ENDS - 29 * HOUR)

    assert [row.status for row in planned(hiring)] == ["dropped"]


def test_days_do_not_run_out_while_a_wish_for_another_way_waits(hiring: Hiring) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    asked_for_another_way(hiring, person)

    for days in range(30):
        plan(hiring.house, NOW + days * DAY)

    assert door(hiring.house, person.token, now=NOW + 30 * DAY).role_title == "Front desk officer"
    assert look(hiring.house, actor=person.come_in(now=NOW + 30 * DAY), now=NOW + 30 * DAY).status == "open"
    assert kinds(hiring) == []
    assert events_of(hiring.house, "kept_open")


def test_reminders_can_be_wanted_again(hiring: Hiring) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    actor = person.come_in()
    for on in (True, True, False):
        no_reminders(hiring.house, on, actor=actor, now=NOW)

    plan(hiring.house, ENDS - 30 * HOUR)

    assert len(kinds(hiring)) == 1
    assert [len(events_of(hiring.house, kind)) for kind in ("reminders_stopped", "reminders_wanted")] == [1, 1]


def test_nobody_else_stops_reminders(hiring: Hiring) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    interviewer = Actor("staff", hiring.staff.organisation_id, "1" * 32, "interviewer")
    stranger = Actor("staff", "0" * 32, "1" * 32, "hr_manager")

    with pytest.raises(NotAllowedError):
        no_reminders(hiring.house, True, application_id=person.application, actor=interviewer, now=NOW)
    with pytest.raises(UnknownIdError):
        no_reminders(hiring.house, True, application_id=person.application, actor=stranger, now=NOW)


def test_a_person_who_answers_by_paper_gets_no_reminder(hiring: Hiring) -> None:
    invite(
        hiring.house,
        hiring.vacancy,
        [Invitee(1, "Ana", "ana@clinic.org", "en")],
        channel="paper",
        actor=hiring.staff,
        now=NOW,
    )

    plan(hiring.house, ENDS - 30 * HOUR)

    assert kinds(hiring) == []


@pytest.mark.parametrize("stage", ["offer", "not_taken", "hired", "redirected"])
def test_nobody_is_reminded_once_the_application_is_settled(hiring: Hiring, stage: str) -> None:
    person, other = hiring.invite("Ana", "ana@clinic.org"), hiring.invite("Bo", "bo@clinic.org")
    settle(hiring, person, stage)

    plan(hiring.house, ENDS - 48 * HOUR)
    planned_for = [row.application_id for row in planned(hiring)]
    settle(hiring, other, stage)
    with running(MailServer()) as server:
        done = deliver(hiring.house, server.mailer(), clock=lambda: ENDS - 47 * HOUR)
    for hours in (24, 0):
        plan(hiring.house, ENDS - hours * HOUR)

    assert planned_for == [other.application]
    assert done.dropped == [row.id for row in planned(hiring)]


def settle(hiring: Hiring, person: Person, stage: str) -> None:
    with hiring.house.database.write() as connection:
        move_in(connection, hiring.house, person.application, stage, actor=hiring.staff, now=NOW)


def test_one_row_that_cannot_be_read_keeps_nobody_from_being_reminded(
    hiring: Hiring, caplog: pytest.LogCaptureFixture
) -> None:
    broken, other = hiring.invite("Ana", "ana@clinic.org"), hiring.invite("Bo", "bo@clinic.org")
    with hiring.house.database.write() as connection:
        theirs = select(applications.c.person_id).where(applications.c.id == broken.application)
        query = update(people).where(people.c.id == theirs.scalar_subquery())
        connection.execute(query.values(name_sealed=b"no longer readable"))

    queued = plan(hiring.house, ENDS - 48 * HOUR)

    assert (queued, [row.application_id for row in planned(hiring)]) == (1, [other.application])
    assert [(r.name, broken.application in r.getMessage()) for r in caplog.records] == [("carefit.reminders", True)]
