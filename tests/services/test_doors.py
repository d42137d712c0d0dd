"""Links that open, links that do not, and a tablet that forgets."""

from datetime import timedelta
from pathlib import Path

import pytest

from assessment.errors import ClosedError, NotAllowedError, UnknownIdError
from assessment.services.answers import submit
from assessment.services.doors import DoorClosedError, candidate_actor, door, enter, enter_at_kiosk, leave_door
from assessment.services.invitations import reissue, revoke
from assessment.services.sitting import look, move_to
from assessment.storage.schema import candidate_sessions, doors
from tests.conftest import house_in
from tests.hiring import NOW, Hiring, events_of

LATER = NOW + timedelta(days=15)


def test_a_door_shows_organisation_and_job_and_no_name(hiring: Hiring) -> None:
    person = hiring.invite("Sofia Marino")

    view = door(hiring.house, person.token, now=NOW)

    assert (view.organisation, view.role_title, view.language) == ("St Anne's", "Front desk officer", "en")
    assert "Sofia" not in repr(view)


def test_looking_at_a_door_changes_nothing(hiring: Hiring) -> None:
    person = hiring.invite()
    before = len(events_of(hiring.house, "came_in"))

    door(hiring.house, person.token, now=NOW)

    assert len(events_of(hiring.house, "came_in")) == before
    with hiring.house.database.read() as connection:
        assert connection.execute(candidate_sessions.select()).all() == []


def test_only_hashes_of_tokens_are_kept(hiring: Hiring) -> None:
    person = hiring.invite()
    cookie = person.cookie()

    with hiring.house.database.read() as connection:
        kept = repr([*connection.execute(doors.select()), *connection.execute(candidate_sessions.select())])

    assert person.token not in kept
    assert cookie not in kept


def test_the_same_link_on_another_device_leads_to_the_same_place(hiring: Hiring) -> None:
    person = hiring.invite()
    phone = person.begin()
    move_to(hiring.house, "practice", actor=phone, now=NOW)

    laptop = person.come_in(now=NOW + timedelta(hours=1))

    assert look(hiring.house, actor=laptop, now=NOW).step == "practice"
    assert look(hiring.house, actor=phone, now=NOW).step == "practice"


@pytest.mark.parametrize(
    "token", ["", "abc", "x" * 43, "x" * 10_240, "../../etc/passwd", "'; drop table doors; --", "\x00", "é" * 43]
)
def test_a_link_that_is_none_is_not_known(hiring: Hiring, token: str) -> None:
    with pytest.raises(UnknownIdError, match="no link"):
        enter(hiring.house, token, now=NOW)


def test_an_expired_link_says_whom_to_ask(hiring: Hiring) -> None:
    person = hiring.invite()

    with pytest.raises(DoorClosedError, match=r"has ended.*ada@anne\.example") as caught:
        door(hiring.house, person.token, now=LATER)

    assert caught.value.revoked is False


def test_a_revoked_link_does_not_open_and_whoever_came_in_is_out(hiring: Hiring) -> None:
    person = hiring.invite()
    cookie = person.cookie()

    revoke(hiring.house, person.application, actor=hiring.staff, now=NOW)

    with pytest.raises(DoorClosedError, match="taken back"):
        enter(hiring.house, person.token, now=NOW)
    assert candidate_actor(hiring.house, cookie, now=NOW) is None


def test_a_new_link_opens_where_the_old_one_stopped(hiring: Hiring) -> None:
    person = hiring.invite()
    actor = person.begin()
    move_to(hiring.house, "questions", actor=actor, now=NOW)

    url = reissue(hiring.house, person.application, actor=hiring.staff, now=LATER)

    cookie = enter(hiring.house, url.rpartition("/")[2], now=LATER)
    again = candidate_actor(hiring.house, cookie, now=LATER)
    assert again is not None
    assert look(hiring.house, actor=again, now=LATER).step == "questions"


def test_a_browser_is_remembered_until_the_link_expires(hiring: Hiring) -> None:
    cookie = hiring.invite().cookie()

    assert candidate_actor(hiring.house, cookie, now=NOW + timedelta(days=13)) is not None
    assert candidate_actor(hiring.house, cookie, now=LATER) is None


@pytest.mark.parametrize("cookie", [None, "", "x" * 43, "x" * 10_240, "ü", "a b"])
def test_a_cookie_that_is_none_remembers_nobody(hiring: Hiring, cookie: str | None) -> None:
    assert candidate_actor(hiring.house, cookie, now=NOW) is None


def test_a_staff_cookie_is_no_candidate(hiring: Hiring) -> None:
    assert candidate_actor(hiring.house, hiring.staff_cookie, now=NOW) is None


def test_going_out_ends_this_browser_and_not_the_link(hiring: Hiring) -> None:
    person = hiring.invite()
    cookie = person.cookie()

    leave_door(hiring.house, cookie, now=NOW)

    assert candidate_actor(hiring.house, cookie, now=NOW) is None
    assert person.come_in() is not None


def test_a_kiosk_opens_one_sitting_and_forgets_it_after_half_an_hour(hiring: Hiring) -> None:
    person = hiring.invite()

    cookie = enter_at_kiosk(hiring.house, person.application, actor=hiring.staff, now=NOW)

    actor = candidate_actor(hiring.house, cookie, now=NOW + timedelta(minutes=29))
    assert actor is not None
    assert actor.kiosk is True
    assert candidate_actor(hiring.house, cookie, now=NOW + timedelta(minutes=58)) is not None
    assert candidate_actor(hiring.house, cookie, now=NOW + timedelta(minutes=89)) is None


def test_a_candidate_cannot_begin_a_kiosk(hiring: Hiring) -> None:
    person = hiring.invite()

    with pytest.raises(NotAllowedError, match="only an"):
        enter_at_kiosk(hiring.house, person.application, actor=person.come_in(), now=NOW)


def test_a_kiosk_does_not_open_what_is_handed_in(hiring: Hiring) -> None:
    person = hiring.invite()
    submit(hiring.house, actor=person.begin(), now=NOW, skip=True)

    with pytest.raises(ClosedError, match="not open"):
        enter_at_kiosk(hiring.house, person.application, actor=hiring.staff, now=NOW)


def test_a_restart_forgets_nobody(hiring: Hiring, tmp_path: Path) -> None:
    cookie = hiring.invite().cookie()
    hiring.house.database.close()

    started_again = house_in(tmp_path)

    assert candidate_actor(started_again, cookie, now=NOW) is not None
    started_again.database.close()
