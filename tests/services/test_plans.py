"""Plans of the first 90 days: proposed at the hire, changed in versions, shared, ticked, and because of what is for HR."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update

from assessment.errors import NewerVersionError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.offers import confirm_hire
from assessment.services.own_plan import MyPlan, my_plan, tick, untick
from assessment.services.plan_proposing import propose_plan
from assessment.services.plan_view import NoPlan, PlanView, plan_of
from assessment.services.plans import save_plan, share, take_back_to, versions
from assessment.services.ratings import rating_form, save_rating
from assessment.storage.schema import applications, check_ins, module_work, plans
from assessment.training.plan_edit import LineEdit, NewLine, PlanEdit
from tests.deciding import ORDER, message, to_decide
from tests.first_days import answered, hire, hired_with_both, leads, view
from tests.hiring import Hiring, Person, events_of
from tests.interviewing import colleague, interviewer_of, rate_all

READY = PlanEdit(buddy="Noor Haddad", first_time="8:00", place="Main house, front desk")


def save(hiring: Hiring, person: Person, edit: PlanEdit, *, on: int = 1, actor: Actor | None = None) -> int:
    who = actor or hiring.staff
    return save_plan(hiring.house, person.application, edit, based_on=on, actor=who, now=hiring.now)


def shared(hiring: Hiring, person: Person, *, edit: PlanEdit = READY) -> int:
    number = save(hiring, person, edit, on=view(hiring, person).number)
    share(hiring.house, person.application, based_on=number, actor=hiring.staff, now=hiring.now)
    return number


def mine(hiring: Hiring, actor: Actor, *, later: int = 0) -> MyPlan:
    found = my_plan(hiring.house, actor=actor, now=hiring.now + timedelta(days=later))
    assert found is not None
    return found


def text_of(hiring: Hiring, key: str) -> str:
    row = message(hiring.house, hiring.staff.organisation_id, key)
    assert row is not None
    return hiring.house.vault.open(row.text_sealed)


def test_a_hire_brings_a_plan_with_both_lines_and_their_reasons(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)

    found = view(hiring, person)

    titles = {reason.title: reason.words for reason in found.reasons}
    assert set(titles) == {"Patience: on the low side", "Outspokenness: on the high side"}
    assert "the role asks for 48 and up: below the range" in titles["Patience: on the low side"]
    assert "the role asks for 46 to 66: above the range" in titles["Outspokenness: on the high side"]
    assert (found.number, found.by, found.shared) == (1, "Carefit", None)
    assert found.starts_on == hiring.now.date() + timedelta(days=30)
    steps = [line for line in found.lines if line.what == "step"]
    assert sorted({line.why for line in steps}) == [
        ("Outspokenness: on the high side",),
        ("Patience: on the low side",),
    ]
    assert events_of(hiring.house, "plan_proposed")[0]["version"] == 1
    assert f"/newcomer?application={person.application}" in text_of(
        hiring, f"plan_ready:{person.application}:{hiring.staff.account_id}"
    )


def test_check_ins_follow_the_first_day_and_the_days_of_work(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)

    def due() -> list[str]:
        with hiring.house.database.read() as connection:
            query = select(check_ins.c.due_on).where(check_ins.c.side == "newcomer").order_by(check_ins.c.day)
            return list(connection.execute(query).scalars())

    before = due()
    save(hiring, person, PlanEdit(starts_on=date(2027, 1, 4), works_on=(0,)))

    assert len(before) == 4
    assert due()[0] == "2027-01-11"  # day 7 is a Sunday; the person works on Mondays


def test_hiring_twice_and_proposing_again_leave_the_plan_there_is(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)
    save(hiring, person, READY)

    confirm_hire(hiring.house, person.application, actor=hiring.staff, now=hiring.now)
    number = propose_plan(hiring.house, person.application, actor=hiring.staff, now=hiring.now)

    assert number == 2
    assert view(hiring, person).buddy == "Noor Haddad"


def test_somebody_hired_before_there_were_plans_gets_one_that_begins_today(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)
    with hiring.house.database.write() as connection:
        connection.execute(delete(check_ins))
        connection.execute(delete(plans))
    later = hiring.now + timedelta(days=30 + 19)

    before = plan_of(hiring.house, person.application, actor=hiring.staff, now=later)
    propose_plan(hiring.house, person.application, actor=hiring.staff, now=later)

    after = plan_of(hiring.house, person.application, actor=hiring.staff, now=later)
    assert isinstance(before, NoPlan)
    assert isinstance(after, PlanView)
    assert after.day == 20
    assert min(line.on for line in after.lines if line.what == "step") >= later.date()


def test_nobody_has_a_plan_before_the_hire_is_confirmed(hiring: Hiring) -> None:
    person = to_decide(hiring)

    with pytest.raises(NotAllowedError, match="once the hire is confirmed"):
        propose_plan(hiring.house, person.application, actor=hiring.staff, now=hiring.now)


def test_who_stands_near_the_edge_gets_the_rule_when_the_talk_saw_the_same(hiring: Hiring) -> None:
    people = [answered(hiring, name, {"pat": 3.5, "flx": 3}) for name in ("Ana", "Bo")]
    rater = interviewer_of(hiring, people[0].application).actor
    asked = rating_form(hiring.house, people[0].application, actor=rater, now=hiring.now).questions
    assert "pat" in {q.id.split("_")[0] for q in asked}
    ratings = [1 if q.id.startswith("pat") else 4 for q in asked]
    rate_all(hiring.house, people[0].application, rater, ratings, now=hiring.now)
    hire(hiring, people[0], order_because=ORDER)
    hire(hiring, people[1], order_because=ORDER)

    agreed, alone = (view(hiring, person) for person in people)

    assert "Patience: on the low side" in [r.title for r in alone.offered]
    assert alone.reasons == ()
    assert "Patience: on the low side" in [r.title for r in agreed.reasons]
    assert next(r.words for r in agreed.reasons if r.kind == "facet").endswith("The talk saw the same.")
    assert [r.words for r in agreed.reasons if r.kind == "interview"] == ["Rated 1.0 of 5 in the talk."]


def test_what_nobody_handed_in_starts_nothing(hiring: Hiring) -> None:
    person = answered(hiring, "Ana", {"pat": 3.5, "flx": 3})
    rater = interviewer_of(hiring, person.application).actor
    for asked in rating_form(hiring.house, person.application, actor=rater, now=hiring.now).questions:
        save_rating(hiring.house, person.application, asked.id, rating=1, note="", rev=1, actor=rater, now=hiring.now)
    hire(hiring, person)

    assert [r.kind for r in view(hiring, person).reasons] == []


def test_a_change_is_a_version_that_says_who_and_what(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)
    sue = leads(hiring, person).actor
    line = next(own for own in view(hiring, person).lines if own.what == "goal")

    save(hiring, person, replace(READY, add=(NewLine(date(2027, 1, 4), text="Get the key"),)))
    save(hiring, person, PlanEdit(drop=(line.id,)), on=2, actor=sue)
    nothing = save(hiring, person, PlanEdit(buddy="Noor Haddad"), on=3)

    found = versions(hiring.house, person.application, actor=hiring.staff)
    assert nothing == 3
    assert [(v.number, v.by) for v in found] == [(3, "Sue"), (2, "Ada Voss"), (1, "Carefit")]
    assert found[0].changes == (f"Dropped: {line.text}",)
    assert found[1].changes == (
        "Buddy: none → Noor Haddad",
        "Time of the first day: none → 8:00",
        "Place: none → Main house, front desk",
        "Added: Get the key",
    )
    assert next(own for own in view(hiring, person).lines if own.what == "own").why == ("added by Ada Voss",)
    assert [e["version"] for e in events_of(hiring.house, "plan_changed")] == [2, 3]


def test_saving_on_an_older_version_is_refused_and_can_be_set_on_the_newer_one(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)
    sue = leads(hiring, person).actor
    save(hiring, person, PlanEdit(buddy="Noor", shift=""), actor=sue)
    typed = PlanEdit(buddy="", shift="Early")  # the form sends all its fields

    with pytest.raises(NewerVersionError, match=r"Sue saved this plan in the meantime. Buddy: none → Noor") as refused:
        save(hiring, person, typed)
    between = view(hiring, person)
    save_plan(
        hiring.house,
        person.application,
        typed,
        based_on=refused.value.newest,
        typed_on=1,
        actor=hiring.staff,
        now=hiring.now,
    )

    after = view(hiring, person)
    assert (between.number, between.shift) == (2, "")
    assert (after.number, after.buddy, after.shift) == (3, "Noor", "Early")


def test_words_typed_for_a_line_that_somebody_dropped_become_a_line_of_ones_own(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)
    line = view(hiring, person).lines[0]
    save(hiring, person, PlanEdit(drop=(line.id,)))

    save_plan(
        hiring.house,
        person.application,
        PlanEdit(lines={line.id: LineEdit(text="Meet the night team")}),
        based_on=2,
        typed_on=1,
        actor=hiring.staff,
        now=hiring.now,
    )

    assert "Meet the night team" in [own.text for own in view(hiring, person).lines]


def test_a_date_typed_for_a_line_that_somebody_dropped_is_kept_with_its_words(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)
    line = view(hiring, person).lines[0]
    day = line.on + timedelta(days=7)
    save(hiring, person, PlanEdit(drop=(line.id,)))

    save_plan(
        hiring.house,
        person.application,
        PlanEdit(lines={line.id: LineEdit(on=day)}),
        based_on=2,
        typed_on=1,
        actor=hiring.staff,
        now=hiring.now,
    )

    assert (line.text, day) in [(own.text, own.on) for own in view(hiring, person).lines]


def test_an_earlier_version_is_taken_up_again_as_a_new_one(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)
    save(hiring, person, PlanEdit(buddy="Noor", drop=tuple(line.id for line in view(hiring, person).lines)))

    number = take_back_to(hiring.house, person.application, 1, based_on=2, actor=hiring.staff, now=hiring.now)
    again = take_back_to(hiring.house, person.application, 1, based_on=3, actor=hiring.staff, now=hiring.now)

    found = view(hiring, person)
    assert (number, again, found.number, found.buddy) == (3, 3, 3, "")
    assert len(found.reasons) == 2
    assert events_of(hiring.house, "plan_taken_back")[0]["earlier"] == 1


def test_one_tap_takes_a_reason_out_and_in_again(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)
    lines = len(view(hiring, person).lines)
    patience = next(r for r in view(hiring, person).reasons if r.title.startswith("Patience"))

    save(hiring, person, PlanEdit(leave_out=(patience.id,)))
    without = view(hiring, person)
    save(hiring, person, PlanEdit(take_up=(patience.id,)), on=2)

    after = view(hiring, person)
    assert patience.title in [r.title for r in without.offered]
    assert len(without.lines) < lines == len(after.lines)
    assert patience.id in [r.id for r in after.reasons]


def test_a_supervisor_works_on_the_lines_and_reads_nothing_of_the_answers(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring)
    sue = leads(hiring, person).actor
    number = save(hiring, person, READY, actor=sue)
    patience = view(hiring, person).reasons[0]

    seen = view(hiring, person, actor=sue)

    everything = repr(seen) + repr(versions(hiring.house, person.application, actor=sue))
    assert (seen.reasons, seen.offered) == ((), ())
    assert {why for line in seen.lines for why in line.why} == {"part of the job", "chosen by HR for this person"}
    for hidden in ("Patience", "patience:", "Outspoken", "T 3", "range", "facet", "pat:below", "voi:", " side"):
        assert hidden not in everything
    assert "Praises good questions" in everything  # what a lead can do is theirs
    for edit in (PlanEdit(take_up=(patience.id,)), PlanEdit(leave_out=(patience.id,))):
        with pytest.raises(NotAllowedError, match="a matter of HR"):
            save(hiring, person, edit, on=number, actor=sue)
    assert len(view(hiring, person).reasons) == 2


def test_only_who_leads_somebody_comes_to_their_plan(hiring: Hiring) -> None:
    person, newcomer = hired_with_both(hiring)
    leads(hiring, person)
    stranger, rater = colleague(hiring, "Other", "supervisor").actor, interviewer_of(hiring, person.application).actor

    for actor, error in ((stranger, UnknownIdError), (rater, NotAllowedError), (newcomer, NotAllowedError)):
        with pytest.raises(error):
            plan_of(hiring.house, person.application, actor=actor, now=hiring.now)
        with pytest.raises(error):
            save(hiring, person, READY, actor=actor)
        with pytest.raises(error):
            versions(hiring.house, person.application, actor=actor)


def test_the_welcome_needs_a_buddy_a_time_and_a_place_and_goes_out_once(hiring: Hiring) -> None:
    person, _ = hired_with_both(hiring, language="es")
    leads(hiring, person)

    with pytest.raises(SheetError, match="a buddy and a time and a place"):
        share(hiring.house, person.application, based_on=1, actor=hiring.staff, now=hiring.now)
    number = shared(hiring, person)
    share(hiring.house, person.application, based_on=number, actor=hiring.staff, now=hiring.now)

    text = text_of(hiring, f"onboarding_welcome:{person.application}")
    for said in ("Noor Haddad", "8:00", "Main house, front desk", "nada en especial", "Sue", "24 de diciembre de 2026"):
        assert said in text
    assert len(events_of(hiring.house, "plan_shared")) == 1


def test_of_later_changes_a_newcomer_hears_once_a_day(hiring: Hiring) -> None:
    person, actor = hired_with_both(hiring)
    first = shared(hiring, person)
    second = save(hiring, person, PlanEdit(shift="Early"), on=first)
    before = mine(hiring, actor).shift
    share(hiring.house, person.application, based_on=second, actor=hiring.staff, now=hiring.now)
    shared(hiring, person, edit=PlanEdit(shift="Late"))

    keys = [
        message(hiring.house, hiring.staff.organisation_id, f"plan_changed:{person.application}:{day}")
        for day in ("2026-11-24", "2026-11-25")
    ]
    assert (before, mine(hiring, actor).shift) == ("", "Late")
    assert [key is not None for key in keys] == [True, False]


def test_a_newcomer_reads_only_what_was_shared_and_no_figure_of_it(hiring: Hiring) -> None:
    person, actor = hired_with_both(hiring, language="es")
    nothing = my_plan(hiring.house, actor=actor, now=hiring.now)
    shared(hiring, person)

    found = mine(hiring, actor)

    assert nothing is None
    assert found.in_language == "es"
    assert found.phases["week_1"] == "Semana 1"
    assert {kind for line in found.lines for kind in line.why} == {"role", "facet"}
    assert {"t", "sem", "because", "direction"}.isdisjoint({f.name for line in found.lines for f in fields(line)})
    assert (found.day, found.over) == (-29, False)
    assert found.now
    assert all(line.on <= found.starts_on + timedelta(days=6) for line in found.now)


def test_what_is_for_this_week_comes_first_and_late_things_stay(hiring: Hiring) -> None:
    person, actor = hired_with_both(hiring)
    shared(hiring, person)

    found = mine(hiring, actor, later=30 + 8)

    assert found.day == 9
    assert {line.when for line in found.now} == {"late", "now"}
    assert [line.on for line in found.now] == sorted(line.on for line in found.now)
    assert mine(hiring, actor, later=30 + 91).over


def test_a_line_is_ticked_and_unticked_and_a_module_on_its_own_page_alone(hiring: Hiring) -> None:
    person, actor = hired_with_both(hiring)
    shared(hiring, person)
    step = next(line for line in mine(hiring, actor).lines if line.what == "step")
    module = next(line for line in mine(hiring, actor).lines if line.what == "module")

    for _ in range(2):
        tick(hiring.house, step.id, actor=actor, now=hiring.now)
    ticked = mine(hiring, actor)
    seen = view(hiring, person).done
    untick(hiring.house, step.id, actor=actor, now=hiring.now)

    assert (ticked.done, seen, mine(hiring, actor).done) == (1, 1, 0)
    assert len(events_of(hiring.house, "plan_ticked")) == 1
    for wrong in (module.id, "nothing"):
        with pytest.raises(UnknownIdError):
            tick(hiring.house, wrong, actor=actor, now=hiring.now)


def test_a_tick_stays_when_the_plan_changes_and_modules_count_when_they_are_done(hiring: Hiring) -> None:
    person, actor = hired_with_both(hiring)
    number = shared(hiring, person)
    step, module = (next(own for own in mine(hiring, actor).lines if own.what == what) for what in ("step", "module"))
    tick(hiring.house, step.id, actor=actor, now=hiring.now)
    with hiring.house.database.write() as connection:
        connection.execute(
            module_work.insert().values(
                application_id=person.application,
                module=module.module,
                version="0.1",
                steps="[]",
                picks="{}",
                begun_at="2026-11-24T09:30:00+00:00",
                done_at="2026-11-24T09:30:00+00:00",
            )
        )

    save(hiring, person, PlanEdit(lines={step.id: LineEdit(text="My own words")}), on=number)
    shared(hiring, person)

    found = mine(hiring, actor)
    assert {line.text for line in found.lines if line.done_at} == {"My own words", module.text}
    assert view(hiring, person).done == 2


def test_who_grows_in_a_group_has_no_plan_and_ticks_nothing(hiring: Hiring) -> None:
    person, actor = hired_with_both(hiring)
    shared(hiring, person)
    step = next(line for line in mine(hiring, actor).lines if line.what == "step")
    with hiring.house.database.write() as connection:
        connection.execute(update(applications).where(applications.c.id == person.application).values(stage="growth"))

    assert my_plan(hiring.house, actor=actor, now=hiring.now) is None
    with pytest.raises(UnknownIdError):
        tick(hiring.house, step.id, actor=actor, now=hiring.now)


def test_who_is_not_hired_reads_no_plan(hiring: Hiring) -> None:
    person = to_decide(hiring)

    with pytest.raises(NotAllowedError, match="once you work with us"):
        my_plan(hiring.house, actor=person.come_in(), now=hiring.now)
