"""Another job with the person's yes: what is measured comes along, the rest is asked, and a no changes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from assessment.errors import ClosedError, NotAllowedError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.answers import Answer, save_answers, submit
from assessment.services.decision_view import decision_view
from assessment.services.decisions import take_back
from assessment.services.doors import candidate_actor, enter
from assessment.services.proposals import openings_for
from assessment.services.reading import reading
from assessment.services.redirects import answer_redirect, my_redirect
from assessment.services.shortlist import list_candidates
from assessment.services.sitting import leave, look, move_to
from assessment.services.stages import move, moves
from assessment.services.vacancies import close_vacancy, open_vacancy
from assessment.storage.schema import applications, sittings
from tests.deciding import BECAUSE, message, propose, refuse, send, to_decide
from tests.hiring import Hiring, Person, events_of


def stage_of(hiring: Hiring, application: str) -> str:
    return moves(hiring.house, application, actor=hiring.staff)[-1].to_stage


def proposed(hiring: Hiring, role: str = "help_desk_agent", *, language: str = "en") -> tuple[Person, Hiring, Actor]:
    """Somebody to whom another job was proposed, with the other opening."""
    person, other = to_decide(hiring, language=language), hiring.open_another(role)
    send(hiring, propose(hiring, person, other.vacancy).id)
    return person, other, person.come_in()


def go_on(hiring: Hiring, link: str | None) -> Actor:
    """Come in by the new link."""
    assert link is not None
    actor = candidate_actor(hiring.house, enter(hiring.house, link.rpartition("/")[2], now=hiring.now), now=hiring.now)
    assert actor is not None
    return actor


def test_openings_come_with_what_they_measure_already_and_what_they_would_ask(hiring: Hiring) -> None:
    person, other = to_decide(hiring), hiring.open_another("help_desk_agent")

    (found,) = openings_for(hiring.house, person.application, actor=hiring.staff, now=hiring.now)

    assert (found.vacancy_id, found.measured, found.asked) == (other.vacancy, 3, 4)
    assert (found.top_up.lines, found.top_up.scenes, found.top_up.minutes) == (6, 4, 4)


def test_closed_openings_and_those_applied_for_are_not_proposed(hiring: Hiring) -> None:
    person, other = to_decide(hiring), hiring.open_another("help_desk_agent")
    close_vacancy(hiring.house, other.vacancy, actor=hiring.staff, now=hiring.now)

    assert openings_for(hiring.house, person.application, actor=hiring.staff, now=hiring.now) == ()
    with pytest.raises(ClosedError):
        propose(hiring, person, other.vacancy)
    with pytest.raises(NotAllowedError, match="applied for that opening"):
        propose(hiring, person, hiring.vacancy)
    with pytest.raises(UnknownIdError):
        propose(hiring, person, "0" * 32)


def test_a_role_whose_signature_cannot_be_measured_is_not_suggested(
    hiring: Hiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, other = to_decide(hiring), hiring.open_another("help_desk_agent")
    form = hiring.house.library.form("help_desk_agent")
    narrow = form.model_copy(update={"facets": tuple(f for f in form.facets if f != "cmp")})
    monkeypatch.setitem(hiring.house.library._forms, "help_desk_agent", narrow)

    with pytest.raises(NotAllowedError, match="does not ask about cmp"):
        propose(hiring, person, other.vacancy)

    assert openings_for(hiring.house, person.application, actor=hiring.staff, now=hiring.now) == ()
    assert stage_of(hiring, person.application) == "to_read"


def test_who_has_not_answered_is_invited_instead(hiring: Hiring) -> None:
    person, other = hiring.invite(), hiring.open_another("help_desk_agent")
    move(
        hiring.house,
        [person.application],
        "interview",
        because="Another way was agreed",
        actor=hiring.staff,
        now=hiring.now,
    )

    with pytest.raises(NotAllowedError, match="no answers to take along"):
        propose(hiring, person, other.vacancy)


def test_the_person_reads_the_facts_of_the_other_job_only_once_it_was_sent(hiring: Hiring) -> None:
    person, other = to_decide(hiring, language="es"), hiring.open_another("help_desk_agent")
    done = propose(hiring, person, other.vacancy)
    actor = person.come_in()
    before = my_redirect(hiring.house, actor=actor, now=hiring.now)

    text = send(hiring, done.id)

    mine = my_redirect(hiring.house, actor=actor, now=hiring.now)
    assert before is None
    assert mine is not None
    assert mine.consent is None
    assert mine.facts == hiring.house.library.job_facts("es").roles["help_desk_agent"]
    assert (mine.top_up.lines, mine.top_up.scenes) == (6, 4)
    assert "Another job" in text


def test_while_the_answer_is_awaited_the_other_team_sees_nothing_and_nothing_else_is_decided(hiring: Hiring) -> None:
    person, other, _ = proposed(hiring)

    with pytest.raises(NotAllowedError, match="has not answered"):
        refuse(hiring, person)

    assert list_candidates(hiring.house, other.vacancy, actor=hiring.staff, now=hiring.now) == ()
    assert stage_of(hiring, person.application) == "decision"


def test_a_yes_takes_the_answers_along_and_asks_only_what_is_missing(hiring: Hiring) -> None:
    person, other, actor = proposed(hiring)

    link = answer_redirect(hiring.house, True, actor=actor, now=hiring.now)
    again = answer_redirect(hiring.house, True, actor=actor, now=hiring.now)

    there = look(hiring.house, actor=go_on(hiring, link), now=hiring.now)
    first = set(hiring.house.library.form("front_desk_officer").items)
    missing = [item for item in there.form.items if item not in first]
    assert again == link
    assert (there.role, there.status, there.step, there.agreed, there.reused) == (
        "help_desk_agent",
        "open",
        "job",
        True,
        True,
    )
    assert list(there.shown) == missing
    assert len(missing) == 6
    assert [field for field in there.next if field in there.form.items] == missing
    assert stage_of(hiring, person.application) == "redirected"
    (row,) = list_candidates(hiring.house, other.vacancy, actor=hiring.staff, now=hiring.now)
    assert (row.name, row.stage) == ("Ana", "answering")


def test_the_lines_shown_stay_while_they_are_answered(hiring: Hiring) -> None:
    _, _, actor = proposed(hiring)
    there = go_on(hiring, answer_redirect(hiring.house, True, actor=actor, now=hiring.now))
    before = look(hiring.house, actor=there, now=hiring.now).shown

    save_answers(hiring.house, [Answer(before[0], 3, 1)], actor=there, now=hiring.now)

    after = look(hiring.house, actor=there, now=hiring.now)
    assert after.shown == before
    assert before[0] not in after.next


def test_the_top_up_is_handed_in_and_read_with_the_whole_form(hiring: Hiring) -> None:
    _, other, actor = proposed(hiring)
    there = go_on(hiring, answer_redirect(hiring.house, True, actor=actor, now=hiring.now))
    for step in ("practice", "questions"):
        move_to(hiring.house, step, actor=there, now=hiring.now)
    now = look(hiring.house, actor=there, now=hiring.now)
    taps = [Answer(f, 4 if f in now.form.items else "a" if f.endswith("best") else "b", 1) for f in now.next]
    save_answers(hiring.house, taps, actor=there, now=hiring.now)

    submit(hiring.house, actor=there, now=hiring.now)

    (row,) = list_candidates(hiring.house, other.vacancy, actor=hiring.staff, now=hiring.now)
    read = reading(hiring.house, row.application_id, actor=hiring.staff, now=hiring.now)
    assert (row.state, row.stage, read.reused) == ("finished", "to_read", True)
    assert read.fit.signature_measured == 4
    assert all(read.standings[facet].t is not None for facet in read.form.facets)


def test_where_nothing_is_missing_it_is_handed_in_and_scored_at_once(hiring: Hiring) -> None:
    person, other, actor = proposed(hiring, "front_desk_officer")

    link = answer_redirect(hiring.house, True, actor=actor, now=hiring.now)

    (row,) = list_candidates(hiring.house, other.vacancy, actor=hiring.staff, now=hiring.now)
    old = reading(hiring.house, person.application, actor=hiring.staff, now=hiring.now)
    new = reading(hiring.house, row.application_id, actor=hiring.staff, now=hiring.now)
    assert (row.state, row.stage) == ("finished", "to_read")
    assert new.answers == old.answers
    assert new.fit.band == old.fit.band
    assert look(hiring.house, actor=go_on(hiring, link), now=hiring.now).status == "submitted"


def test_the_new_sitting_is_made_under_the_versions_of_the_other_opening(hiring: Hiring) -> None:
    _person, other, actor = proposed(hiring)

    answer_redirect(hiring.house, True, actor=actor, now=hiring.now)

    with hiring.house.database.read() as connection:
        query = select(sittings, applications.c.vacancy_id, applications.c.person_id).join(applications)
        by_vacancy = {row.vacancy_id: row for row in connection.execute(query)}
    old, new = by_vacancy[hiring.vacancy], by_vacancy[other.vacancy]
    assert new.person_id == old.person_id
    assert new.profile_id != old.profile_id
    assert new.form_id != old.form_id
    assert new.reused_from == old.id


def test_a_no_leaves_everything_as_it_was(hiring: Hiring) -> None:
    person, other, actor = proposed(hiring)

    answer_redirect(hiring.house, False, actor=actor, now=hiring.now)
    answer_redirect(hiring.house, False, actor=actor, now=hiring.now)

    assert stage_of(hiring, person.application) == "to_read"
    assert list_candidates(hiring.house, other.vacancy, actor=hiring.staff, now=hiring.now) == ()
    assert [e["yes"] for e in events_of(hiring.house, "redirect_answered")] == [False]
    with pytest.raises(NotAllowedError):
        answer_redirect(hiring.house, True, actor=actor, now=hiring.now)


def test_after_a_no_the_first_application_can_be_decided(hiring: Hiring) -> None:
    person, _, actor = proposed(hiring)
    answer_redirect(hiring.house, False, actor=actor, now=hiring.now)

    refuse(hiring, person, now=hiring.now + timedelta(minutes=1))

    assert stage_of(hiring, person.application) == "not_taken"
    assert my_redirect(hiring.house, actor=actor, now=hiring.now) is None


@pytest.mark.parametrize(("yes", "said"), [(True, "Sí, pueden mostrar"), (False, "no compartan")])
def test_the_answer_is_confirmed_in_the_persons_language(hiring: Hiring, yes: bool, said: str) -> None:
    _person, _, actor = proposed(hiring, language="es")

    link = answer_redirect(hiring.house, yes, actor=actor, now=hiring.now)

    event = events_of(hiring.house, "redirect_answered")[0]
    row = message(hiring.house, hiring.staff.organisation_id, f"redirect_answer:{event['redirect']}")
    assert row is not None
    assert row.language == "es"
    text = hiring.house.vault.open(row.text_sealed)
    assert said in text
    assert (link in text) if link else "/i/" in text


def test_when_the_day_has_passed_nothing_moves(hiring: Hiring) -> None:
    person, other, _ = proposed(hiring)
    later = hiring.now + timedelta(days=8)
    actor = person.come_in(now=later)

    with pytest.raises(ClosedError, match="Call or write"):
        answer_redirect(hiring.house, True, actor=actor, now=later)

    mine = my_redirect(hiring.house, actor=actor, now=later)
    assert mine is not None
    assert mine.late
    assert list_candidates(hiring.house, other.vacancy, actor=hiring.staff, now=later) == ()


def test_what_closed_meanwhile_or_was_taken_back_or_left_is_not_answered(hiring: Hiring) -> None:
    _first, other, one = proposed(hiring)
    close_vacancy(hiring.house, other.vacancy, actor=hiring.staff, now=hiring.now)
    second = to_decide(hiring, "Bo", ago=0)
    third_opening = hiring.open_another("billing_clerk").vacancy
    done = propose(hiring, second, third_opening)
    two = second.come_in()
    take_back(hiring.house, done.id, BECAUSE, actor=hiring.staff, now=hiring.now)
    third = to_decide(hiring, "Cy", ago=0)
    order = "Bo waits for a call that we have agreed on."
    send(hiring, propose(hiring, third, third_opening, order_because=order).id)
    three = third.come_in()
    leave(hiring.house, "", actor=three, now=hiring.now)

    for actor in (one, two, three):
        with pytest.raises(ClosedError):
            answer_redirect(hiring.house, True, actor=actor, now=hiring.now)

    assert [my_redirect(hiring.house, actor=actor, now=hiring.now) for actor in (one, two, three)] == [None] * 3
    assert stage_of(hiring, second.application) == "to_read"


def test_a_yes_is_not_taken_back_by_staff(hiring: Hiring) -> None:
    person, _, actor = proposed(hiring)
    answer_redirect(hiring.house, True, actor=actor, now=hiring.now)
    view = decision_view(hiring.house, person.application, actor=hiring.staff, now=hiring.now)
    assert view.standing is not None
    assert view.standing.proposal is not None

    with pytest.raises(NotAllowedError, match="has answered"):
        take_back(hiring.house, view.standing.id, BECAUSE, although_told=True, actor=hiring.staff, now=hiring.now)

    assert view.standing.proposal.consent is True


def test_only_the_person_answers(hiring: Hiring) -> None:
    person, _, _ = proposed(hiring)
    other = to_decide(hiring, "Other", ago=0).come_in()

    with pytest.raises(NotAllowedError):
        answer_redirect(hiring.house, True, actor=hiring.staff, now=hiring.now)
    with pytest.raises(ClosedError):
        answer_redirect(hiring.house, True, actor=other, now=hiring.now)

    assert stage_of(hiring, person.application) == "decision"


def test_two_openings_of_one_role_are_two_jobs(hiring: Hiring) -> None:
    person = to_decide(hiring)
    second = open_vacancy(
        hiring.house,
        "front_desk_officer",
        title="Front desk, night",
        site="Annex",
        hours="20 h",
        pay="18",
        actor=hiring.staff,
        now=hiring.now,
    )

    found = openings_for(hiring.house, person.application, actor=replace(hiring.staff), now=hiring.now)

    assert [(o.vacancy_id, o.measured, o.top_up.nothing_missing) for o in found] == [(second.id, 4, True)]
