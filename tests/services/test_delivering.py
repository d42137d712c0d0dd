"""Delivering to real mail servers: once each, later again where that helps, by hand where it does not."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select, update

from assessment.services.answers import submit
from assessment.services.delivering import AT_ONCE, HELD_FOR, LOCK, PAUSES, Round, deliver, sender_address
from assessment.services.house import House
from assessment.services.invitations import invite, reissue, revoke
from assessment.services.invitees import Invitee
from assessment.services.outbox import message, outbox
from assessment.services.outbox_by_hand import send_again
from assessment.services.telling import tell_candidate
from assessment.storage import locks
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record
from assessment.storage.schema import organisations
from assessment.storage.schema import outbox as table
from tests.hiring import NOW, Hiring, answer_all, events_of
from tests.mail_server import MailServer, running, until

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with running(MailServer()) as there:
        yield there


def rows(house: House) -> list[Record]:
    with house.database.read() as connection:
        return list(connection.execute(select(table).order_by(table.c.created_at, table.c.id)).all())


def the_row(house: House) -> Record:
    (row,) = rows(house)
    return row


def go(hiring: Hiring, server: MailServer, *, now: datetime = NOW, **options: int) -> Round:
    return deliver(hiring.house, server.mailer(), clock=lambda: now, **options)


def invite_many(hiring: Hiring, n: int) -> None:
    people = [Invitee(at, f"Person {at}", f"person.{at}@clinic.org", "en") for at in range(n)]
    invite(hiring.house, hiring.vacancy, people, actor=hiring.staff, now=NOW)


def test_an_invitation_is_delivered_once(hiring: Hiring, server: MailServer) -> None:
    person = hiring.invite("Amara Okafor", "amara@clinic.org")

    rounds = [go(hiring, server), go(hiring, server), go(hiring, server, now=NOW + timedelta(days=1))]

    (mail,) = server.taken
    row = the_row(hiring.house)
    assert [len(r.sent) for r in rounds] == [1, 0, 0]
    assert (mail["To"], mail["Message-ID"]) == ("amara@clinic.org", f"<{row.id}@carefit>")
    assert f"http://localhost:8501/i/{person.token}" in mail.get_content()
    assert (row.status, row.sent_how, row.tries, row.maybe_twice) == ("sent", "smtp", 1, False)
    assert [(e["subject"], e["how"], e["maybe_twice"]) for e in events_of(hiring.house, "message_sent")] == [
        (row.id, "smtp", False)
    ]


def test_a_message_waits_for_its_time_and_a_round_takes_so_many(hiring: Hiring, server: MailServer) -> None:
    invite_many(hiring, 5)
    with hiring.house.database.write() as connection:
        connection.execute(
            update(table)
            .where(table.c.id == rows(hiring.house)[0].id)
            .values(not_before=stamp(NOW + timedelta(hours=1)))
        )

    first, second, third = go(hiring, server, most=3), go(hiring, server, most=3), go(hiring, server)
    last = go(hiring, server, now=NOW + timedelta(hours=1))

    assert [len(r.sent) for r in (first, second, third, last)] == [3, 1, 0, 1]
    assert AT_ONCE >= 3


def test_somebody_without_an_address_is_left_to_a_person(hiring: Hiring, server: MailServer) -> None:
    hiring.invite("Amara Okafor")

    done = go(hiring, server)

    assert (done, server.taken, the_row(hiring.house).status) == (Round(), [], "queued")


def test_a_refusal_for_now_is_tried_again_with_growing_pauses_and_then_given_up(hiring: Hiring) -> None:
    hiring.invite("Amara Okafor", "amara@clinic.org")
    tried_at = [NOW]

    with running(MailServer(rcpt=lambda address: "451 come back later")) as server:
        while go(hiring, server, now=tried_at[-1]).later:
            too_soon = moment(the_row(hiring.house).not_before) - timedelta(seconds=1)
            assert go(hiring, server, now=too_soon) == Round()
            tried_at.append(moment(the_row(hiring.house).not_before))

    row = the_row(hiring.house)
    assert [b - a for a, b in pairwise(tried_at)] == list(PAUSES)
    assert tried_at[-1] - NOW < timedelta(hours=24)
    assert (row.status, row.tries, row.error) == ("failed", 8, "the mail server said 451 come back later")
    assert events_of(hiring.house, "message_failed")[0]["tries"] == 8


def test_a_refusal_for_good_fails_at_once_in_plain_words_and_holds_nobody_up(hiring: Hiring) -> None:
    hiring.invite("Nobody", "nobody@clinic.org")
    hiring.invite("Amara Okafor", "amara@clinic.org")

    with running(MailServer(rcpt=lambda a: "550 no such user" if "nobody" in a else "250 OK")) as server:
        done = go(hiring, server)

    (refused,) = [row for row in rows(hiring.house) if row.id in done.failed]
    assert (len(done.sent), len(server.taken)) == (1, 1)
    assert (refused.status, refused.error) == ("failed", "the mail server said 550 no such user")


def test_what_failed_is_sent_again_when_a_person_says_so(hiring: Hiring, server: MailServer) -> None:
    hiring.invite("Amara Okafor", "amara@clinic.org")
    with running(MailServer(data=lambda mail: "554 spam")) as refusing:
        go(hiring, refusing)

    send_again(hiring.house, the_row(hiring.house).id, actor=hiring.staff, now=NOW)
    go(hiring, server)

    assert (the_row(hiring.house).status, len(server.taken)) == ("sent", 1)


def test_a_server_that_is_not_there_ends_the_round_and_is_tried_again(hiring: Hiring) -> None:
    invite_many(hiring, 3)
    with running(MailServer()) as gone:
        pass

    done = go(hiring, gone)

    assert (len(done.later), done.failed, done.sent) == (1, [], [])
    assert Counter(row.status for row in rows(hiring.house)) == {"queued": 3}
    with running(MailServer()) as back:
        go(hiring, back, now=NOW + timedelta(minutes=1))
    assert len(back.taken) == 3


def test_a_server_that_stalls_at_the_end_gets_it_once_more_under_the_same_id_and_then_a_person_looks(
    hiring: Hiring,
) -> None:
    hiring.invite("Amara Okafor", "amara@clinic.org")

    with running(MailServer(silent=True)) as server:
        go(hiring, server)
        first = the_row(hiring.house)
        go(hiring, server, now=NOW + timedelta(minutes=5))
        go(hiring, server, now=NOW + timedelta(hours=5))

    row = the_row(hiring.house)
    assert (first.status, first.maybe_twice) == ("queued", True)
    assert (row.status, row.maybe_twice, len(server.taken), len(set(server.ids()))) == ("failed", True, 2, 1)
    assert row.error.startswith("It broke off twice at the very end. It may have arrived")


def test_what_a_dead_process_left_is_sent_once_more_and_marked(hiring: Hiring, server: MailServer) -> None:
    hiring.invite("Amara Okafor", "amara@clinic.org")
    leave_as_dead(hiring, lock_until=NOW + HELD_FOR)

    while_held = go(hiring, server)
    afterwards = go(hiring, server, now=NOW + HELD_FOR)

    row = the_row(hiring.house)
    assert (while_held, len(afterwards.sent)) == (Round(), 1)
    assert (row.status, row.maybe_twice, len(server.taken)) == ("sent", True, 1)
    assert events_of(hiring.house, "message_sent")[0]["maybe_twice"]
    assert message(hiring.house, row.id, actor=hiring.staff).maybe_twice


def test_what_dead_processes_left_twice_is_for_a_person_to_look_at(hiring: Hiring, server: MailServer) -> None:
    hiring.invite("Amara Okafor", "amara@clinic.org")
    with hiring.house.database.write() as connection:
        connection.execute(update(table).values(maybe_twice=True))
    leave_as_dead(hiring, lock_until=NOW)

    go(hiring, server)

    assert (the_row(hiring.house).status, server.taken) == ("failed", [])


def leave_as_dead(hiring: Hiring, *, lock_until: datetime) -> None:
    """What stands in the database when a process is killed after the first of the two transactions."""
    with hiring.house.database.write() as connection:
        connection.execute(update(table).values(status="sending", tries=1, tried_at=stamp(NOW)))
        assert locks.take(connection, LOCK, "dead", until=lock_until, now=NOW)


class Elsewhere:
    """A mail server that is not on this machine, as far as anybody can tell."""

    is_loopback = False

    def __init__(self) -> None:
        self.to: list[str] = []

    def send(self, mail: EmailMessage, *, sender: str, to: str) -> None:
        self.to.append(to)

    def close(self) -> None:
        pass


def test_made_up_addresses_get_nothing_from_a_real_server(hiring: Hiring) -> None:
    hiring.invite("Amara Okafor", "amara@people.example")
    hiring.invite("Bo Chen", "bo@clinic.org")
    elsewhere = Elsewhere()

    done = deliver(hiring.house, elsewhere, clock=lambda: NOW)

    assert (elsewhere.to, len(done.failed)) == (["bo@clinic.org"], 1)
    assert any("This address belongs to nobody" in (row.error or "") for row in rows(hiring.house))


def test_a_made_up_house_sends_nothing_to_a_real_server(hiring: Hiring, server: MailServer) -> None:
    hiring.invite("Bo Chen", "bo@clinic.org")
    with hiring.house.database.write() as connection:
        connection.execute(update(organisations).values(made_up=True))
    elsewhere = Elsewhere()

    deliver(hiring.house, elsewhere, clock=lambda: NOW)
    waits = the_row(hiring.house).status
    go(hiring, server)

    assert (elsewhere.to, waits, len(server.taken)) == ([], "queued", 1)


def test_an_invitation_whose_reason_is_gone_is_not_sent(hiring: Hiring, server: MailServer) -> None:
    taken_back = hiring.invite("Ana", "ana@clinic.org")
    renewed = hiring.invite("Bo", "bo@clinic.org")
    answered = hiring.invite("Cy", "cy@clinic.org")
    revoke(hiring.house, taken_back.application, actor=hiring.staff, now=NOW)
    later = NOW + timedelta(minutes=1)
    reissue(hiring.house, renewed.application, actor=hiring.staff, now=later)
    actor = answered.begin()
    answer_all(hiring.house, actor)
    submit(hiring.house, actor=actor, now=NOW)

    done = go(hiring, server, now=later)

    why = {row.key.partition(":")[2]: row.error for row in rows(hiring.house) if row.status == "dropped"}
    assert len(done.dropped) == 3
    assert why == {
        taken_back.application: "the link was taken back",
        renewed.application: "there is a new link",
        answered.application: "the answers are in",
    }
    assert sorted(str(mail["To"]) for mail in server.taken) == ["ada@anne.example", "bo@clinic.org", "cy@clinic.org"]


def test_what_waited_for_more_than_a_week_is_looked_at_before_it_goes(hiring: Hiring, server: MailServer) -> None:
    person = hiring.invite("Ana", "ana@clinic.org")
    with hiring.house.database.write() as connection:
        tell_candidate(
            connection, hiring.house, person.application, "after_interview", key="x", actor=hiring.staff, now=NOW
        )

    go(hiring, server, now=NOW + timedelta(days=7, minutes=1))

    assert Counter(row.status for row in rows(hiring.house)) == {"failed": 2}
    assert (server.taken, rows(hiring.house)[0].error[:36]) == ([], "It waited for more than a week, so i")


def test_words_of_people_stay_words(hiring: Hiring, server: MailServer) -> None:
    hiring.invite("Ana {{ link }} {% x %}\r\nBcc: all@clinic.org", "ana@clinic.org")

    go(hiring, server)

    (mail,) = server.taken
    assert mail["Bcc"] is None
    assert "Ana {{ link }} {% x %}" in mail.get_content()


def test_an_address_that_is_none_fails_in_plain_words(hiring: Hiring, server: MailServer) -> None:
    hiring.invite("Ana", "ana@clinic.org")
    with hiring.house.database.write() as connection:
        connection.execute(update(table).values(to_sealed=hiring.house.vault.seal("a@b.org\r\nBcc: c@d.org")))

    go(hiring, server)

    assert (server.taken, the_row(hiring.house).error.partition(".")[0]) == (
        [],
        "This is no address that a mail server takes",
    )


def test_the_address_mails_come_from(hiring: Hiring) -> None:
    house = hiring.house

    assert sender_address(house, "Jobs <jobs@anne.org>", "marta@anne.org") == "jobs@anne.org"
    assert sender_address(house, "", "Marta, marta@anne.org, +49 30 1") == "marta@anne.org"
    assert sender_address(house, "", "+49 30 1") == "carefit@localhost.localdomain"


def test_a_lock_is_held_by_one_until_it_runs_out_or_is_given_back(house: House) -> None:
    minute = timedelta(minutes=1)
    with house.database.write() as connection:

        def take(holder: str, now: datetime) -> bool:
            return locks.take(connection, "x", holder, until=now + minute, now=now)

        first, other, again = take("a", NOW), take("b", NOW), take("a", NOW + minute / 2)
        too_soon, run_out = take("b", NOW + minute), take("b", NOW + 1.5 * minute)
        locks.give_back(connection, "x", "a")
        not_mine = take("a", NOW + 1.6 * minute)
        locks.give_back(connection, "x", "b")
        free = take("a", NOW + 1.6 * minute)

    assert (first, other, again, too_soon, run_out, not_mine, free) == (True, False, True, False, True, False, True)


def test_several_threads_at_once_deliver_each_once(hiring: Hiring, server: MailServer) -> None:
    invite_many(hiring, 20)

    def work() -> None:
        while left(hiring.house):
            deliver(hiring.house, server.mailer(), clock=lambda: NOW, most=4)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(Counter(server.ids()).values()) == {1}
    assert (len(server.taken), any(row.maybe_twice for row in rows(hiring.house))) == (20, False)


class Processes:
    """Starts processes that deliver, and kills them."""

    def __init__(self, house: House, port: int) -> None:
        self.nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.delivery_process", str(house.database.url), str(port)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == "ready"
        self.alive: set[int] = set()

    def start(self) -> int:
        assert self.nursery.stdin is not None
        self.nursery.stdin.write("one\n")
        self.nursery.stdin.flush()
        child = int(self._line())
        self.alive.add(child)
        return child

    def kill(self, child: int) -> None:
        os.kill(child, signal.SIGKILL)
        self.alive.discard(child)

    def end(self) -> None:
        for child in list(self.alive):
            with suppress(ProcessLookupError):
                self.kill(child)
        self.nursery.kill()
        self.nursery.communicate()

    def _line(self) -> str:
        assert self.nursery.stdout is not None
        return self.nursery.stdout.readline().strip()


@contextmanager
def processes(house: House, port: int) -> Iterator[Processes]:
    there = Processes(house, port)
    try:
        yield there
    finally:
        there.end()


def left(house: House) -> int:
    with house.database.read() as connection:
        return len(connection.execute(select(table.c.id).where(table.c.status.in_(("queued", "sending")))).all())


@pytest.mark.big
def test_killed_at_twenty_random_moments_each_of_200_arrives_once_or_is_marked(hiring: Hiring) -> None:
    invite_many(hiring, 200)
    rng = random.Random(20261125)
    kills = 0

    with running(MailServer(delay=0.01)) as server, processes(hiring.house, server.port) as there:
        while kills < 20:
            child, before, more = there.start(), len(server.taken), rng.randint(1, 8)
            until(lambda: len(server.taken) >= before + more or not left(hiring.house))  # noqa: B023
            time.sleep(rng.uniform(0, 0.05))
            assert left(hiring.house), "all were delivered before the last kill; let it kill sooner"
            there.kill(child)
            kills += 1
        there.start()
        until(lambda: not left(hiring.house))

    times, found = Counter(server.ids()), rows(hiring.house)
    once = [row for row in found if not row.maybe_twice]
    marked = [row for row in found if row.maybe_twice]
    assert {times[f"<{row.message_id}>"] for row in once} == {1}
    assert {times[f"<{row.message_id}>"] for row in marked} <= {1, 2}
    assert (len(times), {row.status for row in once}, len(found)) == (200, {"sent"}, 200)
    assert all(row.status in ("sent", "failed") for row in marked)
    assert len(marked) <= kills
    assert all(one.maybe_twice for one in outbox(hiring.house, actor=hiring.staff, now=NOW) if one.tries > 1)


@pytest.mark.big
def test_killed_after_the_server_took_it_and_before_that_was_noted(hiring: Hiring) -> None:
    hiring.invite("Amara Okafor", "amara@clinic.org")

    with running(MailServer(delay=1.0)) as server, processes(hiring.house, server.port) as there:
        child = there.start()
        until(lambda: len(server.taken) == 1)
        there.kill(child)
        server.delay = 0
        there.start()
        until(lambda: not left(hiring.house))

    row = the_row(hiring.house)
    assert (row.status, row.maybe_twice, row.tries, len(server.taken), len(set(server.ids()))) == (
        "sent",
        True,
        2,
        2,
        1,
    )


@pytest.mark.big
def test_two_processes_at_once_deliver_each_once(hiring: Hiring) -> None:
    invite_many(hiring, 60)

    with running(MailServer()) as server, processes(hiring.house, server.port) as there:
        there.start()
        there.start()
        until(lambda: not left(hiring.house))

    assert (len(server.taken), len(set(server.ids()))) == (60, 60)
    assert not any(row.maybe_twice for row in rows(hiring.house))


@pytest.mark.parametrize("column", ["to_sealed", "text_sealed"])
def test_a_message_that_cannot_be_read_has_failed_and_the_others_go_out(
    hiring: Hiring, server: MailServer, caplog: pytest.LogCaptureFixture, column: str
) -> None:
    invite_many(hiring, 3)
    broken = rows(hiring.house)[0].id
    with hiring.house.database.write() as connection:
        connection.execute(update(table).where(table.c.id == broken).values({column: b"no longer readable"}))
        connection.execute(update(organisations).values(made_up=False))

    done = go(hiring, server)

    failed = next(row for row in rows(hiring.house) if row.id == broken)
    assert (done.failed, len(done.sent), len(server.taken)) == ([broken], 2, 2)
    assert failed.status == "failed"
    assert failed.error.startswith("Something is wrong with this message itself")
    assert [record.name for record in caplog.records] == ["carefit.delivering"]
