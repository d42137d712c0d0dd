"""Agency and temporary staff: from where, until when, and a word before it ends."""

from datetime import date, timedelta

import pytest

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.engagements import Engaged, engaged, set_engagement, tasks_for
from assessment.services.stages import move_in
from assessment.storage.schema import applications
from tests.hiring import NOW, Hiring, Person, events_of

LAST = date(2026, 12, 20)


def hired(hiring: Hiring) -> Person:
    person = hiring.invite("Ana Ruiz")
    with hiring.house.database.write() as connection:
        move_in(connection, hiring.house, person.application, "hired", actor=hiring.staff, now=NOW)
    return person


def test_agency_staff_have_an_agency_which_is_sealed(hiring: Hiring) -> None:
    person = hired(hiring)

    set_engagement(hiring.house, person.application, "agency", agency="Violet Care", actor=hiring.staff, now=NOW)

    assert engaged(hiring.house, person.application, actor=hiring.staff) == Engaged("agency", "Violet Care", None)
    with hiring.house.database.read() as connection:
        assert "Violet" not in repr(connection.execute(applications.select()).all())
    assert "Violet" not in repr(events_of(hiring.house, "engagement_set"))


def test_what_is_missing_or_unknown_is_refused(hiring: Hiring) -> None:
    person = hired(hiring)

    for engagement in ("agency", "temporary"):
        with pytest.raises(SheetError):
            set_engagement(hiring.house, person.application, engagement, actor=hiring.staff, now=NOW)
    with pytest.raises(UnknownIdError, match="agency, employed, temporary"):
        set_engagement(hiring.house, person.application, "borrowed", actor=hiring.staff, now=NOW)
    with pytest.raises(UnknownIdError):
        set_engagement(hiring.house, "nobody", "employed", actor=hiring.staff, now=NOW)


def test_an_end_that_comes_soon_stands_on_today(hiring: Hiring) -> None:
    person = hired(hiring)
    set_engagement(hiring.house, person.application, "temporary", ends_on=LAST, actor=hiring.staff, now=NOW)

    early, soon, over = (
        tasks_for(hiring.house, actor=hiring.staff, now=NOW + timedelta(days)) for days in (11, 12, 27)
    )

    assert early == ()
    assert [(t.title, t.due, t.overdue) for t in soon] == [("The time of Ana Ruiz ends", "20 December", False)]
    assert [(t.title, t.overdue) for t in over] == [("The time of Ana Ruiz has ended", True)]


def test_who_becomes_employed_has_no_agency_and_no_end(hiring: Hiring) -> None:
    person = hired(hiring)
    set_engagement(hiring.house, person.application, "agency", agency="V", ends_on=LAST, actor=hiring.staff, now=NOW)

    set_engagement(hiring.house, person.application, "employed", agency="V", ends_on=LAST, actor=hiring.staff, now=NOW)

    assert engaged(hiring.house, person.application, actor=hiring.staff) == Engaged("employed", "", None)
    assert tasks_for(hiring.house, actor=hiring.staff, now=NOW + timedelta(20)) == ()


def test_only_hr_of_this_house_may(hiring: Hiring) -> None:
    person = hired(hiring)

    for actor in (
        Actor("staff", "0" * 32, "1" * 32, "hr_manager"),
        Actor("staff", hiring.staff.organisation_id, "1" * 32, "supervisor"),
    ):
        with pytest.raises((NotAllowedError, UnknownIdError)):
            set_engagement(hiring.house, person.application, "employed", actor=actor, now=NOW)
        with pytest.raises((NotAllowedError, UnknownIdError)):
            engaged(hiring.house, person.application, actor=actor)
