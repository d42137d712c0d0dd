"""Delivering what was announced: at least once each, under one id, by one process at a time.

Before a delivery goes out its next try is written down, so that a process that dies while it
sends leaves it to be sent again, with the same id, by which a receiver knows it.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from assessment.messages.signed_post import TIMEOUT, Answer, post, signature
from assessment.services.house import House
from assessment.services.webhooks import may_stay_here
from assessment.storage import audit, locks
from assessment.storage import webhooks as stored
from assessment.storage.clock import stamp
from assessment.storage.record import Record

PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 480, 1440))  # after the first try, the second …
LEFT_ALONE = PAUSES[0]  # what else waits for an address that cannot be reached
AT_ONCE = 50  # deliveries in a round
LOCK = "webhooks"
HELD_FOR = timedelta(seconds=60)
GONE = 410
_HOLDER = secrets.token_hex(8)  # this process


def send_due(house: House, *, clock: Callable[[], datetime], holder: str = _HOLDER, timeout: float = TIMEOUT) -> int:
    """Send what is due and return how many were tried; none while another process is at it.

    An address that cannot be reached is left alone for the rest of the round, so that it holds nobody up.
    """
    with house.database.read() as connection:
        if not stored.due(connection, now=clock(), limit=1):
            return 0
    if not _hold(house, holder, now=clock()):
        return 0
    try:
        return _round(house, clock=clock, holder=holder, timeout=timeout)
    finally:
        with house.database.write() as connection:
            locks.give_back(connection, LOCK, holder)


def _round(house: House, *, clock: Callable[[], datetime], holder: str, timeout: float) -> int:
    with house.database.read() as connection:
        rows = stored.due(connection, now=clock(), limit=AT_ONCE)
    tried, left_alone = 0, set[str]()
    for row in rows:
        if row.webhook_id in left_alone:
            continue
        if not _hold(house, holder, now=clock()):
            break
        if not _claim(house, row, now=clock()):
            continue
        answer = _send(house, row, now=clock(), timeout=timeout)
        _note(house, row, answer, now=clock())
        tried += 1
        if not answer.reached or answer.status == GONE:
            left_alone.add(row.webhook_id)
    return tried


def _hold(house: House, holder: str, *, now: datetime) -> bool:
    with house.database.write() as connection:
        return locks.take(connection, LOCK, holder, until=now + HELD_FOR, now=now)


def _claim(house: House, row: Record, *, now: datetime) -> bool:
    """Count the try and write down when the next one is, should this one never be heard of again."""
    pause = PAUSES[min(row.tries, len(PAUSES) - 1)]
    with house.database.write() as connection:
        return stored.claim(connection, row, next_at=now + pause, now=now)


def _send(house: House, row: Record, *, now: datetime, timeout: float) -> Answer:
    secret = house.vault.open(row.secret_sealed)
    headers = {
        "Carefit-Signature": signature(secret, int(now.timestamp()), row.body),
        "Carefit-Delivery": row.id,
        "Carefit-Event": row.kind,
    }
    url = house.vault.open(row.url_sealed)
    return post(url, row.body, headers, loopback=may_stay_here(house), timeout=timeout)


def _note(house: House, row: Record, answer: Answer, *, now: datetime) -> None:
    """2xx is done; 410 switches the address off; after the last pause it has failed."""
    said = {"answer": answer.words[:200]}
    with house.database.write() as connection:
        if answer.taken:
            stored.change_delivery(connection, row.id, status="done", done_at=stamp(now), **said)
        elif answer.status == GONE:
            stored.change_delivery(connection, row.id, status="failed", done_at=stamp(now), **said)
            stored.disable(connection, row.webhook_id, because="switched off: the address said 410", now=now)
            audit.append(
                connection,
                row.organisation_id,
                actor="system",
                kind="webhook_disabled",
                subject=row.webhook_id,
                now=now,
                body={"answer": GONE},
            )
        else:
            over = row.tries >= len(PAUSES)  # the tries before this one
            failed = {"status": "failed", "done_at": stamp(now)} if over else {}
            stored.change_delivery(connection, row.id, **failed, **said)
            if not answer.reached:
                stored.put_off(connection, row.webhook_id, until=now + LEFT_ALONE)
