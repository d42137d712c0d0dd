"""Answering once more: a change within the error is told as none, and only to the person."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import select, update

from assessment.errors import ClosedError, NotAllowedError, UnknownIdError
from assessment.scoring.reliable_change import changed, reliable_change
from assessment.services.actor import Actor
from assessment.services.answers import save_answers, submit
from assessment.services.change_since import Change, change
from assessment.services.doors import DoorClosedError, enter
from assessment.services.house import House
from assessment.services.measuring_again import begin, mail_own_link, offer_again, own_page, void_own_sheet
from assessment.services.result import result
from assessment.services.versions import norms_of
from assessment.storage import documents
from assessment.storage import sittings as stored_sittings
from assessment.storage.clock import stamp
from assessment.storage.schema import outbox, responses, sittings
from tests.calibrated import calibrate
from tests.growing import WEEKS, Grower, hired, mailing, physicians, taps
from tests.hiring import Hiring, Person, answer_all, events_of


def twice(hiring: Hiring, first: dict[str, int], last: dict[str, int]) -> tuple[Grower, Change]:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer(first, now=hiring.now)
    later = hiring.now + WEEKS
    ana.begin_again(now=later)
    found = change(hiring.house, actor=ana.answer(last, now=later), now=later)
    assert found is not None
    return ana, found


def test_one_facet_that_moved_from_end_to_end_is_told_and_the_rest_is_not(hiring: Hiring) -> None:
    _, found = twice(hiring, {"und": 1}, {"und": 5})

    assert [(f.facet, f.verdict) for f in found.moved] == [("und", "more")]
    assert {f.verdict for f in found.facets if f.facet != "und"} == {"within_error"}
    assert (found.comparable, found.read_anew, found.when_applying) == (True, False, False)
    assert (found.last_on - found.first_on).days == 28


def test_the_figures_are_those_of_the_norms_by_hand(hiring: Hiring) -> None:
    _, found = twice(hiring, {"und": 3}, {"und": 4})

    (und,) = (facet for facet in found.facets if facet.facet == "und")
    # mean 3.40, SD .50, reliability .64: T 42 and 62, SEM 6, margin 1.96 · √72 = 16.63
    assert (round(und.t1, 6), round(und.t2, 6), round(und.margin, 2)) == (42.0, 62.0, 16.63)
    assert (round(und.difference, 6), und.verdict) == (20.0, "more")


def test_a_change_within_the_error_is_told_as_none(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer({"und": 3}, now=hiring.now)
    later = hiring.now + WEEKS
    ana.begin_again(now=later)
    actor = ana.come_in(now=later)
    given = taps(hiring.house, actor, {"und": 3}, now=later)
    one = next(at for at, tap in enumerate(given) if tap.item.startswith("und_"))
    given[one] = replace(given[one], value=given[one].value + 1)  # one line by one step
    save_answers(hiring.house, given, actor=actor, now=later)
    submit(hiring.house, actor=actor, now=later)

    found = change(hiring.house, actor=ana.come_in(now=later), now=later)

    assert found is not None
    (und,) = (facet for facet in found.facets if facet.facet == "und")
    assert 0 < abs(und.difference) < und.margin
    assert found.moved == ()


def test_less_is_told_as_less(hiring: Hiring) -> None:
    _, found = twice(hiring, {"hon": 5}, {"hon": 1})

    assert [(f.facet, f.verdict) for f in found.moved] == [("hon", "less")]


def test_with_one_sheet_there_is_no_change_to_tell(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")

    assert change(hiring.house, actor=ana.answer(now=hiring.now), now=hiring.now) is None


def test_a_facet_with_too_few_answers_is_named_and_not_compared(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer(4, now=hiring.now)
    later = hiring.now + WEEKS
    ana.begin_again(now=later)
    actor = ana.come_in(now=later)
    from assessment.services.answers import save_answers

    given = [tap for tap in taps(hiring.house, actor, {}, now=later) if not tap.item.startswith("hon_")]
    save_answers(hiring.house, given, actor=actor, now=later)
    submit(hiring.house, actor=actor, now=later, skip=True)

    found = change(hiring.house, actor=ana.come_in(now=later), now=later)

    assert found is not None
    assert "hon" not in {facet.facet for facet in found.facets}
    assert len(found.not_compared) == 1


def other_norms(hiring: Hiring, *, mean: float) -> str:
    """A comparison group of their own: the shipped one with every mean moved."""
    body = hiring.house.norms.model_dump(mode="json")
    for facet in body["facets"].values():
        facet["mean"] += mean
    body |= {"id": "elsewhere", "kind": "local", "n": 450}
    with hiring.house.database.write() as connection:
        id_ = documents.keep(
            connection,
            hiring.staff.organisation_id,
            kind="norms",
            name="elsewhere",
            version="1.0",
            body=body,
            author="system",
            reason="for a test",
            now=hiring.now,
        )
        assert norms_of(connection, id_).n == 450
    return id_


def set_last(hiring: Hiring, **values: object) -> None:
    with hiring.house.database.write() as connection:
        newest = connection.execute(select(sittings.c.id).order_by(sittings.c.created_at.desc())).scalars().first()
        connection.execute(update(sittings).where(sittings.c.id == newest).values(**values))


def test_the_first_answers_are_read_by_the_norms_of_the_last_so_that_new_norms_are_no_change(hiring: Hiring) -> None:
    ana, before = twice(hiring, {}, {})
    later = hiring.now + WEEKS

    set_last(hiring, norms_id=other_norms(hiring, mean=1.0))
    found = change(hiring.house, actor=ana.come_in(now=later), now=later)

    assert found is not None
    assert (found.read_anew, found.moved, before.read_anew) == (True, (), False)
    assert {facet.difference for facet in found.facets} == {0.0}
    assert found.facets[0].t1 != before.facets[0].t1


def test_two_versions_that_mean_different_things_are_said_not_to_be_comparable(hiring: Hiring) -> None:
    ana, _ = twice(hiring, {}, {})
    later = hiring.now + WEEKS
    body = hiring.house.library.questionnaire().model_dump(mode="json") | {"version": "9.0"}
    with hiring.house.database.write() as connection:
        other = documents.keep(
            connection,
            hiring.staff.organisation_id,
            kind="questionnaire",
            name=body["id"],
            version="9.0",
            body=body,
            author="system",
            reason="for a test",
            now=hiring.now,
        )

    set_last(hiring, questionnaire_id=other)
    found = change(hiring.house, actor=ana.come_in(now=later), now=later)

    assert found is not None
    assert (found.comparable, found.facets) == (False, ())


def test_a_calibrated_last_sheet_reads_the_first_by_the_calibration_too(measured: Hiring) -> None:
    ana = Grower(measured.house, hired(measured).application)
    calibrate(measured)
    later = measured.now + WEEKS
    begin(measured.house, actor=hired_actor(measured, ana), now=later)

    found = change(measured.house, actor=ana.answer(4, now=later), now=later)

    assert found is not None
    assert found.read_anew
    assert (found.comparable, found.moved, found.when_applying) == (True, (), True)
    assert max(abs(facet.difference) for facet in found.facets) < 1e-9


def hired_actor(hiring: Hiring, ana: Grower) -> Actor:
    with hiring.house.database.read() as connection:
        row = stored_sittings.to_read(connection, ana.application, organisation_id=hiring.staff.organisation_id)
    assert row is not None
    return Actor("candidate", hiring.staff.organisation_id, sitting_id=row.id)


def test_sooner_than_three_weeks_one_may_not_answer_again(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    actor = ana.answer(now=hiring.now)

    early = own_page(hiring.house, actor=actor, now=hiring.now + timedelta(days=20, hours=23))
    late = own_page(hiring.house, actor=actor, now=hiring.now + timedelta(days=21))

    assert (str(early.from_day), late.from_day) == ("2026-12-15", None)
    with pytest.raises(NotAllowedError, match="15 December 2026"):
        begin(hiring.house, actor=actor, now=hiring.now + timedelta(days=20))
    assert begin(hiring.house, actor=actor, now=hiring.now + timedelta(days=21))


def test_beginning_twice_goes_on_with_the_same_sheet(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    actor, later = ana.answer(now=hiring.now), hiring.now + WEEKS

    first, second = (begin(hiring.house, actor=actor, now=later) for _ in range(2))

    assert first == second
    assert len(events_of(hiring.house, "growth_begun")) == 1
    assert own_page(hiring.house, actor=actor, now=later).waits


def test_asked_by_the_house_after_a_training_one_may_answer_sooner(hiring: Hiring) -> None:
    _, (ana, ben) = physicians(hiring, "Ana Ruiz", "Ben Adler", mail=True)
    actor, soon = ana.answer(now=hiring.now), hiring.now + timedelta(days=3)
    everybody = [ana.application, ben.application]

    done = offer_again(ana.house, everybody, actor=hiring.staff, now=soon)

    assert (done.queued, done.left_out) == (1, {"have not answered yet": 1})
    assert begin(ana.house, actor=actor, now=soon)


def test_who_gets_no_mail_is_not_sent_a_link_that_the_house_would_see(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer(now=hiring.now)

    done = offer_again(hiring.house, [ana.application], actor=hiring.staff, now=hiring.now)

    assert (done.queued, list(done.left_out)) == (0, ["get no mail: they can begin on their own page"])


def comes_by_application(hiring: Hiring, *, email: str | None = None) -> tuple[Grower, Actor, House]:
    person = hired(hiring, email=email)
    house = mailing(hiring.house) if email else hiring.house
    return Grower(house, person.application), person.come_in(now=hiring.now), house


def test_a_newcomer_begins_by_the_link_of_the_application_and_then_has_one_of_their_own(hiring: Hiring) -> None:
    ana, actor, house = comes_by_application(hiring)
    later = hiring.now + timedelta(days=25)

    before = own_page(house, actor=actor, now=later)
    link = begin(house, actor=actor, now=later)

    assert (before.own, before.begun, before.from_day) == (False, False, None)
    assert link.endswith(ana.token)
    found = change(house, actor=ana.answer(4, now=later), now=later)
    assert found is not None
    assert (found.when_applying, found.moved) == (True, ())


def test_whoever_holds_the_link_of_the_application_reads_nothing_of_a_newcomers_growth(hiring: Hiring) -> None:
    ana, actor, house = comes_by_application(hiring)
    later = hiring.now + timedelta(days=25)
    begin(house, actor=actor, now=later)
    ana.answer({"hon": 1}, now=later)

    page = own_page(house, actor=actor, now=later)

    assert (page.own, page.begun, page.link) == (False, True, "")
    with pytest.raises(NotAllowedError, match="link of its own"):
        change(house, actor=actor, now=later)
    with pytest.raises(NotAllowedError, match="link of its own"):
        begin(house, actor=actor, now=later + WEEKS)
    assert not result(house, actor=actor, now=later).growth  # the one they were hired on


def test_a_newcomer_with_an_address_gets_the_own_link_by_mail_only(hiring: Hiring) -> None:
    ana, actor, house = comes_by_application(hiring, email="sofia@anne.example")
    later = hiring.now + timedelta(days=25)

    link = begin(house, actor=actor, now=later)

    with house.database.read() as connection:
        letter = connection.execute(select(outbox).where(outbox.c.template == "growth_invitation")).one()
    assert link == ""
    assert ana.token in house.vault.open(letter.text_sealed)
    assert "2 January 2027" in house.vault.open(letter.text_sealed)  # 14 days from then, not from when they applied


def test_a_lost_own_link_is_mailed_anew_and_older_ones_end(hiring: Hiring) -> None:
    ana, actor, house = comes_by_application(hiring, email="sofia@anne.example")
    later = hiring.now + timedelta(days=25)
    begin(house, actor=actor, now=later)
    lost = ana.token

    mail_own_link(house, actor=actor, now=later)

    with pytest.raises((DoorClosedError, ClosedError)):
        enter(house, lost, now=later)
    assert enter(house, ana.token, now=later)
    assert own_page(house, actor=ana.come_in(now=later), now=later).own


def test_mailing_a_link_does_not_count_as_being_asked_again(hiring: Hiring) -> None:
    ana, actor, house = comes_by_application(hiring, email="sofia@anne.example")
    later = hiring.now + timedelta(days=25)
    begin(house, actor=actor, now=later)
    own = ana.answer(4, now=later)

    mail_own_link(house, actor=actor, now=later + timedelta(days=1))

    with pytest.raises(NotAllowedError, match="too soon"):
        begin(house, actor=ana.come_in(now=later + timedelta(days=2)), now=later + timedelta(days=2))
    assert own


def test_people_who_only_answer_with_error_are_told_of_a_change_in_five_of_a_hundred_lines(hiring: Hiring) -> None:
    norms = hiring.house.norms.facets
    sem = np.array([10 * np.sqrt(1 - (norm.reliability or 0)) for norm in norms.values()])
    rng = np.random.default_rng(11)
    first, last = (50 + rng.normal(0, 1, (20_000, len(sem))) * sem for _ in range(2))

    moved = changed(reliable_change(first, last, sem1=sem, sem2=sem))

    assert abs(moved.mean() - 0.05) < 3 * np.sqrt(0.05 * 0.95 / moved.size)
    assert abs(moved.any(axis=1).mean() - (1 - 0.95**12)) < 0.015  # what the page says of chance: about half


def test_answers_again_are_the_same_lines_for_everybody(hiring: Hiring) -> None:
    _, (ana,) = physicians(hiring, "Ana Ruiz")
    ana.answer(now=hiring.now)
    later = hiring.now + WEEKS
    ana.begin_again(now=later)
    actor = ana.come_in(now=later)

    answer_all(hiring.house, actor, now=later)

    with hiring.house.database.read() as connection:
        forms = connection.execute(select(sittings.c.form_id, sittings.c.adaptive)).all()
    assert len({row.form_id for row in forms}) == 1
    assert not any(row.adaptive for row in forms)


def open_own(hiring: Hiring, email: str | None = None) -> tuple[Person, Actor]:
    """Somebody hired who may answer once more, and how they come in by the link of their application."""
    person = hired(hiring, "Sofia Marino", email)
    long_ago = stamp(hiring.now - WEEKS)
    with hiring.house.database.write() as connection:
        connection.execute(update(sittings).values(finished_at=long_ago))
    return person, person.come_in(now=hiring.now)


def test_what_somebody_else_began_by_the_link_of_the_application_is_closed_and_begun_anew(hiring: Hiring) -> None:
    person, actor = open_own(hiring)
    taken = begin(hiring.house, actor=actor, now=hiring.now).rpartition("/")[2]
    snoop = Grower(hiring.house, person.application).come_in(now=hiring.now)
    answer_all(hiring.house, snoop, now=hiring.now)

    void_own_sheet(hiring.house, person.application, actor=hiring.staff, now=hiring.now)

    with pytest.raises(DoorClosedError):
        enter(hiring.house, taken, now=hiring.now)
    with pytest.raises(ClosedError):
        submit(hiring.house, actor=snoop, now=hiring.now)
    with hiring.house.database.read() as connection:
        left = select(responses).where(responses.c.sitting_id == snoop.sitting_id)
        assert connection.execute(left).all() == []
    assert begin(hiring.house, actor=actor, now=hiring.now).rpartition("/")[2] not in ("", taken)
    assert [event["subject"] for event in events_of(hiring.house, "growth_voided")] == [person.application]


def test_what_was_handed_in_is_not_closed_by_anybody_and_nothing_is_said_of_it(hiring: Hiring) -> None:
    person, actor = open_own(hiring)
    begin(hiring.house, actor=actor, now=hiring.now)
    own = Grower(hiring.house, person.application)
    mine = own.answer(now=hiring.now)

    void_own_sheet(hiring.house, person.application, actor=hiring.staff, now=hiring.now)

    assert own_page(hiring.house, actor=mine, now=hiring.now).own
    assert events_of(hiring.house, "growth_voided") == []


def test_only_hr_closes_what_was_begun_and_only_of_a_newcomer(hiring: Hiring) -> None:
    person, actor = open_own(hiring)
    _, (ana,) = physicians(hiring, "Ana Ruiz")

    with pytest.raises(NotAllowedError):
        void_own_sheet(hiring.house, person.application, actor=actor, now=hiring.now)
    with pytest.raises(UnknownIdError):
        void_own_sheet(hiring.house, ana.application, actor=hiring.staff, now=hiring.now)
