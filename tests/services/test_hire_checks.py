"""The checks of a hire: after the offer only, by role, each settled by a person with a note, late ones reminded of."""

from datetime import date, timedelta
from typing import Any

import pytest

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.roles.checklist import BY_REGISTER, default_checks, prove_checks
from assessment.services.absences import go_away
from assessment.services.accounts import add_account
from assessment.services.actor import Actor
from assessment.services.check_reminders import check_reminders
from assessment.services.checklists import checklist, edit_checklist
from assessment.services.hire_checks import (
    Check,
    Evidence,
    begin_checks,
    begin_checks_in,
    checks_of,
    overdue_checks,
    tasks_for,
)
from assessment.services.settling_checks import confirm, not_needed, reopen
from assessment.services.stages import move_in
from assessment.storage.schema import applications, hire_checks, outbox, people
from tests.hiring import NOW, Hiring, Person, events_of

TODAY = date(2026, 11, 24)


def stand(hiring: Hiring, person: Person, stage: str) -> Person:
    with hiring.house.database.write() as connection:
        move_in(connection, hiring.house, person.application, stage, actor=hiring.staff, now=NOW)
    return person


def offered(hiring: Hiring, name: str = "Ana Ruiz") -> Person:
    person = stand(hiring, hiring.invite(name), "offer")
    begin_checks(hiring.house, person.application, actor=hiring.staff, now=NOW)
    return person


def checks(hiring: Hiring, person: Person) -> dict[str, Check]:
    found = checks_of(hiring.house, person.application, actor=hiring.staff, now=NOW)
    return {check.kind: check for check in found}


def told(hiring: Hiring) -> list[Any]:
    with hiring.house.database.read() as connection:
        return list(connection.execute(outbox.select().where(outbox.c.template == "manager_check_due")).all())


@pytest.mark.parametrize("stage", ["invited", "interview", "decision"])
def test_nothing_is_checked_before_an_offer(hiring: Hiring, stage: str) -> None:
    person = stand(hiring, hiring.invite(), stage)

    with pytest.raises(NotAllowedError, match="once there is an offer"):
        begin_checks(hiring.house, person.application, actor=hiring.staff, now=NOW)

    assert checks(hiring, person) == {}


def test_a_nurse_has_a_licence_to_show_and_a_front_desk_officer_has_not(hiring: Hiring) -> None:
    desk = offered(hiring)
    nurse = offered(hiring.open_another("registered_nurse"), "Bo Chen")

    assert sorted(checks(hiring, desk)) == ["background", "reference_1", "reference_2", "right_to_work"]
    assert sorted(set(checks(hiring, nurse)) - set(checks(hiring, desk))) == ["licence"]


def test_the_list_that_ships_asks_about_no_health_and_says_why() -> None:
    shipped = default_checks()

    words = " ".join(f"{c.title} {c.line}" for c in shipped.checks.values()).casefold()
    assert not any(word in words for word in ("health", "vaccin", "pregnan", "fitness", "disab"))
    assert "health least of all" in shipped.never_before_offer


def test_a_list_that_forgets_the_licence_of_a_nurse_is_not_whole() -> None:
    shipped = default_checks()
    without = {**shipped.roles, "registered_nurse": shipped.roles["front_desk_officer"]}

    problems = prove_checks(shipped.model_copy(update={"roles": without}), list(shipped.roles))

    assert problems == ["registered_nurse: needs a check in a public register"]
    assert set(BY_REGISTER) <= set(shipped.roles)


def test_due_days_count_from_the_offer_and_a_second_start_adds_nothing(hiring: Hiring) -> None:
    person = offered(hiring)

    again = begin_checks(hiring.house, person.application, actor=hiring.staff, now=NOW + timedelta(5))

    assert again == 0
    assert checks(hiring, person)["right_to_work"].due_on == TODAY + timedelta(5)
    assert len(events_of(hiring.house, "checks_begun")) == 1


def test_another_offer_gives_what_is_open_new_days(hiring: Hiring) -> None:
    person = offered(hiring)
    confirm(hiring.house, checks(hiring, person)["background"].id, "Seen", actor=hiring.staff, now=NOW)

    with hiring.house.database.write() as connection:
        begin_checks_in(connection, person.application, anew=True, actor=hiring.staff, now=NOW + timedelta(30))

    found = checks(hiring, person)
    assert found["right_to_work"].due_on == TODAY + timedelta(35)
    assert found["background"].due_on == TODAY + timedelta(21)


def test_a_licence_needs_its_number_and_a_day_to_come(hiring: Hiring) -> None:
    nurse = offered(hiring.open_another("registered_nurse"))
    licence = checks(hiring, nurse)["licence"]

    for number, until in (("", TODAY), ("RN 7", None), ("RN 7", TODAY - timedelta(1))):
        with pytest.raises(SheetError):
            confirm(
                hiring.house, licence.id, "", register_number=number, valid_until=until, actor=hiring.staff, now=NOW
            )
    confirm(hiring.house, licence.id, "", register_number=" RN 7 ", valid_until=TODAY, actor=hiring.staff, now=NOW)

    found = checks(hiring, nurse)["licence"]
    assert (found.outcome, found.evidence) == ("confirmed", Evidence("", "RN 7", TODAY))
    assert (found.settled_by, found.settled_at) == ("Ada Voss", NOW)


def test_what_was_seen_is_written_down_and_sealed(hiring: Hiring) -> None:
    person = offered(hiring)
    check = checks(hiring, person)["background"]

    with pytest.raises(SheetError, match="what you saw"):
        confirm(hiring.house, check.id, "  ", actor=hiring.staff, now=NOW)
    confirm(hiring.house, check.id, "Seen a violet umbrella", actor=hiring.staff, now=NOW)

    with hiring.house.database.read() as connection:
        assert b"umbrella" not in repr(connection.execute(hire_checks.select()).all()).encode()
    assert "umbrella" not in repr(events_of(hiring.house, "check_confirmed"))
    assert events_of(hiring.house, "check_confirmed")[0]["actor"] == hiring.staff.account_id


def test_a_check_is_left_out_only_with_a_reason_and_settled_once(hiring: Hiring) -> None:
    check = checks(hiring, offered(hiring))["reference_2"]

    with pytest.raises(SheetError, match="why"):
        not_needed(hiring.house, check.id, "", actor=hiring.staff, now=NOW)
    not_needed(hiring.house, check.id, "Worked here before", actor=hiring.staff, now=NOW)

    with pytest.raises(NotAllowedError, match="settled on 24 November"):
        confirm(hiring.house, check.id, "x", actor=hiring.staff, now=NOW)
    reopen(hiring.house, check.id, actor=hiring.staff, now=NOW)
    confirm(hiring.house, check.id, "Spoke to the ward", actor=hiring.staff, now=NOW)
    assert [e["subject"] for e in events_of(hiring.house, "check_reopened")] == [check.id]


def test_late_checks_are_listed_until_they_are_settled_or_the_offer_is_gone(hiring: Hiring) -> None:
    person, other = offered(hiring), offered(hiring, "Bo Chen")
    stand(hiring, other, "withdrawn")

    on_the_day, after = (overdue_checks(hiring.house, actor=hiring.staff, now=NOW + timedelta(days)) for days in (5, 6))
    confirm(hiring.house, checks(hiring, person)["right_to_work"].id, "Seen", actor=hiring.staff, now=NOW)

    assert on_the_day == ()
    assert [(c.name, c.title) for c in after] == [("Ana Ruiz", "Right to work")]
    assert overdue_checks(hiring.house, actor=hiring.staff, now=NOW + timedelta(6)) == ()


def test_today_shows_what_is_late_or_due_soon_to_owner_or_deputy(
    hiring: Hiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.services.accounts.hashed", lambda password: password)
    offered(hiring)
    id_ = add_account(
        hiring.house,
        actor=hiring.staff,
        name="Mo",
        email="mo@anne.example",
        role="hr_manager",
        password="three calm rivers",
        now=NOW,
    )
    mo = Actor("staff", hiring.staff.organisation_id, id_, "hr_manager")

    early, soon, late = (tasks_for(hiring.house, actor=hiring.staff, now=NOW + timedelta(d)) for d in (1, 2, 6))
    go_away(hiring.house, TODAY, TODAY + timedelta(9), id_, actor=hiring.staff, now=NOW)
    (his,) = tasks_for(hiring.house, actor=mo, now=NOW + timedelta(2))

    assert early == ()
    assert [(t.title, t.due, t.overdue) for t in soon] == [("Right to work: Ana Ruiz", "Due 29 November", False)]
    assert [(t.due, t.overdue) for t in late] == [("Overdue since 29 November", True)]
    assert his.for_whom == "for Ada Voss (away until 3 Dec)"


def test_the_owner_is_written_to_before_and_after_the_day_each_once(hiring: Hiring) -> None:
    offered(hiring)

    sent = [check_reminders(hiring.house, now=NOW + timedelta(days)) for days in (2, 3, 3, 5, 6, 7)]

    assert sent == [0, 1, 0, 0, 1, 0]
    assert [row.account_id for row in told(hiring)] == [hiring.staff.account_id] * 2


def test_the_organisation_keeps_its_own_list(hiring: Hiring) -> None:
    own: dict[str, dict[str, object]] = {"driving": {"title": "Driving licence", "due_days": 3}}

    edit_checklist(hiring.house, "front_desk_officer", own, reason="They drive", actor=hiring.staff, now=NOW)

    assert checklist(hiring.house, "front_desk_officer", actor=hiring.staff).version == "1.0"
    assert list(checks(hiring, offered(hiring))) == ["driving"]
    assert checklist(hiring.house, "registered_nurse", actor=hiring.staff).version == ""


@pytest.mark.parametrize(
    ("own", "reason"),
    [
        ({"x": {"title": "X", "due_days": 3}}, " "),
        ({"x": {"title": "", "due_days": 3}}, "why"),
        ({"x": {"title": "X", "due_days": -1}}, "why"),
        ({"x" * 40: {"title": "X", "due_days": 3}}, "why"),
    ],
)
def test_a_list_that_is_not_whole_is_refused(hiring: Hiring, own: dict[str, dict[str, object]], reason: str) -> None:
    with pytest.raises(SheetError):
        edit_checklist(hiring.house, "front_desk_officer", own, reason=reason, actor=hiring.staff, now=NOW)


def test_nobody_but_hr_of_this_house_sees_or_settles(hiring: Hiring) -> None:
    person = offered(hiring)
    check = checks(hiring, person)["background"]
    stranger = Actor("staff", "0" * 32, "1" * 32, "hr_manager")
    supervisor = Actor("staff", hiring.staff.organisation_id, "1" * 32, "supervisor")

    for actor in (stranger, supervisor):
        with pytest.raises((NotAllowedError, UnknownIdError)):
            checks_of(hiring.house, person.application, actor=actor, now=NOW)
        with pytest.raises((NotAllowedError, UnknownIdError)):
            confirm(hiring.house, check.id, "x", actor=actor, now=NOW)
        with pytest.raises((NotAllowedError, UnknownIdError)):
            not_needed(hiring.house, check.id, "x", actor=actor, now=NOW)


def test_one_check_that_cannot_be_told_of_stops_no_other(hiring: Hiring, caplog: pytest.LogCaptureFixture) -> None:
    broken, other = offered(hiring), offered(hiring, "Bo Chen")
    with hiring.house.database.write() as connection:
        theirs = applications.select().where(applications.c.id == broken.application)
        person = connection.execute(theirs).one().person_id
        connection.execute(people.update().where(people.c.id == person).values(name_sealed=b"no longer readable"))

    made = check_reminders(hiring.house, now=NOW + timedelta(3))

    assert (made, [row.application_id for row in told(hiring)]) == (1, [other.application])
    assert [record.name for record in caplog.records] == ["carefit.check_reminders"]
