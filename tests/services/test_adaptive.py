"""Fewer lines where enough is known: nothing is planned ahead, everything follows from the answers saved so far."""

import time
from dataclasses import replace

import pytest

from assessment.errors import IncompleteError, NotAllowedError
from assessment.services.actor import Actor
from assessment.services.adaptive import ahead, saving
from assessment.services.answers import Answer, save_answers, submit
from assessment.services.invitations import invite
from assessment.services.invitees import Invitee
from assessment.services.paper import settle, type_in
from assessment.services.reading import Reading, reading
from assessment.services.result import result
from assessment.services.sitting import Sitting, look
from assessment.services.vacancies import stop_early, vacancy
from assessment.services.why import why
from assessment.storage import sittings
from assessment.storage.responses import responses_of
from tests.calibrated import calibrate, calibrated_form, put_to_use
from tests.hiring import NOW, Hiring, Person, events_of

SCENES = tuple(f"fd_{n}.{which}" for n in (1, 2, 3, 4) for which in ("best", "worst"))


@pytest.fixture
def short(hiring: Hiring) -> Hiring:
    """An opening whose questionnaire stops where enough is known."""
    calibrate(hiring)
    stop_early(hiring.house, hiring.vacancy, True, actor=hiring.staff, now=NOW)
    return hiring


def at(hiring: Hiring, actor: Actor) -> Sitting:
    return look(hiring.house, actor=actor, now=NOW)


def reply(field: str) -> int | str:
    return {"best": "a", "worst": "b"}.get(field.rpartition(".")[2], 3 + len(field) % 2)


def go_on(hiring: Hiring, actor: Actor, *, until: int = 0, skip: frozenset[str] = frozenset()) -> list[str]:
    """Answer what is asked next, one by one, until `until` fields are left; returns what was answered, in order."""
    met: list[str] = []
    while wanted := [field for field in at(hiring, actor).next if field not in skip]:
        if len(wanted) <= until:
            break
        save_answers(hiring.house, [Answer(wanted[0], reply(wanted[0]), 1)], actor=actor, now=NOW)
        met.append(wanted[0])
    return met


def read(hiring: Hiring, person: Person) -> Reading:
    return reading(hiring.house, person.application, actor=hiring.staff, now=NOW)


def test_strong_items_are_asked_until_enough_is_known_and_then_it_is_whole(short: Hiring) -> None:
    person = short.invite()
    actor = person.begin()

    met = go_on(short, actor)
    submit(short.house, actor=actor, now=NOW)

    found = read(short, person)
    assert len(met) < 58
    assert found.state == "finished"
    assert set(found.asked) == {field for field in met if field not in SCENES}
    assert {s.theta_se <= 0.40 for s in found.standings.values() if s.theta_se is not None} == {True}
    assert all(s.answered == s.items >= 4 for f, s in found.standings.items() if f in found.form.facets)
    assert found.fit.band != "not_measured"


def test_a_sitting_that_is_not_adaptive_asks_its_whole_form_in_order(hiring: Hiring) -> None:
    calibrate(hiring)
    sitting = at(hiring, hiring.invite().begin())

    assert (sitting.adaptive, sitting.next, sitting.about) == (False, sitting.form.fields(), 58)


def test_every_device_opens_at_the_same_place(short: Hiring) -> None:
    person = short.invite()
    one = person.begin()
    go_on(short, one, until=40)

    other = person.come_in()

    assert at(short, other).next == at(short, one).next


def test_an_answer_changes_only_what_comes_of_its_own_facet(short: Hiring) -> None:
    """So somebody who reloads a half-answered page sees the lines again that they left."""
    actor = short.invite().begin()
    before = at(short, actor)
    first = before.next[0]
    facet = before.instrument.by_id[first].facet

    save_answers(short.house, [Answer(first, 5, 1)], actor=actor, now=NOW)

    def of_others(sitting: Sitting) -> list[str]:
        known = sitting.instrument.by_id
        return [id_ for id_ in sitting.next[:10] if id_ in known and known[id_].facet != facet]

    assert of_others(at(short, actor))[:7] == of_others(before)[:7]


def test_not_everybody_meets_the_same_first_lines(short: Hiring) -> None:
    firsts = {at(short, short.invite(f"P{n}").begin()).next[:8] for n in range(4)}

    assert len(firsts) > 1


def test_checks_come_at_about_their_place_and_scenes_whole_at_the_end(short: Hiring) -> None:
    met = go_on(short, short.invite().begin())

    lines = [field for field in met if field not in SCENES]
    assert tuple(met[-8:]) == SCENES
    assert met.index("att_01") == 16
    assert met.index("att_02") in (33, len(lines) - 1)


def test_what_is_left_is_counted_and_about_how_much_of_it_will_come(short: Hiring) -> None:
    actor = short.invite().begin()
    start = at(short, actor)
    whole = len(go_on(short, actor))

    assert start.left == len(start.next) == 58
    assert abs(start.about - whole) <= 4
    assert (at(short, actor).left, at(short, actor).about) == (0, 0)


def test_where_a_line_is_skipped_another_stands_in_and_what_is_wanted_still_is_missing(short: Hiring) -> None:
    actor = short.invite().begin()
    skipped = at(short, actor).next[0]
    go_on(short, actor, skip=frozenset({skipped, "fd_2.worst"}))

    with pytest.raises(IncompleteError) as missing:
        submit(short.house, actor=actor, now=NOW)

    assert missing.value.missing == ("fd_2.worst",)


def test_an_answer_taken_back_makes_its_facet_wanted_again(short: Hiring) -> None:
    actor = short.invite().begin()
    met = go_on(short, actor)

    kept = save_answers(short.house, [Answer(met[0], None, 2)], actor=actor, now=NOW)

    facet = at(short, actor).instrument.by_id[met[0]].facet
    assert met[0] in kept.ahead.fields
    assert {at(short, actor).instrument.by_id[field].facet for field in kept.ahead.fields} == {facet}


def test_a_facet_left_early_is_scored_over_what_was_still_wanted(short: Hiring) -> None:
    """Three answered, three still wanted: 3 of 6 is under 8 in 10, so the facet says nothing."""
    person = short.invite()
    actor = person.begin()
    voi = [id_ for id_ in at(short, actor).form.items if id_.startswith("voi")]
    go_on(short, actor, skip=frozenset(voi[3:]))
    submit(short.house, actor=actor, now=NOW, skip=True)

    stood = read(short, person).standings["voi"]

    assert (stood.answered, stood.items, stood.t) == (3, 6, None)


def test_why_says_which_lines_were_not_needed(short: Hiring) -> None:
    person = short.invite()
    actor = person.begin()
    go_on(short, actor)
    submit(short.house, actor=actor, now=NOW)
    found = read(short, person)

    items = [item for facet in found.form.facets for item in why(found, facet, library=short.house.library).items]

    assert {item.item for item in items if not item.asked} == {
        id_ for id_ in found.form.items if id_ not in found.answers
    }
    assert {item.answer_words for item in items if not item.asked} == {"not needed"}


def test_the_result_says_that_it_came_from_fewer_lines(short: Hiring) -> None:
    person = short.invite()
    actor = person.begin()
    met = [field for field in go_on(short, actor) if field not in SCENES]
    submit(short.house, actor=actor, now=NOW)

    found = result(short.house, actor=actor, now=NOW)

    assert found.fewer.startswith(f"This came from {len(met)} lines. The whole form has 50.")


def test_it_cannot_be_switched_on_before_the_form_is_calibrated(hiring: Hiring) -> None:
    with pytest.raises(NotAllowedError, match="at least 200 people"):
        stop_early(hiring.house, hiring.vacancy, True, actor=hiring.staff, now=NOW)

    found = vacancy(hiring.house, hiring.vacancy, actor=hiring.staff, now=NOW)
    assert not found.adaptive
    assert found.not_adaptive_because.startswith("No calibration is in use")


def test_a_calibration_that_does_not_know_every_line_is_said(hiring: Hiring) -> None:
    whole = calibrated_form(hiring.house)
    part = {id_: item for id_, item in whole.items.items() if id_ != "voi_01"}
    put_to_use(hiring.house, hiring.staff.organisation_id, whole.model_copy(update={"items": part}))

    with pytest.raises(NotAllowedError, match="voi_01"):
        stop_early(hiring.house, hiring.vacancy, True, actor=hiring.staff, now=NOW)


def test_switching_is_kept_in_the_log_once_and_changes_no_sitting_under_way(short: Hiring) -> None:
    early = short.invite("Early").begin()

    stop_early(short.house, short.vacancy, False, actor=short.staff, now=NOW)
    stop_early(short.house, short.vacancy, False, actor=short.staff, now=NOW)

    late = short.invite("Late").begin()
    assert [event["on"] for event in events_of(short.house, "adaptive_changed")] == [True, False]
    assert (at(short, early).adaptive, at(short, late).adaptive) == (True, False)


def test_paper_asks_every_line(short: Hiring) -> None:
    (paper,) = invite(
        short.house, short.vacancy, [Invitee(1, "Pia", None, "en")], channel="paper", actor=short.staff, now=NOW
    )
    typed = short.invite("Typed")
    form = short.house.library.form("front_desk_officer")
    answers: dict[str, int | str | None] = {field: reply(field) for field in form.fields()}

    for entry in (1, 2):
        type_in(short.house, typed.application, answers, entry=entry, actor=short.staff, now=NOW)
    settle(short.house, typed.application, {}, actor=short.staff, now=NOW)

    person = Person(short.house, paper.application_id, paper.url.rpartition("/")[2])
    assert not at(short, person.begin()).adaptive
    assert read(short, typed).asked == form.items


def test_the_step_costs_less_than_a_millisecond(short: Hiring) -> None:
    actor = short.invite().begin()
    go_on(short, actor, until=34)
    took = []

    with short.house.database.read() as connection:
        row = sittings.sitting(connection, actor.sitting_id or "", organisation_id=actor.organisation_id)
        assert row is not None
        answers = {item: r.value for item, r in responses_of(connection, row.id).items()}
        for _ in range(100):
            began = time.perf_counter()
            ahead(connection, row, answers)
            took.append(time.perf_counter() - began)

    assert sorted(took)[50] < 0.001


def test_another_house_without_calibration_is_not_touched(short: Hiring) -> None:
    other = replace(short, vacancy=short.open_another("billing_clerk").vacancy)

    sitting = at(short, other.invite("Bo").begin())

    assert (sitting.adaptive, sitting.left) == (False, len(sitting.form.fields()))


def test_what_stopping_saves_is_told_before_it_is_switched_on(short: Hiring) -> None:
    found = saving(short.house, "front_desk_officer", actor=short.staff)

    assert found is not None
    assert 32 <= found.lines < found.whole == 48


def test_a_weak_calibration_is_seen_to_save_nothing(hiring: Hiring) -> None:
    calibrate(hiring, slope=1.15)

    found = saving(hiring.house, "front_desk_officer", actor=hiring.staff)

    assert found is not None
    assert found.lines == found.whole


def test_without_a_calibration_there_is_nothing_to_tell(hiring: Hiring) -> None:
    assert saving(hiring.house, "front_desk_officer", actor=hiring.staff) is None
