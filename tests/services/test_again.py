"""Where answers look hurried, somebody may be asked once more: kindly, with everything kept, and never a deduction."""

from datetime import timedelta

import pytest

from assessment.errors import ClosedError, NotAllowedError
from assessment.services.actor import Actor
from assessment.services.again import invite_again
from assessment.services.answers import Answer, save_answers, submit
from assessment.services.invitations import invitation_text, link_of
from assessment.services.own_words import ask_adjustment
from assessment.services.reading import Reading, reading
from assessment.services.result import result
from assessment.services.shortlist import Row, list_candidates
from assessment.services.sitting import look
from assessment.services.today import settle_adjustment, today
from assessment.services.vacancies import close_vacancy, vacancy
from assessment.storage.results import result_of
from tests.calibrated import calibrate, stop_early_at
from tests.hiring import NOW, Hiring, Person, answer_all, events_of

LATER = NOW + timedelta(hours=2)
LAST = NOW + timedelta(hours=4)


def hurried(hiring: Hiring, name: str = "Sofia Marino") -> Person:
    """Somebody who gave the same answer to every line."""
    person = hiring.invite(name)
    actor = person.begin()
    answer_all(hiring.house, actor, value=3)
    submit(hiring.house, actor=actor, now=NOW)
    return person


def again(hiring: Hiring, person: Person) -> Person:
    url = invite_again(hiring.house, person.application, actor=hiring.staff, now=LATER)
    return Person(hiring.house, person.application, url.rpartition("/")[2])


def answer_with_care(hiring: Hiring, person: Person) -> Actor:
    actor = person.begin(now=LAST)
    answer_all(hiring.house, actor, now=LAST)
    sitting = look(hiring.house, actor=actor, now=LAST)
    values = {check.id: check.expects for check in sitting.instrument.checks}
    for id_ in sitting.form.items:
        if item := sitting.instrument.by_id.get(id_):
            counted = 3 + sitting.form.facets.index(item.facet) % 3
            values[id_] = 6 - counted if item.keyed == "minus" else counted
    taps = [Answer(id_, values[id_], 2) for id_ in sitting.form.items]
    save_answers(hiring.house, taps, actor=actor, now=LAST)
    submit(hiring.house, actor=actor, now=LAST)
    return actor


def read(hiring: Hiring, person: Person) -> Reading:
    return reading(hiring.house, person.application, actor=hiring.staff, now=LAST)


def row(hiring: Hiring) -> Row:
    (found,) = list_candidates(hiring.house, hiring.vacancy, actor=hiring.staff, now=LAST)
    return found


def test_the_first_answers_are_read_until_new_ones_are_handed_in(hiring: Hiring) -> None:
    person = hurried(hiring)
    before = read(hiring, person)

    new = again(hiring, person)

    between = read(hiring, person)
    assert (between.sitting_id, between.state, between.fit) == (before.sitting_id, "finished", before.fit)
    assert between.again is not None
    assert (between.again.state, between.again.invited_at) == ("invited", LATER)
    assert between.quality_note.startswith("Invited to answer again")
    actor = answer_with_care(hiring, new)
    after = read(hiring, person)
    assert (after.sitting_id, after.again) == (actor.sitting_id, None)
    assert after.answers != before.answers


def test_the_first_sheet_and_its_result_are_kept_and_stay_the_persons_to_open(hiring: Hiring) -> None:
    person = hurried(hiring)
    first = person.come_in(now=LATER)
    shown = result(hiring.house, actor=first, now=LATER)

    answer_with_care(hiring, again(hiring, person))

    with hiring.house.database.read() as connection:
        kept = result_of(connection, first.sitting_id or "")
    assert kept is not None
    assert result(hiring.house, actor=first, now=LATER) == shown


def test_it_is_one_person_on_the_list_and_in_the_figures(hiring: Hiring) -> None:
    person = hurried(hiring)
    new = again(hiring, person)

    counts = vacancy(hiring.house, hiring.vacancy, actor=hiring.staff, now=LAST).counts

    assert (counts.invited, counts.finished) == (1, 1)
    assert (row(hiring).state, row(hiring).quality_note) == ("finished", "Invited to answer again")
    answer_with_care(hiring, new)
    assert (row(hiring).state, row(hiring).again) == ("finished", False)


def test_new_answers_wait_to_be_read_although_the_first_ones_were(hiring: Hiring) -> None:
    person = hurried(hiring)
    reading(hiring.house, person.application, actor=hiring.staff, now=LATER)
    new = again(hiring, person)

    def tasks() -> list[str]:
        mine = today(hiring.house, actor=hiring.staff, now=LAST).waiting_on_you
        return [task.kind for task in mine if task.kind == "read"]

    assert tasks() == []
    answer_with_care(hiring, new)
    assert tasks() == ["read"]


def test_the_message_says_kindly_why_in_the_persons_language(hiring: Hiring) -> None:
    person = hurried(hiring)
    before = invitation_text(hiring.house, person.application, actor=hiring.staff, now=NOW)

    new = again(hiring, person)

    after = invitation_text(hiring.house, person.application, actor=hiring.staff, now=LATER)
    assert "once more" not in before.text
    assert after.subject.startswith("Would you answer once more?")
    assert "Nothing counts against you" in after.text
    assert link_of(hiring.house, person.application, actor=hiring.staff, now=LATER).endswith(new.token)


def test_it_is_kept_in_the_log_and_asked_once(hiring: Hiring) -> None:
    person = hurried(hiring)
    first = person.come_in()
    again(hiring, person)

    with pytest.raises(NotAllowedError, match="already"):
        again(hiring, person)

    assert [(e["subject"], e["before"]) for e in events_of(hiring.house, "invited_again")] == [
        (person.application, first.sitting_id)
    ]


def test_when_the_new_link_has_expired_the_person_may_be_asked_once_more(hiring: Hiring) -> None:
    person = hurried(hiring)
    again(hiring, person)
    much_later = LATER + timedelta(days=15)

    read_then = reading(hiring.house, person.application, actor=hiring.staff, now=much_later)
    invite_again(hiring.house, person.application, actor=hiring.staff, now=much_later)

    assert read_then.again is None
    assert len(events_of(hiring.house, "invited_again")) == 2


def test_answers_that_were_read_with_care_are_no_reason_to_ask(hiring: Hiring) -> None:
    person = hiring.invite()
    answer_with_care(hiring, person)

    assert read(hiring, person).flags == ()
    with pytest.raises(NotAllowedError, match="Two independent signs"):
        again(hiring, person)


def test_answers_that_are_not_handed_in_cannot_be_given_again(hiring: Hiring) -> None:
    with pytest.raises(NotAllowedError, match="not handed in"):
        again(hiring, hiring.invite())


def test_a_closed_opening_asks_nobody(hiring: Hiring) -> None:
    person = hurried(hiring)
    close_vacancy(hiring.house, hiring.vacancy, actor=hiring.staff, now=NOW)

    with pytest.raises(ClosedError):
        again(hiring, person)


def test_hurried_answers_are_not_offered_to_be_taken_over(hiring: Hiring) -> None:
    new = again(hiring, hurried(hiring))

    assert look(hiring.house, actor=new.come_in(now=LATER), now=LATER).may_reuse is None


def test_the_new_sitting_is_made_as_the_opening_is_now(hiring: Hiring) -> None:
    person = hurried(hiring)
    calibrate(hiring)
    stop_early_at(hiring.house, hiring.vacancy)

    new = again(hiring, person)

    assert look(hiring.house, actor=new.come_in(now=LATER), now=LATER).adaptive


@pytest.mark.parametrize("settled", [False, True])
def test_with_an_adjustment_signs_of_haste_are_not_looked_at(hiring: Hiring, settled: bool) -> None:
    person = hurried(hiring)
    ask_adjustment(hiring.house, ["breaks"], "", actor=person.come_in(), now=NOW)
    if settled:
        (task,) = (t for t in today(hiring.house, actor=hiring.staff, now=NOW).waiting_on_you if t.kind == "adjustment")
        settle_adjustment(hiring.house, task.link.rpartition("id=")[2], actor=hiring.staff, now=NOW)

    found = read(hiring, person)

    word = "agreed" if settled else "asked for"
    assert (found.flags, found.quality_note) == (
        (),
        f"Signs of haste were not looked at, because an adjustment was {word}",
    )
    assert (row(hiring).flags, row(hiring).quality_note) == ((), "Not looked at")
    with pytest.raises(NotAllowedError, match="another way to answer"):
        again(hiring, person)


def test_somebody_who_stops_early_is_not_shown_out_of_a_total_that_is_not_true(hiring: Hiring) -> None:
    calibrate(hiring)
    stop_early_at(hiring.house, hiring.vacancy)
    hiring.invite()

    assert row(hiring).adaptive


def test_somebody_who_answers_again_is_told_and_so_is_who_reads(hiring: Hiring) -> None:
    person = hurried(hiring)
    first = look(hiring.house, actor=person.come_in(), now=NOW)
    second = again(hiring, person)

    welcomed = look(hiring.house, actor=second.come_in(now=LAST), now=LAST)
    before = read(hiring, person)
    answer_with_care(hiring, second)

    assert (first.again, welcomed.again) == (False, True)
    assert (before.answered_before, read(hiring, person).answered_before) == (None, NOW)
