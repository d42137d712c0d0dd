"""Other systems are told of every move: signed, with ids only, again and again until they took it, never lost."""

import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.decision_messages import send_decision
from assessment.services.decisions import Decided, take_back
from assessment.services.organisation import found
from assessment.services.sitting import leave
from assessment.services.stages import move
from assessment.services.tracking_system import assessment, assessments
from assessment.services.webhook_sending import AT_ONCE, HELD_FOR, LEFT_ALONE, LOCK, PAUSES, send_due
from assessment.services.webhooks import (
    MOST_ADDRESSES,
    Delivery,
    add_webhook,
    deliveries,
    disable_webhook,
    send_again,
    send_test,
    webhooks,
)
from assessment.storage import locks
from assessment.storage.schema import webhook_deliveries
from assessment.storage.schema import webhooks as table
from tests.conftest import SECRET
from tests.deciding import BECAUSE, offer, refuse, send, to_decide
from tests.hiring import NOW, Hiring, Person, events_of
from tests.listener import Listener, listening

ROOT = Path(__file__).parents[2]
STRANGER = Actor("staff", "0" * 32, "1" * 32, "administrator")


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


def listen(hiring: Hiring, listener: Listener) -> str:
    return add_webhook(hiring.house, listener.url, actor=hiring.staff, now=NOW)


def deliver(hiring: Hiring, *, at: datetime = NOW, timeout: float = 5.0) -> int:
    return send_due(hiring.house, clock=lambda: at, timeout=timeout)


def log(hiring: Hiring) -> tuple[Delivery, ...]:
    return deliveries(hiring.house, actor=hiring.staff)


def test_a_move_is_told_signed_with_ids_only(hiring: Hiring, listener: Listener) -> None:
    secret = listen(hiring, listener)
    person = hiring.invite("Zanzibar Quux", "quux@x.example")

    tried = deliver(hiring)

    (heard,) = listener.heard
    (done,) = log(hiring)
    said = json.loads(heard.body)
    assert (tried, done.status, done.answer, done.tries) == (1, "done", "200 OK", 1)
    assert (heard.headers["Carefit-Event"], heard.headers["Carefit-Delivery"]) == ("stage_moved", done.id)
    assert heard.headers["Content-Type"] == "application/json"
    assert (said["application"], said["vacancy"], said["from"], said["to"]) == (
        person.application,
        hiring.vacancy,
        None,
        "invited",
    )
    assert sorted(said) == ["application", "at", "from", "kind", "move", "to", "vacancy"]
    assert not {"Zanzibar", "Quux", "quux"} & set(heard.body.replace('"', " ").split())
    stamp, _, given = heard.headers["Carefit-Signature"].partition(",v1=")
    assert given == hmac.digest(secret.encode(), f"{stamp[2:]}.{heard.body}".encode(), hashlib.sha256).hex()
    assert stamp == f"t={int(NOW.timestamp())}"


def test_reasons_of_a_move_stay_here(hiring: Hiring, listener: Listener) -> None:
    person = hiring.invite()
    listen(hiring, listener)
    move(hiring.house, [person.application], "interview", because="a violet umbrella", actor=hiring.staff, now=NOW)

    deliver(hiring)

    assert [json.loads(h.body)["to"] for h in listener.heard] == ["interview"]
    assert "violet" not in listener.heard[0].body


def test_what_failed_is_sent_again_after_its_pause_under_the_same_id(hiring: Hiring, listener: Listener) -> None:
    listen(hiring, listener)
    hiring.invite()
    listener.answers = [500]

    deliver(hiring)
    after_the_first = log(hiring)[0]
    too_early = deliver(hiring, at=NOW + timedelta(seconds=59))
    in_time = deliver(hiring, at=NOW + timedelta(minutes=1))

    assert (after_the_first.status, after_the_first.answer) == ("waiting", "500 Internal Server Error")
    assert (too_early, in_time, log(hiring)[0].status, log(hiring)[0].tries) == (0, 1, "done", 2)
    assert len({h.headers["Carefit-Delivery"] for h in listener.heard}) == 1
    assert len({h.headers["Carefit-Signature"] for h in listener.heard}) == 2


def test_pauses_grow_and_then_it_has_failed(hiring: Hiring, listener: Listener) -> None:
    listen(hiring, listener)
    hiring.invite()
    listener.answers = [503] * 20
    at, waited = NOW, []

    for _ in range(7):
        assert deliver(hiring, at=at) == 1
        last = log(hiring)[0]
        waited.append(last.next_at - at)
        at = last.next_at

    assert waited[:6] == list(PAUSES)
    assert (last.status, last.tries, deliver(hiring, at=at + timedelta(days=30))) == ("failed", 7, 0)
    assert len(listener.heard) == 7


def test_who_is_silent_is_waited_for_once_a_round_and_holds_nobody_up(hiring: Hiring, listener: Listener) -> None:
    listen(hiring, listener)
    listener.stall = 2.0
    hiring.invite("Ana")
    hiring.invite("Bo")
    with listening() as other:
        listen(hiring, other)
        hiring.invite("Chi")

        tried = deliver(hiring, timeout=0.3)

    slow = [d for d in log(hiring) if d.url == listener.url and d.tries]
    assert (tried, len(other.heard)) == (2, 1)
    assert [(d.status, d.answer) for d in slow] == [("waiting", "no answer within 0.3 seconds")]


def test_nobody_there_is_said(hiring: Hiring) -> None:
    with listening() as gone:
        listen(hiring, gone)
    hiring.invite()

    deliver(hiring)

    assert (log(hiring)[0].status, log(hiring)[0].answer) == ("waiting", "nobody listens there")


def test_410_switches_an_address_off(hiring: Hiring, listener: Listener) -> None:
    listen(hiring, listener)
    hiring.invite("Ana")
    hiring.invite("Bo")
    listener.answers = [410]

    deliver(hiring)
    hiring.invite("Chi")

    assert webhooks(hiring.house, actor=hiring.staff) == ()
    assert sorted((d.status, d.answer) for d in log(hiring)) == [
        ("failed", "410 Gone"),
        ("failed", "switched off: the address said 410"),
    ]
    assert len(listener.heard) == 1
    assert [e["actor"] for e in events_of(hiring.house, "webhook_disabled")] == ["system"]


def test_a_redirect_is_not_followed(hiring: Hiring, listener: Listener) -> None:
    with listening() as elsewhere:
        listen(hiring, listener)
        listener.answers, listener.location = [302], elsewhere.url
        hiring.invite()

        deliver(hiring)

    assert (log(hiring)[0].answer, elsewhere.heard) == ("302 Found", [])


def test_only_one_process_sends_and_a_lock_that_was_not_given_back_runs_out(hiring: Hiring, listener: Listener) -> None:
    listen(hiring, listener)
    hiring.invite()
    with hiring.house.database.write() as connection:
        locks.take(connection, LOCK, "another process", until=NOW + HELD_FOR, now=NOW)

    while_held = deliver(hiring)
    afterwards = deliver(hiring, at=NOW + HELD_FOR)

    assert (while_held, afterwards, len(listener.heard)) == (0, 1, 1)


def test_killed_between_sending_and_noting_it_goes_out_again_under_the_same_id(
    hiring: Hiring, listener: Listener
) -> None:
    listen(hiring, listener)
    hiring.invite()
    program = (
        "import sys; from datetime import UTC, datetime\n"
        "from assessment.services.house import Settings, open_house\n"
        "from assessment.services.webhook_sending import send_due\n"
        f"house = open_house(Settings({str(hiring.house.database.url)!r}, {SECRET!r}, 'http://localhost:8501', False))\n"
        f"send_due(house, clock=lambda: datetime.fromisoformat({NOW.isoformat()!r}))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    listener.on_hearing = lambda: os.kill(process.pid, signal.SIGKILL)

    ended = process.wait(60)
    listener.on_hearing = lambda: None
    before_it_is_due = deliver(hiring, at=NOW + timedelta(seconds=30))
    again = deliver(hiring, at=NOW + PAUSES[0])

    assert (ended, before_it_is_due, again) == (-signal.SIGKILL, 0, 1)
    assert len({h.headers["Carefit-Delivery"] for h in listener.heard}) == 1
    assert (len(listener.heard), log(hiring)[0].status) == (2, "done")


def test_what_is_taken_back_is_not_told(hiring: Hiring, listener: Listener) -> None:
    listen(hiring, listener)

    with pytest.raises(NotAllowedError):
        move(hiring.house, [hiring.invite().application], "hired", actor=hiring.staff, now=NOW)
    deliver(hiring)

    assert [json.loads(h.body)["to"] for h in listener.heard] == ["invited"]


def test_a_test_says_nothing_but_that_it_is_one(hiring: Hiring, listener: Listener) -> None:
    listen(hiring, listener)
    (webhook,) = webhooks(hiring.house, actor=hiring.staff)

    send_test(hiring.house, webhook.id, actor=hiring.staff, now=NOW)
    deliver(hiring)

    assert sorted(json.loads(listener.heard[0].body)) == ["at", "kind", "webhook"]
    assert listener.heard[0].headers["Carefit-Event"] == "test"


def test_what_has_failed_or_was_taken_can_be_sent_again_by_hand(hiring: Hiring, listener: Listener) -> None:
    listen(hiring, listener)
    hiring.invite()
    with pytest.raises(NotAllowedError, match="waiting to be sent already"):
        send_again(hiring.house, log(hiring)[0].id, actor=hiring.staff, now=NOW)
    deliver(hiring)

    send_again(hiring.house, log(hiring)[0].id, actor=hiring.staff, now=NOW)
    deliver(hiring)

    assert (len(listener.heard), log(hiring)[0].tries) == (2, 1)
    assert len({h.headers["Carefit-Delivery"] for h in listener.heard}) == 1


def test_an_address_that_is_switched_off_hears_no_more_and_what_waited_is_dropped(
    hiring: Hiring, listener: Listener
) -> None:
    listen(hiring, listener)
    hiring.invite()
    (webhook,) = webhooks(hiring.house, actor=hiring.staff)

    disable_webhook(hiring.house, webhook.id, actor=hiring.staff, now=NOW)
    deliver(hiring)

    assert (listener.heard, log(hiring)[0].status, log(hiring)[0].answer) == ([], "failed", "switched off")
    with pytest.raises(NotAllowedError, match="switched off"):
        send_again(hiring.house, log(hiring)[0].id, actor=hiring.staff, now=NOW)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "changes",
        "ftp://ats.example/x",
        "http://ats.example/x",
        "https://",
        "https://ats.example:0/",
        "https://ats.example:99999/",
        "https://user:pw@ats.example/x",
        "https://ats.example/x#y",
        "https://ats.example/a b",
        "https://ats.example/a\r\nX-Y: z",
        "https://müller.example/",
        "https://ats.example/" + "x" * 500,
        "https://10.0.0.1/",
        "https://192.168.1.4:8443/",
        "https://172.16.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[2002:a00:1::]/",
        "https://[::1",
    ],
)
def test_an_address_inside_or_malformed_is_refused(hiring: Hiring, url: str) -> None:
    with pytest.raises(SheetError):
        add_webhook(hiring.house, url, actor=hiring.staff, now=NOW)

    assert webhooks(hiring.house, actor=hiring.staff) == ()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "https://localhost/", "https://[::1]/", "http://localhost:1/"])
def test_where_people_reach_us_from_outside_this_machine_is_no_address_either(hiring: Hiring, url: str) -> None:
    outside = replace(hiring.house, base_url="https://carefit.example")

    assert add_webhook(hiring.house, url, actor=hiring.staff, now=NOW)
    with pytest.raises(SheetError):
        add_webhook(outside, url, actor=hiring.staff, now=NOW)


@pytest.mark.parametrize("inside", ["10.1.2.3", "127.0.0.1", "169.254.169.254", "fd00::7", "::ffff:192.168.0.1"])
def test_a_name_that_leads_inside_is_not_called(
    hiring: Hiring, listener: Listener, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    outside = replace(hiring.house, base_url="https://carefit.example")
    port = int(listener.url.split(":")[2].partition("/")[0])
    add_webhook(outside, f"https://ats.example:{port}/", actor=hiring.staff, now=NOW)
    hiring.invite()
    monkeypatch.setattr(
        "socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("93.184.216.34", port)), (2, 1, 6, "", (inside, port))]
    )

    send_due(outside, clock=lambda: NOW)

    assert (log(hiring)[0].answer[:31], listener.heard) == ("The address lies inside a netwo", [])


def test_address_and_secret_are_sealed(hiring: Hiring, listener: Listener) -> None:
    secret = listen(hiring, listener)

    with hiring.house.database.read() as connection:
        kept = repr(connection.execute(table.select()).all())
    assert listener.url not in kept
    assert secret not in kept


def test_there_are_ten_addresses_at_most(hiring: Hiring) -> None:
    for n in range(MOST_ADDRESSES):
        add_webhook(hiring.house, f"https://ats{n}.example/", actor=hiring.staff, now=NOW)

    with pytest.raises(NotAllowedError, match="Switch one off"):
        add_webhook(hiring.house, "https://ats.example/", actor=hiring.staff, now=NOW)


def test_only_an_administrator_of_the_same_organisation_sees_or_changes_addresses(
    hiring: Hiring, listener: Listener
) -> None:
    listen(hiring, listener)
    hiring.invite()
    (webhook,) = webhooks(hiring.house, actor=hiring.staff)
    manager = replace(hiring.staff, role="hr_manager")
    delivery = log(hiring)[0].id

    for verb, what in ((disable_webhook, webhook.id), (send_test, webhook.id), (send_again, delivery)):
        with pytest.raises(UnknownIdError):
            verb(hiring.house, what, actor=STRANGER, now=NOW)
        with pytest.raises(NotAllowedError):
            verb(hiring.house, what, actor=manager, now=NOW)
    with pytest.raises(NotAllowedError):
        webhooks(hiring.house, actor=manager)

    assert webhooks(hiring.house, actor=STRANGER) == deliveries(hiring.house, actor=STRANGER) == ()


def test_another_organisations_address_hears_nothing_of_ours(hiring: Hiring, listener: Listener) -> None:
    listen(hiring, listener)
    with hiring.house.database.write() as connection:
        other = found(connection, name="Other", contact_name="O", contact="o@o.example", now=NOW)
        connection.execute(table.update().values(organisation_id=other))

    hiring.invite()
    deliver(hiring)

    with hiring.house.database.read() as connection:
        assert connection.execute(webhook_deliveries.select()).all() == []
    assert listener.heard == []


def moves_told(hiring: Hiring) -> list[tuple[str | None, str]]:
    with hiring.house.database.read() as connection:
        rows = connection.execute(select(webhook_deliveries).order_by(webhook_deliveries.c.created_at)).all()
    bodies = [json.loads(row.body) for row in rows if row.kind == "stage_moved"]
    return [(body["from"], body["to"]) for body in bodies]


@pytest.mark.parametrize(("decide", "outcome"), [(offer, "offer"), (refuse, "not_taken")])
def test_others_hear_of_an_outcome_when_the_person_does(
    hiring: Hiring, listener: Listener, decide: Callable[..., Decided], outcome: str
) -> None:
    person = to_decide(hiring)
    listen(hiring, listener)

    decided = decide(hiring, person)
    before = (moves_told(hiring), stage_said(hiring, person))
    send(hiring, decided.id)
    send_decision(hiring.house, decided.id, subject="x", text="x", actor=hiring.staff, now=hiring.now)

    assert before == ([], "decision")
    assert (moves_told(hiring), stage_said(hiring, person)) == ([("to_read", outcome)], outcome)


def test_what_was_taken_back_before_it_was_told_is_not_heard_of(hiring: Hiring, listener: Listener) -> None:
    person = to_decide(hiring)
    listen(hiring, listener)

    take_back(hiring.house, offer(hiring, person).id, BECAUSE, actor=hiring.staff, now=hiring.now)
    quiet = moves_told(hiring)
    later = hiring.now + timedelta(minutes=1)
    again = offer(hiring, person, now=later)
    send(hiring, again.id, now=later)
    take_back(hiring.house, again.id, BECAUSE, although_told=True, actor=hiring.staff, now=later + timedelta(minutes=1))

    assert quiet == []
    assert moves_told(hiring) == [("to_read", "offer"), ("offer", "to_read")]


def test_who_withdraws_before_the_offer_was_told_withdraws_from_a_decision(hiring: Hiring, listener: Listener) -> None:
    person = to_decide(hiring)
    listen(hiring, listener)
    offer(hiring, person)

    leave(hiring.house, "", actor=person.come_in(), now=hiring.now)

    assert moves_told(hiring) == [("decision", "withdrawn")]


def stage_said(hiring: Hiring, person: Person) -> str:
    one = assessment(hiring.house, person.application, actor=hiring.staff, now=hiring.now).stage
    ((listed,), _) = assessments(hiring.house, actor=hiring.staff, now=hiring.now)
    assert listed.stage == one
    return one


def test_a_dead_address_with_a_long_queue_starves_nobody(hiring: Hiring, listener: Listener) -> None:
    with listening() as gone:
        listen(hiring, gone)
    for n in range(AT_ONCE + 5):
        hiring.invite(f"Person {n}")
    listen(hiring, listener)
    hiring.invite("Chi")

    tried = [deliver(hiring), deliver(hiring, at=NOW + timedelta(seconds=59))]

    waiting = {d.next_at for d in log(hiring) if d.url != listener.url}
    assert (tried, len(listener.heard), waiting) == ([2, 0], 1, {NOW + LEFT_ALONE})
