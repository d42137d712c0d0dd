"""Delivering what is queued: one process at a time, one message at a time, each exactly once.

Before the mail server hears of a message, its row says `sending`; afterwards it says `sent`. Where a process dies in
between, nobody can know whether the server took it: it is sent once more under the same Message-ID, marked
`maybe_twice`, and after that a person looks at it.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Literal, Protocol
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from assessment.messages.mail import AddressError, Outgoing, address_in, compose, envelope, is_made_up
from assessment.messages.smtp import NotReachedError, NotTakenError, PerhapsTakenError
from assessment.services import check_in_rounds
from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.outbox_by_hand import drop_one_in
from assessment.services.remind_by_hand import by_day
from assessment.services.reminders import REMINDERS, reason_gone
from assessment.storage import audit, locks
from assessment.storage import outbox as stored
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record

LOCK = "outbox"
HELD_FOR = timedelta(minutes=2)  # longer than one message can take: each line of the talk has a time limit
STALE_AFTER = timedelta(days=7)  # a mail server that is set up late does not send what is long past
AT_ONCE = 50  # messages in a round
ONLY_BY_DAY = (*REMINDERS, *check_in_rounds.BY_DAY)
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 480, 480))  # after the first try, the second …; < 24 h
_NO_ADDRESS = "This is no address that a mail server takes. Please correct it, or send the message by hand."
_MADE_UP = "This address belongs to nobody, so nothing was sent to it. Please correct it, or send the message by hand."
_STALE = "It waited for more than a week, so it may not be true any more. Please look before you send it again."
_BROKEN = "Something is wrong with this message itself, so it was not sent. Please look at it, or send it by hand."
_TWICE_UNSURE = (
    "It broke off twice at the very end. It may have arrived; please ask the person before you send it again."
)
_log_of_work = logging.getLogger("carefit.delivering")


class Sender(Protocol):
    """Hands mails to a server; messages/smtp.py says which errors mean what."""

    @property
    def is_loopback(self) -> bool: ...

    def send(self, mail: EmailMessage, *, sender: str, to: str) -> None: ...

    def close(self) -> None: ...


@dataclass
class Round:
    """What became of the messages of one round, by id."""

    sent: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def deliver(
    house: House,
    sender: Sender,
    *,
    clock: Callable[[], datetime],
    mail_from: str = "",
    held_for: timedelta = HELD_FOR,
    most: int = AT_ONCE,
) -> Round:
    """Send what is due, as long as this process holds the lock; nothing while another one does.

    A server that cannot be reached ends the round. Made-up people get mail only from a server on this very machine.
    """
    done = Round()
    if not _anything(house, sender, now=clock()):
        return done
    holder = secrets.token_hex(8)
    if not _begin(house, holder, held_for, now=clock()):
        return done
    try:
        for _ in range(most):
            row = _claim(house, sender, holder, held_for, done, now=clock())
            if row is None or not _deliver_one(house, sender, row, mail_from, done, clock=clock):
                break
    finally:
        sender.close()
        with house.database.write() as connection:
            locks.give_back(connection, LOCK, holder)
    return done


def sender_address(house: House, mail_from: str, contact: str) -> str:
    """Whose address mails come from: the one that is set, else the organisation's contact, else the app's own."""
    host = urlsplit(house.base_url).hostname or "localhost"
    return address_in(mail_from) or address_in(contact) or f"carefit@{host if '.' in host else host + '.localdomain'}"


def _anything(house: House, sender: Sender, *, now: datetime) -> bool:
    with house.database.read() as connection:
        due = stored.next_due(connection, now=now, also_made_up=sender.is_loopback)
        return due is not None or bool(stored.left_sending(connection))


def _begin(house: House, holder: str, held_for: timedelta, *, now: datetime) -> bool:
    """Take the lock. Whatever says `sending` then was left by somebody who lost it."""
    with house.database.write() as connection:
        if not locks.take(connection, LOCK, holder, until=now + held_for, now=now):
            return False
        for row in stored.left_sending(connection):
            _unsure(connection, row, "the app stopped while it was being sent", again_at=now, now=now)
    return True


def _claim(
    house: House, sender: Sender, holder: str, held_for: timedelta, done: Round, *, now: datetime
) -> Record | None:
    """The next message, written down as being sent; what needs no server is settled on the way."""
    while True:
        row = None
        try:
            with house.database.write() as connection:
                if not locks.take(connection, LOCK, holder, until=now + held_for, now=now):
                    return None
                row = stored.next_due(connection, now=now, also_made_up=sender.is_loopback)
                if row is None or _begun(connection, house, sender, row, done, now=now):
                    return row
        except OperationalError:  # the database itself: no message is to blame
            raise
        except Exception:
            if row is None:
                raise
            _log_of_work.exception("message %s could not be prepared for sending", row.id)
            with house.database.write() as connection:
                _fail(connection, row, _BROKEN, only_from="queued", tries=row.tries, now=now)
            done.failed.append(row.id)


def _begun(connection: Connection, house: House, sender: Sender, row: Record, done: Round, *, now: datetime) -> bool:
    """Write a message down as being sent; False where that is settled without a server."""
    if why := reason_gone(connection, row, now=now) or check_in_rounds.reason_gone(connection, row, now=now):
        drop_one_in(connection, row.id, because=why, actor=_system(row), now=now)
        done.dropped.append(row.id)
        return False
    if now - moment(row.not_before) > STALE_AFTER:
        _fail(connection, row, _STALE, only_from="queued", tries=row.tries, now=now)
        done.failed.append(row.id)
        return False
    goes_at = by_day(now, ZoneInfo(row.time_zone)) if row.template in ONLY_BY_DAY else now
    if goes_at > now:
        stored.change(connection, row.id, {"not_before": stamp(goes_at)}, only_from=("queued",))
        done.later.append(row.id)
        return False
    if is_made_up(house.vault.open(row.to_sealed)) and not sender.is_loopback:
        _fail(connection, row, _MADE_UP, only_from="queued", tries=row.tries, now=now)
        done.failed.append(row.id)
        return False
    begun = {"status": "sending", "tries": row.tries + 1, "tried_at": stamp(now)}
    return stored.change(connection, row.id, begun, only_from=("queued",), at_try=row.tries)


def _deliver_one(
    house: House, sender: Sender, row: Record, mail_from: str, done: Round, *, clock: Callable[[], datetime]
) -> bool:
    """Hand one message over and write down what came of it; whether the server is there for the next one."""
    came = _hand_over(house, sender, row, mail_from, now=clock())
    tries, now = row.tries + 1, clock()
    with house.database.write() as connection:
        if came.what == "sent":
            values = {"status": "sent", "sent_how": "smtp", "sent_at": stamp(now), "error": None}
            if stored.change(connection, row.id, values, only_from=("sending",), at_try=tries):
                body = {"how": "smtp", "tries": tries, "maybe_twice": row.maybe_twice}
                _log(connection, row, "message_sent", now, body)
            done.sent.append(row.id)
        elif came.what == "unsure":
            left = _unsure(connection, row, came.words, again_at=now + PAUSES[1], now=now)
            (done.later if left else done.failed).append(row.id)
        elif came.what == "later" and tries <= len(PAUSES):
            values = {"status": "queued", "not_before": stamp(now + PAUSES[tries - 1]), "error": came.words[:300]}
            stored.change(connection, row.id, values, only_from=("sending",), at_try=tries)
            done.later.append(row.id)
        else:
            _fail(connection, row, came.words, only_from="sending", tries=tries, now=now)
            done.failed.append(row.id)
    return came.server_there


@dataclass(frozen=True)
class _Came:
    what: Literal["sent", "later", "failed", "unsure"]
    words: str = ""
    server_there: bool = True


def _hand_over(house: House, sender: Sender, row: Record, mail_from: str, *, now: datetime) -> _Came:
    try:
        mail = _mail(house, row, mail_from, now=now)
    except AddressError:
        return _Came("failed", _NO_ADDRESS)
    except Exception:  # nothing has left this machine yet
        _log_of_work.exception("message %s could not be put into a mail", row.id)
        return _Came("failed", _BROKEN)
    try:
        by, to = (envelope(mail[header].addresses[0].addr_spec) for header in ("From", "To"))
        sender.send(mail, sender=by, to=to)
    except AddressError:
        return _Came("failed", _NO_ADDRESS)
    except NotTakenError as error:
        return _Came("failed" if error.for_good else "later", str(error))
    except NotReachedError as error:
        return _Came("later", str(error), server_there=False)
    except PerhapsTakenError as error:
        return _Came("unsure", str(error), server_there=False)
    return _Came("sent")


def _mail(house: House, row: Record, mail_from: str, *, now: datetime) -> EmailMessage:
    open_ = house.vault.open
    return compose(
        Outgoing(
            message_id=row.message_id,
            to=open_(row.to_sealed),
            subject=open_(row.subject_sealed),
            text=open_(row.text_sealed),
            language=row.language,
            sender=sender_address(house, mail_from, row.contact),
            sender_name=row.organisation,
            reply_to=address_in(row.contact),
            at=now,
            calendar=open_(row.calendar_sealed) if row.calendar_sealed else None,
            method=row.calendar_method,
        )
    )


def _unsure(connection: Connection, row: Record, words: str, *, again_at: datetime, now: datetime) -> bool:
    """It may have been taken: once more under the same Message-ID, and marked; whether that is left to do."""
    if row.maybe_twice:
        _fail(connection, row, _TWICE_UNSURE, only_from="sending", tries=None, now=now)
        return False
    values = {"status": "queued", "maybe_twice": True, "not_before": stamp(again_at), "error": words[:300]}
    if stored.change(connection, row.id, values, only_from=("sending",)):
        _log(connection, row, "message_maybe_sent", now, {})
    return True


def _fail(connection: Connection, row: Record, words: str, *, only_from: str, tries: int | None, now: datetime) -> None:
    values = {"status": "failed", "error": words[:300]}
    if stored.change(connection, row.id, values, only_from=(only_from,), at_try=tries):
        _log(connection, row, "message_failed", now, {"tries": tries if tries is not None else row.tries})


def _system(row: Record) -> Actor:
    return Actor("system", row.organisation_id)


def _log(connection: Connection, row: Record, kind: str, now: datetime, body: dict[str, object]) -> None:
    audit.append(connection, row.organisation_id, actor="system", kind=kind, subject=row.id, now=now, body=body)
