"""Who left, when and why; compliments and complaints counted and taken back."""

from datetime import date, timedelta

import pytest

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.engagements import set_engagement
from assessment.services.feedback import count_feedback, feedback_of, remove_feedback
from assessment.services.leaving import here_still, note_leaving, take_leaving_back
from assessment.services.outcome_rows import outcome_rows
from tests.hiring import Hiring, events_of
from tests.newcomers import Newcomer, hire, supervise
from tests.outcome_files import first_day

SECRET = "a violet umbrella"


@pytest.fixture
def ana(hiring: Hiring) -> Newcomer:
    """Hired, and 100 days here."""
    newcomer = hire(hiring, "Ana")
    first_day(hiring, newcomer, day=100)
    return newcomer


def ago(hiring: Hiring, days: int) -> date:
    return hiring.now.date() - timedelta(days=days)


def leave(hiring: Hiring, ana: Newcomer, *, days_ago: int, reason: str = "own_choice", note: str = "") -> None:
    note_leaving(hiring.house, ana.application, ago(hiring, days_ago), reason, note, actor=hiring.staff, now=hiring.now)


def test_a_leaving_is_noted_and_the_stay_follows(hiring: Hiring, ana: Newcomer) -> None:
    before = here_still(hiring.house, ana.application, actor=hiring.staff, now=hiring.now)

    leave(hiring, ana, days_ago=50, note=SECRET)

    after = here_still(hiring.house, ana.application, actor=hiring.staff, now=hiring.now)
    assert (before.left, before.stays) == (None, {90: "yes", 365: "too_early"})
    assert after.left is not None
    assert (after.left.reason, after.left.note, after.left.by) == ("own_choice", SECRET, "Ada Voss")
    assert after.stays == {90: "no", 365: "no"}


def test_a_leaving_is_taken_back(hiring: Hiring, ana: Newcomer) -> None:
    leave(hiring, ana, days_ago=50)

    for _ in range(2):
        take_leaving_back(hiring.house, ana.application, actor=hiring.staff, now=hiring.now)

    found = here_still(hiring.house, ana.application, actor=hiring.staff, now=hiring.now)
    assert (found.left, found.stays[90]) == (None, "yes")
    assert len(events_of(hiring.house, "leaving_taken_back")) == 1


@pytest.mark.parametrize(
    ("days_ago", "words"), [(100, "before the first day here"), (-1, "still to come")], ids=["before", "future"]
)
def test_a_last_day_that_cannot_be_is_not_kept(hiring: Hiring, ana: Newcomer, days_ago: int, words: str) -> None:
    with pytest.raises(SheetError, match=words):
        leave(hiring, ana, days_ago=days_ago)


def test_the_end_of_a_term_is_no_early_leaving_and_not_before_its_day(hiring: Hiring, ana: Newcomer) -> None:
    set_engagement(
        hiring.house,
        ana.application,
        "temporary",
        ends_on=ago(hiring, 40),
        actor=hiring.staff,
        now=hiring.now,
    )
    with pytest.raises(SheetError, match="Choose another reason"):
        leave(hiring, ana, days_ago=41, reason="end_of_term")

    leave(hiring, ana, days_ago=40, reason="end_of_term")

    found = here_still(hiring.house, ana.application, actor=hiring.staff, now=hiring.now)
    assert found.stays == {90: "term_ended", 365: "term_ended"}


def test_an_unknown_reason_is_refused_and_supervisors_note_no_leaving(hiring: Hiring, ana: Newcomer) -> None:
    grace = supervise(hiring, ana)

    with pytest.raises(UnknownIdError, match="own_choice"):
        leave(hiring, ana, days_ago=50, reason="bored")
    with pytest.raises(NotAllowedError):
        note_leaving(hiring.house, ana.application, ago(hiring, 50), "other", "", actor=grace, now=hiring.now)
    with pytest.raises(NotAllowedError):
        here_still(hiring.house, ana.application, actor=grace, now=hiring.now)


def count(hiring: Hiring, ana: Newcomer, kind: str, n: int, **more: object) -> str:
    given: dict[str, object] = {"actor": hiring.staff, "now": hiring.now, **more}
    return count_feedback(hiring.house, ana.application, kind, ago(hiring, 3), n, SECRET, **given)  # type: ignore[arg-type]


def test_feedback_is_counted_and_nothing_counted_is_not_none_counted(hiring: Hiring, ana: Newcomer) -> None:
    (before,) = outcome_rows(hiring.house, actor=hiring.staff, now=hiring.now)

    count(hiring, ana, "compliment", 2)
    count(hiring, ana, "compliment", 1)

    (after,) = outcome_rows(hiring.house, actor=hiring.staff, now=hiring.now)
    assert (before.compliments, before.complaints) == (None, None)
    assert (after.compliments, after.complaints) == (3, None)


def test_a_line_is_removed_within_a_day_and_its_note_goes_with_it(hiring: Hiring, ana: Newcomer) -> None:
    wrong, kept = count(hiring, ana, "complaint", 1), count(hiring, ana, "compliment", 1)
    day_later, too_late = (hiring.now + timedelta(hours=hours) for hours in (24, 25))

    for _ in range(2):
        remove_feedback(hiring.house, wrong, actor=hiring.staff, now=day_later)

    with pytest.raises(ClosedError, match="more than a day"):
        remove_feedback(hiring.house, kept, actor=hiring.staff, now=too_late)
    found = feedback_of(hiring.house, ana.application, actor=hiring.staff, now=too_late)
    assert [(one.id, one.may_remove) for one in found] == [(kept, False)]
    with hiring.house.database.read() as connection:
        notes = connection.exec_driver_sql("SELECT note_sealed FROM feedback_counts WHERE removed_at IS NOT NULL")
        assert notes.scalars().all() == [None]


def test_supervisors_count_for_their_people_and_see_only_what_they_counted(hiring: Hiring, ana: Newcomer) -> None:
    grace, bo = supervise(hiring, ana), hire(hiring, "Bo")
    ours = count(hiring, ana, "complaint", 1)
    theirs = count(hiring, ana, "compliment", 1, actor=grace)

    with pytest.raises(UnknownIdError):
        count(hiring, bo, "compliment", 1, actor=grace)
    with pytest.raises(UnknownIdError):
        remove_feedback(hiring.house, ours, actor=grace, now=hiring.now)

    assert [one.id for one in feedback_of(hiring.house, ana.application, actor=grace, now=hiring.now)] == [theirs]
    assert len(feedback_of(hiring.house, ana.application, actor=hiring.staff, now=hiring.now)) == 2


@pytest.mark.parametrize("n", [0, -1, 1001, True])
def test_a_count_out_of_range_is_refused(hiring: Hiring, ana: Newcomer, n: int) -> None:
    with pytest.raises(SheetError, match="1 to 1,000"):
        count(hiring, ana, "compliment", n)


@pytest.mark.parametrize("days_ago", [-1, 100])
def test_nothing_is_counted_before_the_first_day_or_in_days_to_come(
    hiring: Hiring, ana: Newcomer, days_ago: int
) -> None:
    with pytest.raises(SheetError):
        count_feedback(
            hiring.house, ana.application, "compliment", ago(hiring, days_ago), actor=hiring.staff, now=hiring.now
        )


def test_notes_are_sealed_and_the_event_log_has_no_word_of_them(hiring: Hiring, ana: Newcomer) -> None:
    leave(hiring, ana, days_ago=50, note=SECRET)
    count(hiring, ana, "complaint", 1)

    with hiring.house.database.read() as connection:
        notes = [
            bytes(note)
            for table in ("leavings", "feedback_counts")
            for note in connection.exec_driver_sql(f"SELECT note_sealed FROM {table}").scalars()
        ]
        bodies = connection.exec_driver_sql("SELECT body FROM events").scalars().all()
    assert len(notes) == 2
    assert not any(SECRET.encode() in note for note in notes)
    assert SECRET not in " ".join(bodies)
