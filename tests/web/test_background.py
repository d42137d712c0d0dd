"""Work beside the requests: again and again, also after it failed, until it is stopped."""

import threading

import pytest

from assessment.services.house import House, Settings
from assessment.web.background import every
from assessment.web.rounds import begin_rounds
from tests.mail_server import until


def test_work_goes_on_after_it_failed_and_ends_when_stopped(caplog: pytest.LogCaptureFixture) -> None:
    rounds = []

    def work() -> None:
        rounds.append(1)
        raise ValueError("just now")

    standing = every(0.001, work, "work")
    until(lambda: len(rounds) >= 3)
    standing.stop()
    done = len(rounds)

    assert not standing.thread.is_alive()
    assert len(rounds) == done
    assert "work failed and will be tried again" in caplog.text


def test_stopping_lets_what_is_under_way_finish() -> None:
    begun, go_on, finished = threading.Event(), threading.Event(), []

    def work() -> None:
        begun.set()
        go_on.wait(5)
        finished.append(1)

    standing = every(60, work, "work")
    begun.wait(5)
    threading.Timer(0.05, go_on.set).start()
    standing.stop()

    assert finished == [1]


@pytest.mark.parametrize(("smtp_url", "delivers"), [("", False), ("smtp://127.0.0.1:9", True)])
def test_mail_is_delivered_only_with_a_server(house: House, smtp_url: str, delivers: bool) -> None:
    rounds = begin_rounds(house, Settings("", "", "http://localhost:8501", False, smtp_url=smtp_url))
    for standing in rounds:
        standing.stop()

    assert ("carefit-mail" in [standing.thread.name for standing in rounds]) == delivers
    assert "carefit-reminders" in [standing.thread.name for standing in rounds]
