"""The list of newcomers: HR sees who was hired, supervisors their own people, and nobody anything of the answers."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessment.errors import NotAllowedError
from assessment.services.actor import Actor
from assessment.services.assigned import assign
from assessment.services.newcomers import Newcomer, filter_newcomers, newcomers, newcomers_csv, tasks_for
from assessment.services.plans import save_plan, share
from assessment.services.stages import move_in
from assessment.services.today import today
from assessment.storage.clock import new_id, stamp
from assessment.storage.schema import leavings, module_work, offers
from assessment.training.plan_edit import PlanEdit
from tests.first_days import answered, hire, hired_with_both, leads, view
from tests.hiring import NOW, Hiring, Person
from tests.interviewing import colleague

READY = PlanEdit(buddy="Noor Haddad", first_time="8:00", place="Main house")


def listed(hiring: Hiring, *, actor: Actor | None = None, later: int = 0) -> tuple[Newcomer, ...]:
    return newcomers(hiring.house, actor=actor or hiring.staff, now=hiring.now + timedelta(days=later))


def supervise(hiring: Hiring, person: Person, supervisor: Actor) -> None:
    assign(
        hiring.house,
        person.application,
        supervisor.account_id or "",
        duty="supervisor",
        actor=hiring.staff,
        now=NOW,
    )


def offered(hiring: Hiring, person: Person, *, start: str, stage: str = "offer", answer: str | None = None) -> None:
    with hiring.house.database.write() as connection:
        move_in(connection, hiring.house, person.application, stage, actor=hiring.staff, now=NOW)
        connection.execute(
            offers.insert().values(
                id=new_id(),
                application_id=person.application,
                terms_sealed=hiring.house.vault.seal(json.dumps({"start": start})),
                answer_by="2026-12-01",
                created_at=stamp(NOW),
                answer=answer,
            )
        )


def test_who_was_hired_stands_with_day_plan_modules_and_the_next_check_in(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)
    answered(hiring, "Not hired", {})
    leads(hiring, person)
    module = next(line.module for line in view(hiring, person).lines if line.module)
    save_plan(hiring.house, person.application, READY, based_on=1, actor=hiring.staff, now=hiring.now)
    with hiring.house.database.write() as connection:
        connection.execute(
            module_work.insert().values(
                application_id=person.application,
                module=module,
                version="0.1",
                steps="[]",
                picks="{}",
                begun_at=stamp(NOW),
                done_at=stamp(NOW),
            )
        )

    (one,) = listed(hiring, later=30 + 9)

    modules = [line for line in view(hiring, person).lines if line.module]
    assert (one.name, one.title, one.day, one.over) == ("Ana Ruiz", "Front desk officer", 10, False)
    assert (one.plan, one.modules_done, one.modules, one.buddy) == ("draft", 1, len(modules), "Noor Haddad")
    assert one.supervisors == ("Sue",)
    assert one.next_check_in is not None
    assert one.next_check_in.day == 7


def test_the_plan_is_none_draft_shared_or_changed(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)
    states = [listed(hiring)[0].plan]

    save_plan(hiring.house, person.application, READY, based_on=1, actor=hiring.staff, now=hiring.now)
    share(hiring.house, person.application, based_on=2, actor=hiring.staff, now=hiring.now)
    states.append(listed(hiring)[0].plan)
    save_plan(hiring.house, person.application, PlanEdit(shift="Late"), based_on=2, actor=hiring.staff, now=hiring.now)
    states.append(listed(hiring)[0].plan)

    assert states == ["draft", "shared", "changed"]


def test_a_supervisor_has_their_own_people_also_those_with_an_offer_and_nobody_else(hiring: Hiring) -> None:
    sue, other = colleague(hiring, "Sue", "supervisor").actor, colleague(hiring, "Otto", "supervisor").actor
    mine, soon, hired, theirs = (hiring.invite(name) for name in ("Ana Ruiz", "Bo Chen", "Cy Dee", "Zanzibar Quux"))
    for person in (mine, soon, hired):
        supervise(hiring, person, sue)
    supervise(hiring, theirs, other)
    offered(hiring, mine, start="2027-01-04", answer="accepted")
    offered(hiring, soon, start="2027-02-01", stage="decision")  # taken back
    offered(hiring, hired, start="2027-05-03", stage="hired")
    offered(hiring, theirs, start="2027-01-04")

    found = listed(hiring, actor=sue)

    assert {(one.name, one.stage, one.first_day) for one in found} == {
        ("Ana Ruiz", "offer", "4 January 2027"),
        ("Bo Chen", "decision", ""),
        ("Cy Dee", "hired", "3 May 2027"),
    }
    assert [one.day for one in found if one.stage != "hired"] == [None, None]
    assert [one.name for one in listed(hiring)] == ["Cy Dee"]


def test_an_interviewer_has_no_newcomers(hiring: Hiring) -> None:
    with pytest.raises(NotAllowedError):
        listed(hiring, actor=colleague(hiring, "Ivo").actor)


def test_after_day_90_and_who_has_left_are_over(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)
    days = [listed(hiring, later=30 + day - 1)[0].over for day in (90, 91)]
    with hiring.house.database.write() as connection:
        connection.execute(
            leavings.insert().values(
                application_id=person.application,
                left_on=(NOW.date() + timedelta(days=40)).isoformat(),
                reason="own_choice",
                noted_by="x",
                noted_at=stamp(NOW),
            )
        )

    before, after = (listed(hiring, later=later)[0] for later in (39, 40))

    assert days == [False, True]
    assert (before.over, after.over, after.left_on) == (False, True, NOW.date() + timedelta(days=40))


def test_filters_and_orders(hiring: Hiring) -> None:
    hired_with_both(hiring)
    (one,) = listed(hiring)
    later = replace(one, name="Bo", role="physician", starts_on=date(2027, 3, 1), plan="shared", supervisor_ids=("s",))
    over = replace(one, name="Cy", day=91, next_check_in=None)
    people = (one, later, over)

    def names(**given: object) -> list[str]:
        return [own.name for own in filter_newcomers(people, **given)]  # type: ignore[arg-type]

    assert names() == ["Bo", "Ana Ruiz"]
    assert names(over=True, sort="name") == ["Ana Ruiz", "Bo", "Cy"]
    assert names(over=True, sort="check_in")[-1] == "Cy"
    assert names(search="ruiz") == ["Ana Ruiz"]
    assert names(roles=["physician"]) == names(supervisors=["s"]) == names(plans=["shared"]) == ["Bo"]


def test_the_table_names_nobody_while_names_are_masked(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring, "=Ana")
    leads(hiring, person)
    save_plan(hiring.house, person.application, READY, based_on=1, actor=hiring.staff, now=hiring.now)
    rows = listed(hiring)

    (named,) = csv.DictReader(io.StringIO(newcomers_csv(rows)))
    masked = newcomers_csv(rows, masked=True)

    assert (named["name"], named["buddy"], named["supervisor"]) == ("'=Ana", "Noor Haddad", "Sue")
    assert (named["first_day"], named["plan"], named["next_check_in"]) == ("2026-12-24", "Plan to share", "7")
    assert "Person 1" in masked
    for hidden in ("Ana", "Noor", "Sue"):
        assert hidden not in masked


def test_a_plan_that_nobody_shared_waits_on_today_until_it_is(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)

    (before,) = tasks_for(hiring.house, actor=hiring.staff, now=hiring.now)
    (late,) = tasks_for(hiring.house, actor=hiring.staff, now=hiring.now + timedelta(days=30))
    on_today = [task.title for task in today(hiring.house, actor=hiring.staff, now=hiring.now).waiting_on_you]
    number = save_plan(hiring.house, person.application, READY, based_on=1, actor=hiring.staff, now=hiring.now)
    share(hiring.house, person.application, based_on=number, actor=hiring.staff, now=hiring.now)

    assert before.title == "Look at the plan for Ana Ruiz and share it"
    assert before.line == "Front desk officer · first day: 24 December 2026"
    assert before.link == f"/newcomer?application={person.application}"
    assert (before.due, before.overdue, late.overdue) == ("Due 24 December", False, True)
    assert before.title in on_today
    assert tasks_for(hiring.house, actor=hiring.staff, now=hiring.now) == ()


def test_the_plan_is_the_task_of_whose_opening_it_was(hiring: Hiring) -> None:
    hired_with_both(hiring)
    other = colleague(hiring, "Other HR", "hr_manager").actor

    assert tasks_for(hiring.house, actor=other, now=hiring.now) == ()


def test_two_hires_are_two_rows(hiring: Hiring) -> None:
    hired_with_both(hiring)
    hire(hiring, answered(hiring, "Bo", {}))

    assert sorted(one.name for one in listed(hiring)) == ["Ana Ruiz", "Bo"]
