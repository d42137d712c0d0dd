"""Both sides are asked on the day in the morning of the place, reminded once, and each message comes once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from assessment.services import check_in_rounds as rounds_module
from assessment.services.check_in_rounds import BY_DAY, REMIND_AFTER, check_in_rounds, reason_gone
from assessment.services.delivering import ONLY_BY_DAY, deliver
from assessment.services.doors import enter
from assessment.services.invitations import revoke
from assessment.services.reminders import no_reminders
from assessment.storage import check_ins as stored
from assessment.storage.outbox import queued_of
from assessment.storage.schema import applications, check_ins, outbox
from tests.checking_in import DAY_7, Started, move_to, noon, start
from tests.hiring import Hiring
from tests.mail_server import MailServer, running
from tests.picking import told
from tests.services.test_early_warnings import leave

ALL = (*BY_DAY, "manager_wants_talk")


@pytest.fixture
def started(hiring: Hiring) -> Started:
    return start(hiring)


def written(hiring: Hiring) -> list[str]:
    return sorted(t.template for t in told(hiring.house, *ALL))


def status(hiring: Hiring, template: str) -> list[str]:
    with hiring.house.database.read() as connection:
        return list(connection.execute(select(outbox.c.status).where(outbox.c.template == template)).scalars())


def test_both_sides_are_asked_on_the_day_and_once(started: Started) -> None:
    house = started.hiring.house

    made = [check_in_rounds(house, now=noon(DAY_7) + timedelta(minutes=n)) for n in (-24 * 60, 0, 1, 600)]

    assert made == [0, 2, 0, 0]
    asked, manager = told(house, "checkin_day_7")[0], told(house, "manager_checkin")[0]
    assert (asked.account, manager.account) == (None, started.lead.account_id)
    for words in (
        "Grace and the HR team",
        "14 December 2026",
        "21 December 2026",
        "Grace will talk",
        "about 2 minutes",
    ):
        assert words in asked.text
    assert f"/check-in?application={started.application}&day=7" in manager.text


def test_the_link_of_a_newcomer_opens_their_own_pages(started: Started) -> None:
    check_in_rounds(started.hiring.house, now=noon(DAY_7))

    (asked,) = told(started.hiring.house, "checkin_day_7")

    token = asked.text.partition("/i/")[2].split()[0]
    assert enter(started.hiring.house, token, now=noon(DAY_7))


@pytest.mark.parametrize(
    ("zone", "at", "made"),
    [
        ("Europe/Madrid", datetime(2026, 12, 7, 6, 59, tzinfo=UTC), 0),  # 7:59
        ("Europe/Madrid", datetime(2026, 12, 7, 7, 0, tzinfo=UTC), 2),
        ("Europe/Madrid", datetime(2026, 12, 7, 18, 59, tzinfo=UTC), 2),
        ("Europe/Madrid", datetime(2026, 12, 7, 19, 0, tzinfo=UTC), 0),  # 20:00
        ("Pacific/Auckland", datetime(2026, 12, 6, 19, 0, tzinfo=UTC), 2),  # the 7th, 8:00
        ("America/New_York", datetime(2026, 12, 7, 12, 59, tzinfo=UTC), 0),
        ("America/New_York", datetime(2026, 12, 8, 0, 59, tzinfo=UTC), 2),
    ],
)
def test_the_morning_is_that_of_the_place_and_nobody_is_asked_at_night(
    started: Started, zone: str, at: datetime, made: int
) -> None:
    move_to(started.hiring, zone)

    assert check_in_rounds(started.hiring.house, now=at) == made


def test_after_a_week_without_the_app_nobody_is_asked_any_more(started: Started) -> None:
    late = [check_in_rounds(started.hiring.house, now=noon(DAY_7 + timedelta(days=n))) for n in (8, 7)]

    assert late == [0, 2]
    assert "21 December 2026" in told(started.hiring.house, "checkin_day_7")[0].text


def test_each_side_is_reminded_once_three_days_later(started: Started) -> None:
    house = started.hiring.house
    check_in_rounds(house, now=noon(DAY_7))

    made = [check_in_rounds(house, now=noon(DAY_7) + REMIND_AFTER + timedelta(days=n)) for n in (-1, 0, 0, 1)]

    assert made == [0, 2, 0, 0]
    assert written(started.hiring)[1:] == ["checkin_reminder", "manager_checkin", "manager_checkin_reminder"]
    assert "14 December 2026" in told(house, "checkin_reminder")[0].text


def test_who_has_answered_is_not_reminded_and_a_message_on_its_way_is_dropped(started: Started) -> None:
    house = started.hiring.house
    check_in_rounds(house, now=noon(DAY_7))
    started.say(7, [4] * 5)

    made = check_in_rounds(house, now=noon(DAY_7) + REMIND_AFTER)

    assert made == 1
    assert (status(started.hiring, "checkin_day_7"), status(started.hiring, "checkin_reminder")) == (["dropped"], [])
    assert status(started.hiring, "manager_checkin_reminder") == ["queued"]


def test_who_wants_no_reminders_is_still_asked(started: Started) -> None:
    no_reminders(started.hiring.house, True, actor=started.newcomer.actor, now=noon(DAY_7))

    check_in_rounds(started.hiring.house, now=noon(DAY_7))
    check_in_rounds(started.hiring.house, now=noon(DAY_7) + REMIND_AFTER)

    assert "checkin_day_7" in written(started.hiring)
    assert "checkin_reminder" not in written(started.hiring)


def test_a_reminder_on_its_way_is_dropped_once_reminders_are_off(started: Started) -> None:
    house = started.hiring.house
    check_in_rounds(house, now=noon(DAY_7))
    check_in_rounds(house, now=noon(DAY_7) + REMIND_AFTER)
    no_reminders(house, True, actor=started.newcomer.actor, now=noon(DAY_7) + REMIND_AFTER)

    check_in_rounds(house, now=noon(DAY_7) + REMIND_AFTER + timedelta(minutes=1))

    assert status(started.hiring, "checkin_reminder") == ["dropped"]


def test_nobody_who_has_left_is_asked_and_what_waits_is_dropped(started: Started) -> None:
    house = started.hiring.house
    check_in_rounds(house, now=noon(DAY_7))
    leave(started.hiring, started.application, days=1)

    made = check_in_rounds(house, now=noon(DAY_7) + REMIND_AFTER)

    assert made == 0
    assert status(started.hiring, "checkin_day_7") + status(started.hiring, "manager_checkin") == ["dropped"] * 2


def test_a_link_that_was_taken_back_keeps_nobody_from_being_asked(started: Started) -> None:
    hiring = started.hiring
    start(hiring, "Bo", lead="Una")
    revoke(hiring.house, started.application, actor=hiring.staff, now=hiring.now)

    check_in_rounds(hiring.house, now=noon(DAY_7))

    assert written(hiring) == ["checkin_day_7", "checkin_day_7", "manager_checkin", "manager_checkin"]
    with hiring.house.database.read() as connection:
        mine = check_ins.c.application_id == started.application
        query = select(check_ins.c.asked_at).where(mine, check_ins.c.day == 7, check_ins.c.side == "newcomer")
        assert connection.execute(query).scalar() is not None


def test_killed_half_way_the_next_round_brings_what_is_missing_and_nothing_twice(
    started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = started.hiring.house

    def die(*_: object, **__: object) -> str:
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(rounds_module, "tell_staff", die)
        broken.setattr(rounds_module._log, "exception", lambda *_: None)
        first = check_in_rounds(house, now=noon(DAY_7))
    second = check_in_rounds(house, now=noon(DAY_7))

    assert (first, second) == (1, 1)
    assert written(started.hiring) == ["checkin_day_7", "manager_checkin"]


def test_a_message_whose_row_was_marked_by_another_process_is_not_written_again(started: Started) -> None:
    with started.hiring.house.database.write() as connection:
        (row, *_) = stored.whole_of(connection, started.application)
        first = stored.mark(connection, row.id, "asked_at", now=noon(DAY_7))
        second = stored.mark(connection, row.id, "asked_at", now=noon(DAY_7))

    assert (first, second) == (True, False)


def test_at_the_moment_of_sending_it_is_looked_at_again_and_the_night_is_kept(started: Started) -> None:
    house, at = started.hiring.house, noon(DAY_7)
    with house.database.write() as connection:
        connection.execute(update(outbox).values(status="sent"))
    check_in_rounds(house, now=at)
    with running(MailServer()) as server:
        night = deliver(house, server.mailer(), clock=lambda: at.replace(hour=22), mail_from="hr@anne.example")
    started.see(7, [4] * 5)
    with house.database.read() as connection:
        why = {row.template: reason_gone(connection, row, now=at) for row in queued_of(connection, BY_DAY)}
    with running(MailServer()) as server:
        noon_again = deliver(house, server.mailer(), clock=lambda: at + timedelta(days=1), mail_from="hr@anne.example")

    assert (night.sent, len(night.later)) == ([], 1)
    assert (noon_again.sent, len(noon_again.dropped)) == ([], 1)
    assert why == {"checkin_day_7": None, "manager_checkin": "the answers are in"}
    assert set(BY_DAY) <= set(ONLY_BY_DAY)


def test_an_early_warning_is_told_once_to_whoever_leads_after_an_hour(started: Started) -> None:
    house = started.hiring.house
    check_in_rounds(house, now=noon(DAY_7))
    started.say(7, [1, 1, 4, 4, 4])

    made = [check_in_rounds(house, now=noon(DAY_7) + timedelta(minutes=m)) for m in (59, 60, 61, 24 * 60)]

    (warning,) = told(house, "manager_early_warning")
    assert made == [0, 1, 0, 0]
    assert warning.account == started.lead.account_id
    assert "10 December 2026" in warning.text
    assert "clothes" not in warning.text  # what was answered stands behind the sign-in


def test_what_was_settled_or_put_right_is_told_to_nobody(started: Started) -> None:
    house = started.hiring.house
    check_in_rounds(house, now=noon(DAY_7))
    started.say(7, [1, 1, 4, 4, 4])
    started.say(7, [4, 4, 4, 4, 4], now=noon(DAY_7) + timedelta(minutes=30))

    check_in_rounds(house, now=noon(DAY_7) + timedelta(hours=3))

    assert told(house, "manager_early_warning") == []


def test_silence_is_told_after_a_week_and_what_is_answered_then_by_itself(started: Started) -> None:
    house, week = started.hiring.house, DAY_7 + timedelta(days=7)
    check_in_rounds(house, now=noon(DAY_7))
    check_in_rounds(house, now=noon(DAY_7) + REMIND_AFTER)
    before = check_in_rounds(house, now=noon(week - timedelta(days=1)))

    silent = check_in_rounds(house, now=noon(week))
    started.say(7, [1, 1, 4, 4, 4], now=noon(week))
    said = check_in_rounds(house, now=noon(week) + timedelta(hours=2))

    assert (before, silent, said) == (0, 1, 1)
    keys = [t.key.split(":")[2:] for t in told(house, "manager_early_warning")]
    assert keys == [["7", "silent"], ["7", "said"]]


def test_of_several_reasons_on_a_day_one_word_goes_out(started: Started) -> None:
    house = started.hiring.house
    check_in_rounds(house, now=noon(DAY_7))
    started.say(7, [1, 1, 1, 1, 1], talk=True)
    started.see(7, [5, 5, 5, 5, 5])

    check_in_rounds(house, now=noon(DAY_7) + timedelta(hours=2))
    check_in_rounds(house, now=noon(DAY_7) + timedelta(hours=3))

    assert len(told(house, "manager_early_warning")) == 1
    assert len(told(house, "manager_wants_talk")) == 1


def test_a_wish_to_talk_was_told_at_once_and_is_not_told_again(started: Started) -> None:
    check_in_rounds(started.hiring.house, now=noon(DAY_7))
    started.say(7, [4] * 5, talk=True)

    check_in_rounds(started.hiring.house, now=noon(DAY_7) + timedelta(hours=2))

    assert written(started.hiring).count("manager_wants_talk") == 1
    assert "manager_early_warning" not in written(started.hiring)


def test_in_spanish_it_is_asked_in_spanish(hiring: Hiring) -> None:
    start(hiring, "Eva", language="es")

    check_in_rounds(hiring.house, now=noon(DAY_7))

    (asked,) = told(hiring.house, "checkin_day_7")
    assert "Grace y el equipo de Recursos Humanos" in asked.text
    assert "14 de diciembre de 2026" in asked.text


def test_days_of_somebody_hired_long_ago_are_not_asked_about(hiring: Hiring) -> None:
    start(hiring)

    made = check_in_rounds(hiring.house, now=noon(date(2027, 6, 1)))

    assert made == 0
    with hiring.house.database.read() as connection:
        assert connection.execute(select(applications.c.stage)).scalar() == "hired"
