"""Deputies: to the day, over chains, never in circles."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.absences import (
    absences,
    come_back_early,
    go_away,
    last_deputy,
    possible_deputies,
    recipient_in,
    standing_in_for,
    stands_in_for,
)
from assessment.services.accounts import add_account, disable_account
from assessment.services.actor import Actor
from assessment.services.organisation import edit_organisation, organisation
from tests.hiring import NOW, Hiring, events_of

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessment.services.accounts.hashed", lambda password: password)


def colleague(hiring: Hiring, name: str, role: str = "hr_manager") -> Actor:
    id_ = add_account(
        hiring.house,
        actor=hiring.staff,
        name=name,
        email=f"{name.lower()}@anne.example",
        role=role,
        password="three calm rivers",
        now=NOW,
    )
    return Actor("staff", hiring.staff.organisation_id, id_, role, name=name)


def away(hiring: Hiring, who: Actor, deputy: Actor, *, first: int = 0, last: int = 3) -> str:
    return go_away(
        hiring.house,
        TODAY + timedelta(first),
        TODAY + timedelta(last),
        deputy.account_id or "",
        actor=who,
        now=NOW,
    )


def recipient(hiring: Hiring, who: Actor, now: datetime = NOW) -> str:
    with hiring.house.database.read() as connection:
        return recipient_in(connection, who.account_id or "", now)


@pytest.mark.parametrize(
    ("now", "who_gets_it"),
    [
        (datetime(2026, 11, 24, 23, 59, tzinfo=UTC), "ada"),
        (datetime(2026, 11, 25, 0, 0, tzinfo=UTC), "mo"),
        (datetime(2026, 11, 27, 23, 59, tzinfo=UTC), "mo"),
        (datetime(2026, 11, 28, 0, 0, tzinfo=UTC), "ada"),
    ],
)
def test_the_first_and_the_last_day_belong_to_an_absence(hiring: Hiring, now: datetime, who_gets_it: str) -> None:
    ids = {"ada": hiring.staff.account_id, "mo": (mo := colleague(hiring, "Mo")).account_id}
    away(hiring, hiring.staff, mo, first=1, last=3)

    assert recipient(hiring, hiring.staff, now) == ids[who_gets_it]


def test_a_day_begins_where_the_organisation_is(hiring: Hiring) -> None:
    mo = colleague(hiring, "Mo")
    there = organisation(hiring.house, actor=hiring.staff)
    edit_organisation(
        hiring.house,
        name=there.name,
        contact_name=there.contact_name,
        contact=there.contact,
        keep_months=12,
        reply_days=7,
        time_zone="Pacific/Auckland",
        actor=hiring.staff,
        now=NOW,
    )
    away(hiring, hiring.staff, mo, first=1, last=1)

    assert recipient(hiring, hiring.staff, datetime(2026, 11, 24, 10, 59, tzinfo=UTC)) == hiring.staff.account_id
    assert recipient(hiring, hiring.staff, datetime(2026, 11, 24, 11, 0, tzinfo=UTC)) == mo.account_id


def test_when_the_deputy_is_away_too_the_next_one_stands_in(hiring: Hiring) -> None:
    mo, cy = colleague(hiring, "Mo"), colleague(hiring, "Cy")
    away(hiring, hiring.staff, mo)
    away(hiring, mo, cy)

    assert recipient(hiring, hiring.staff) == cy.account_id
    with hiring.house.database.read() as connection:
        assert stands_in_for(connection, cy.account_id or "", TODAY) == {hiring.staff.account_id, mo.account_id}
        assert stands_in_for(connection, mo.account_id or "", TODAY) == set()
    assert sorted(s.words for s in standing_in_for(hiring.house, actor=cy, now=NOW)) == [
        "for Ada Voss (away until 27 Nov)",
        "for Mo (away until 27 Nov)",
    ]


def test_where_all_are_away_in_a_circle_it_stays_where_it_was(hiring: Hiring) -> None:
    mo = colleague(hiring, "Mo")
    away(hiring, hiring.staff, mo)
    away(hiring, mo, hiring.staff)

    assert recipient(hiring, hiring.staff) == hiring.staff.account_id
    assert recipient(hiring, mo) == mo.account_id
    assert standing_in_for(hiring.house, actor=mo, now=NOW) == ()


def test_a_circle_further_on_does_not_turn_for_ever() -> None:
    assert last_deputy("ana", {"ana": "bo", "bo": "cy", "cy": "bo"}) == "ana"


def test_a_deputy_whose_account_was_closed_gets_nothing(hiring: Hiring) -> None:
    mo = colleague(hiring, "Mo")
    away(hiring, hiring.staff, mo)

    disable_account(hiring.house, mo.account_id or "", actor=hiring.staff, now=NOW)

    assert recipient(hiring, hiring.staff) == hiring.staff.account_id


def test_who_comes_back_early_has_their_work_again(hiring: Hiring) -> None:
    mo = colleague(hiring, "Mo")
    id_ = away(hiring, hiring.staff, mo)

    come_back_early(hiring.house, id_, actor=hiring.staff, now=NOW + timedelta(hours=1))

    assert recipient(hiring, hiring.staff) == hiring.staff.account_id
    assert absences(hiring.house, actor=hiring.staff, now=NOW) == ()
    assert [e["absence"] for e in events_of(hiring.house, "absence_ended")] == [id_]


def test_a_deputy_is_somebody_of_hr_here_and_not_oneself(hiring: Hiring) -> None:
    rater = colleague(hiring, "Ray", role="interviewer")

    with pytest.raises(NotAllowedError, match="administrator or an HR manager"):
        away(hiring, hiring.staff, rater)
    with pytest.raises(SheetError, match="somebody else"):
        away(hiring, hiring.staff, hiring.staff)
    with pytest.raises(UnknownIdError):
        away(hiring, hiring.staff, Actor("staff", "0" * 32, "1" * 32, "hr_manager"))

    away(hiring, rater, hiring.staff)
    assert [d.name for d in possible_deputies(hiring.house, actor=rater)] == ["Ada Voss"]


def test_days_that_make_no_sense_or_overlap_are_refused(hiring: Hiring) -> None:
    mo = colleague(hiring, "Mo")
    away(hiring, hiring.staff, mo, first=1, last=3)

    for first, last in ((2, 1), (-3, -1), (0, 400), (3, 5), (0, 1), (2, 2)):
        with pytest.raises(SheetError):
            away(hiring, hiring.staff, mo, first=first, last=last)

    away(hiring, hiring.staff, mo, first=4, last=4)
    assert len(absences(hiring.house, actor=mo, now=NOW)) == 2


def test_only_an_administrator_sends_others_away_or_sees_their_absence(hiring: Hiring) -> None:
    mo, rater = colleague(hiring, "Mo"), colleague(hiring, "Ray", role="interviewer")
    id_ = go_away(
        hiring.house, TODAY, TODAY, hiring.staff.account_id or "", account_id=mo.account_id, actor=hiring.staff, now=NOW
    )

    with pytest.raises(NotAllowedError, match="administrator"):
        go_away(hiring.house, TODAY, TODAY, mo.account_id or "", account_id=hiring.staff.account_id, actor=mo, now=NOW)
    with pytest.raises(UnknownIdError):
        come_back_early(hiring.house, id_, actor=rater, now=NOW)
    assert absences(hiring.house, actor=rater, now=NOW) == ()
