"""For every answer the phone was told is saved, the store holds that value or a later one."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from assessment.errors import AnswerError, ClosedError, IncompleteError, NotAllowedError, SheetError
from assessment.services.actor import Actor
from assessment.services.answers import HIGHEST_REV, Answer, Saved, reuse_earlier, save_answers, submit
from assessment.services.house import House
from assessment.services.sitting import agree, leave, look
from assessment.storage.audit import first_bad
from assessment.storage.schema import responses, sittings
from tests.hiring import NOW, Hiring, answer_all, events_of

LATER = NOW + timedelta(days=15)


def save(house: House, actor: Actor, *answers: Answer) -> tuple[Sequence[Saved], int]:
    kept = save_answers(house, answers, actor=actor, now=NOW)
    return kept.saved, kept.left


def test_an_answer_is_kept_and_counted(hiring: Hiring) -> None:
    actor = hiring.invite().begin()

    saved, left = save(hiring.house, actor, Answer("voi_01", 4, 7, 2310))

    assert (list(saved), left) == ([Saved("voi_01", 4, 7)], 57)
    sitting = look(hiring.house, actor=actor, now=NOW)
    assert (sitting.answers, sitting.revs, sitting.left) == ({"voi_01": 4}, {"voi_01": 7}, 57)


def test_the_same_call_again_changes_nothing(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    first = save(hiring.house, actor, Answer("voi_01", 4, 7))

    again = save(hiring.house, actor, Answer("voi_01", 4, 7))

    assert again == first
    assert len(events_of(hiring.house, "answered")) == 1


def test_a_newer_rev_wins(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    save(hiring.house, actor, Answer("voi_01", 4, 7))

    saved, _ = save(hiring.house, actor, Answer("voi_01", 2, 8))

    assert list(saved) == [Saved("voi_01", 2, 8)]


def test_an_older_rev_is_told_what_stands(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    save(hiring.house, actor, Answer("voi_01", 4, 7))

    saved, _ = save(hiring.house, actor, Answer("voi_01", 1, 6))

    assert list(saved) == [Saved("voi_01", 4, 7)]


def test_of_equal_revs_the_first_stands(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    save(hiring.house, actor, Answer("voi_01", 4, 7))

    saved, _ = save(hiring.house, actor, Answer("voi_01", 1, 7))

    assert list(saved) == [Saved("voi_01", 4, 7)]


def test_null_clears_and_an_older_tap_does_not_bring_it_back(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    save(hiring.house, actor, Answer("voi_01", 4, 7))

    saved, left = save(hiring.house, actor, Answer("voi_01", None, 9))
    after_an_older_tap, _ = save(hiring.house, actor, Answer("voi_01", 5, 8))

    assert (list(saved), left) == ([Saved("voi_01", None, 9)], 58)
    assert list(after_an_older_tap) == [Saved("voi_01", None, 9)]
    assert look(hiring.house, actor=actor, now=NOW).answers == {}


def test_one_item_twice_in_a_call_is_taken_in_order(hiring: Hiring) -> None:
    actor = hiring.invite().begin()

    saved, left = save(hiring.house, actor, Answer("voi_01", 4, 1), Answer("liv_05", 2, 1), Answer("voi_01", 5, 2))

    assert (list(saved), left) == ([Saved("voi_01", 5, 2), Saved("liv_05", 2, 1)], 56)
    assert [event["rev"] for event in events_of(hiring.house, "answered")] == [1, 1, 2]


def test_scenes_take_letters_and_checks_take_numbers(hiring: Hiring) -> None:
    actor = hiring.invite().begin()

    save(hiring.house, actor, Answer("fd_1.best", "a", 1), Answer("fd_1.worst", "c", 1), Answer("att_01", 4, 1))

    assert look(hiring.house, actor=actor, now=NOW).answers == {"att_01": 4, "fd_1.best": "a", "fd_1.worst": "c"}


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("voi_01", 0),
        ("voi_01", 6),
        ("voi_01", 10**30),
        ("voi_01", True),
        ("voi_01", 4.0),
        ("voi_01", float("nan")),
        ("voi_01", "4"),
        ("voi_01", "a"),
        ("att_01", "a"),
        ("fd_1.best", 1),
        ("fd_1.best", "z"),
        ("fd_1.best", "A"),
        ("fd_1.best", ""),
        ("gen_01", 4),  # of the questionnaire, but not in this form
        ("eld_1.best", "a"),
        ("fd_1", "a"),
        ("fd_1.middle", "a"),
        ("", 4),
        ("=cmd()", 4),
        ("x" * 10_000, 4),
    ],
)
def test_one_answer_that_cannot_be_taken_is_named_and_nothing_is_saved(
    hiring: Hiring, item: str, value: int | str
) -> None:
    actor = hiring.invite().begin()

    with pytest.raises(AnswerError) as caught:
        save(hiring.house, actor, Answer("liv_05", 3, 1), Answer(item, value, 1))

    assert caught.value.item == item
    assert look(hiring.house, actor=actor, now=NOW).answers == {}


@pytest.mark.parametrize("rev", [0, -1, HIGHEST_REV + 1])
def test_a_rev_out_of_range_is_refused(hiring: Hiring, rev: int) -> None:
    with pytest.raises(AnswerError, match="rev is a whole number"):
        save(hiring.house, hiring.invite().begin(), Answer("voi_01", 4, rev))


def test_the_highest_rev_a_browser_can_count_to_is_kept_exactly(hiring: Hiring) -> None:
    actor = hiring.invite().begin()

    save(hiring.house, actor, Answer("voi_01", 4, HIGHEST_REV))

    assert look(hiring.house, actor=actor, now=NOW).revs == {"voi_01": 2**53 - 1}


@pytest.mark.parametrize("how_many", [0, 201])
def test_a_call_holds_1_to_200_answers(hiring: Hiring, how_many: int) -> None:
    actor = hiring.invite().begin()

    with pytest.raises(SheetError, match=f"found {how_many} answers"):
        save(hiring.house, actor, *[Answer("voi_01", 4, rev + 1) for rev in range(how_many)])


def test_the_log_names_item_and_rev_and_never_the_value(hiring: Hiring) -> None:
    actor = hiring.invite().begin()

    save(hiring.house, actor, Answer("voi_01", 4, 7))

    (event,) = events_of(hiring.house, "answered")
    assert {key: event[key] for key in ("item", "rev", "subject", "actor")} == {
        "item": "voi_01",
        "rev": 7,
        "subject": actor.sitting_id,
        "actor": f"candidate:{actor.sitting_id}",
    }
    assert "value" not in event


def test_a_newer_tap_on_the_same_answer_is_no_change(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    save(hiring.house, actor, Answer("voi_01", 4, 7))

    saved, _ = save(hiring.house, actor, Answer("voi_01", 4, 9))

    assert list(saved) == [Saved("voi_01", 4, 9)]
    assert len(events_of(hiring.house, "answered")) == 1


def test_taps_that_come_at_once_are_all_kept_and_the_chain_holds(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    items = look(hiring.house, actor=actor, now=NOW).form.items

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda item: save(hiring.house, actor, Answer(item, 3, 1)), items))

    assert look(hiring.house, actor=actor, now=NOW).answers == dict.fromkeys(items, 3)
    with hiring.house.database.read() as connection:
        assert first_bad(connection, actor.organisation_id) is None


def test_answers_after_handing_in_are_refused(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    submit(hiring.house, actor=actor, now=NOW, skip=True)

    with pytest.raises(ClosedError, match="handed in"):
        save(hiring.house, actor, Answer("voi_01", 4, 1))


def test_answers_after_leaving_are_refused(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    leave(hiring.house, "", actor=actor, now=NOW)

    with pytest.raises(ClosedError, match="left"):
        save(hiring.house, actor, Answer("voi_01", 4, 1))


def test_expiry_closes_the_sitting_keeps_what_was_saved_and_scores_nothing(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    save(hiring.house, actor, Answer("voi_01", 4, 1))

    with pytest.raises(ClosedError, match="days for answering are over"):
        save_answers(hiring.house, [Answer("liv_05", 4, 1)], actor=actor, now=LATER)

    with hiring.house.database.read() as connection:
        kept = connection.execute(sittings.select()).one()
        answers = connection.execute(responses.select()).all()
    assert (kept.status, kept.finished_at) == ("expired", None)
    assert [(a.item, a.value) for a in answers] == [("voi_01", "4")]
    assert len(events_of(hiring.house, "expired")) == 1


def test_a_whole_sheet_is_handed_in_once(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    answer_all(hiring.house, actor)

    submit(hiring.house, actor=actor, now=NOW)
    submit(hiring.house, actor=actor, now=NOW + timedelta(hours=1))

    sitting = look(hiring.house, actor=actor, now=NOW)
    assert (sitting.status, sitting.step, sitting.left, sitting.finished_at) == ("submitted", "result", 0, NOW)
    assert len(events_of(hiring.house, "submitted")) == 1


def test_a_sheet_with_gaps_says_what_is_missing_in_the_order_asked(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    answer_all(hiring.house, actor)
    save(hiring.house, actor, Answer("fd_4.worst", None, 2), Answer("liv_05", None, 2))

    with pytest.raises(IncompleteError) as caught:
        submit(hiring.house, actor=actor, now=NOW)

    assert caught.value.missing == ("liv_05", "fd_4.worst")
    assert look(hiring.house, actor=actor, now=NOW).status == "open"


def test_gaps_may_be_skipped_when_the_person_says_so(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    save(hiring.house, actor, Answer("voi_01", 4, 1))

    submit(hiring.house, actor=actor, now=NOW, skip=True)

    assert look(hiring.house, actor=actor, now=NOW).status == "submitted"


def test_earlier_answers_are_offered_and_taken_over_only_when_the_person_says_so(hiring: Hiring) -> None:
    before = hiring.invite("Ana", "ana@place.org").begin()
    answer_all(hiring.house, before, value=4)
    submit(hiring.house, actor=before, now=NOW)
    again = hiring.open_another("elder_care_aide").invite("Ana", "ANA@place.org ".strip().casefold()).come_in()

    offered = look(hiring.house, actor=again, now=NOW).may_reuse
    untouched = look(hiring.house, actor=again, now=NOW).answers
    agree(hiring.house, actor=again, now=NOW)
    copied = reuse_earlier(hiring.house, actor=again, now=NOW)

    sitting = look(hiring.house, actor=again, now=NOW)
    assert offered is not None
    assert (offered.role_title, untouched) == ("Front desk officer", {})
    assert copied == offered.items == len(sitting.answers) > 10
    assert set(sitting.answers.values()) == {4}
    assert (sitting.reused, sitting.may_reuse) == (True, None)
    assert len(events_of(hiring.house, "earlier_answers_taken_over")) == 1


def test_earlier_answers_do_not_overwrite_what_was_tapped_now(hiring: Hiring) -> None:
    before = hiring.invite("Ana", "ana@place.org").begin()
    answer_all(hiring.house, before, value=4)
    submit(hiring.house, actor=before, now=NOW)
    again = hiring.open_another("elder_care_aide").invite("Ana", "ana@place.org").begin()
    shared = next(i for i in look(hiring.house, actor=again, now=NOW).form.items if i.startswith("und"))
    save(hiring.house, again, Answer(shared, 2, 1))

    reuse_earlier(hiring.house, actor=again, now=NOW)

    assert look(hiring.house, actor=again, now=NOW).answers[shared] == 2


def test_answers_older_than_twelve_months_are_not_offered(hiring: Hiring) -> None:
    before = hiring.invite("Ana", "ana@place.org").begin()
    answer_all(hiring.house, before)
    submit(hiring.house, actor=before, now=NOW - timedelta(days=366))
    again = hiring.open_another("elder_care_aide").invite("Ana", "ana@place.org").begin()

    assert look(hiring.house, actor=again, now=NOW).may_reuse is None
    with pytest.raises(NotAllowedError, match="no earlier answers"):
        reuse_earlier(hiring.house, actor=again, now=NOW)


def test_a_namesake_is_not_offered_somebody_elses_answers(hiring: Hiring) -> None:
    before = hiring.invite("Ana Lopez", "ana@place.org").begin()
    answer_all(hiring.house, before)
    submit(hiring.house, actor=before, now=NOW)

    namesake = hiring.open_another("elder_care_aide").invite("Ana Lopez", "other@place.org").begin()

    assert look(hiring.house, actor=namesake, now=NOW).may_reuse is None
