"""Ordering, taking along and telling other systems on a real PostgreSQL, where writers do not queue by themselves."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from assessment.services.answers import submit
from assessment.services.api_tokens import make_token, token_actor
from assessment.services.handing_over import vacancy_export
from assessment.services.tracking_system import Order, assessments, fetch_result, order_assessment
from assessment.services.webhook_sending import send_due
from assessment.services.webhooks import add_webhook, deliveries
from assessment.storage import locks
from tests.hiring import NOW, Hiring, answer_all
from tests.listener import Listener, listening
from tests.storage.test_postgres import hiring_there, on_postgres

__all__ = ["hiring_there", "on_postgres"]
pytestmark = pytest.mark.postgres


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


def test_many_orders_at_once_with_one_key_are_one(hiring_there: Hiring) -> None:
    token = make_token(hiring_there.house, name="ATS", may_order=True, actor=hiring_there.staff, now=NOW)
    actor = token_actor(hiring_there.house, token, now=NOW)
    assert actor is not None
    begin, order = threading.Barrier(6), Order("Ana Ruiz", "ana@x.example", "en", "A-1")

    def call(_: int) -> tuple[str, bool]:
        begin.wait()
        ordered = order_assessment(hiring_there.house, hiring_there.vacancy, order, key="k", actor=actor, now=NOW)
        return ordered.assessment.id, ordered.made

    with ThreadPoolExecutor(6) as pool:
        said = list(pool.map(call, range(6)))

    assert (len({id_ for id_, _ in said}), sum(made for _, made in said)) == (1, 1)


def test_a_lock_has_one_holder(hiring_there: Hiring) -> None:
    taken = []
    for holder in ("one", "other", "one"):
        with hiring_there.house.database.write() as connection:
            taken.append(locks.take(connection, "x", holder, until=NOW + timedelta(minutes=1), now=NOW))

    assert taken == [True, False, True]


def test_two_processes_deliver_each_message_once(hiring_there: Hiring, listener: Listener) -> None:
    add_webhook(hiring_there.house, listener.url, actor=hiring_there.staff, now=NOW)
    for n in range(10):
        hiring_there.invite(f"P {n}")

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda n: send_due(hiring_there.house, clock=lambda: NOW, holder=f"process {n}"), range(3)))

    heard = [h.headers["Carefit-Delivery"] for h in listener.heard]
    assert (len(heard), len(set(heard))) == (10, 10)
    assert {d.status for d in deliveries(hiring_there.house, actor=hiring_there.staff)} == {"done"}


def test_a_vacancy_is_taken_along_and_a_result_fetched(hiring_there: Hiring) -> None:
    person = hiring_there.invite("Ana Ruiz")
    actor = person.begin()
    answer_all(hiring_there.house, actor)
    submit(hiring_there.house, actor=actor, now=NOW)

    along = vacancy_export(hiring_there.house, hiring_there.vacancy, actor=hiring_there.staff, now=NOW)
    found, result = fetch_result(hiring_there.house, person.application, actor=hiring_there.staff, now=NOW)
    listed, after = assessments(hiring_there.house, actor=hiring_there.staff, now=NOW)

    assert along.people[0].result == result
    assert (listed, after) == ((found,), None)
