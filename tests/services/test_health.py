"""The questionnaire looked at through everybody's answers: the same figures as the science gives, and none from too few."""

import csv
import re
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import text

from assessment.errors import NotAllowedError
from assessment.reports.health_words import alpha_words, gate_words, item_notes
from assessment.scoring.reliability import FacetReliability, reliability
from assessment.services.answers import reuse_earlier, submit
from assessment.services.health import FacetHealth, Health, ItemHealth, health, wording_in
from assessment.services.health_tables import facets_csv, file_name, items_csv
from tests.hiring import NOW, Hiring, answer_all
from tests.many_sheets import HandedIn, another_organisation, hand_in

QUIET = dict(missing=0.0, r_drop=0.4, seconds=4.0, typical=4.0, answers=["never", "rarely", "some", "often", "always"])
EVEN = [0.2] * 5


def of(found: Health, facet: str) -> FacetHealth:
    return next(f for f in found.facets if f.facet == facet)


def item(found: Health, id_: str) -> ItemHealth:
    return next(i for f in found.facets for i in f.items if i.item.id == id_)


def sql(hiring: Hiring, words: str) -> None:
    with hiring.house.database.write() as connection:
        connection.execute(text(words))


def test_facets_and_items_have_the_figures_of_the_science_on_the_same_answers(
    measured: Hiring, handed_in: HandedIn
) -> None:
    found = health(measured.house, actor=measured.staff)

    expected = reliability(handed_in.sheets)
    assert found.n == 450
    assert [f.facet for f in found.facets] == [e.facet for e in expected]
    for facet, own in zip(found.facets, expected, strict=True):
        assert facet.reliability is not None
        assert facet.reliability.alpha == pytest.approx(own.alpha, abs=1e-12)
        assert facet.reliability.alpha_ci95 == pytest.approx(own.alpha_ci95, abs=1e-12)
        assert facet.reliability.omega_total == pytest.approx(own.omega_total, abs=1e-6)
        assert facet.reliability.sem_t == pytest.approx(own.sem_t, abs=1e-12)
        assert [i.r_drop for i in facet.items] == pytest.approx([i.r_drop for i in own.items], abs=1e-12)
        assert [i.alpha_if_dropped for i in facet.items] == pytest.approx([i.alpha_if_dropped for i in own.items])


def test_shares_missing_and_times_are_counts_over_those_asked(measured: Hiring, handed_in: HandedIn) -> None:
    sql(measured, "UPDATE responses SET ms = NULL WHERE item = 'voi_01' AND ms > 3500")
    sql(measured, "UPDATE responses SET ms = 0 WHERE item = 'voi_02'")

    found = health(measured.house, actor=measured.staff)

    codes = dict(zip([i.id for i in handed_in.sheets.items], handed_in.sheets.codes, strict=True))["voi_01"]
    answered = int((codes > 0).sum())
    first = item(found, "voi_01")
    assert (first.asked, first.answered) == (450, answered)
    assert first.missing == pytest.approx(1 - answered / 450)
    assert first.shares == pytest.approx([(codes == k).sum() / answered for k in range(1, 6)])
    assert first.seconds == pytest.approx(3.25, abs=0.02)
    assert item(found, "voi_02").seconds is None


def test_what_a_form_does_not_ask_is_not_missing(hiring: Hiring) -> None:
    hand_in(hiring, 70)
    aides = hiring.open_another("elder_care_aide")
    hand_in(aides, 60, seed=2)

    found = health(hiring.house, actor=hiring.staff)

    assert (item(found, "gen_01").asked, item(found, "voi_01").asked, item(found, "pat_01").asked) == (60, 70, 130)
    assert item(found, "gen_01").missing == 0
    assert (of(found, "gen").n, of(found, "pat").n) == (60, 130)
    assert found.roles == ("elder_care_aide", "front_desk_officer")


def test_one_role_or_one_language_is_looked_at_alone(hiring: Hiring) -> None:
    hand_in(hiring, 70)
    hand_in(hiring.open_another("elder_care_aide"), 60, seed=2, language="es")

    aides = health(hiring.house, actor=hiring.staff, role="elder_care_aide")
    spanish = health(hiring.house, actor=hiring.staff, language="es")
    nobody = health(hiring.house, actor=hiring.staff, role="elder_care_aide", language="en")

    assert (aides.n, spanish.n, nobody.n, nobody.facets) == (60, 60, 0, ())


@pytest.mark.parametrize(("n", "shares", "known"), [(49, False, False), (50, True, False), (100, True, True)])
def test_there_is_no_figure_from_too_few(hiring: Hiring, n: int, shares: bool, known: bool) -> None:
    hand_in(hiring, n)

    found = health(hiring.house, actor=hiring.staff)

    first = item(found, "voi_01")
    told = [first.shares, first.missing, first.seconds, of(found, "voi").mean, of(found, "voi").drift]
    assert [value is not None for value in told] == [shares] * 5
    related = [first.r_drop, first.alpha_if_dropped, of(found, "voi").reliability]
    assert [value is not None for value in related] == [known] * 3
    if not known:
        assert gate_words(of(found, "voi").reliability) == ("quiet", "Too few answers to say")


def test_a_new_organisation_has_nobody(hiring: Hiring) -> None:
    found = health(hiring.house, actor=hiring.staff)

    assert (found.n, found.since, found.facets, found.calibrated) == (0, None, (), None)
    assert facets_csv(found).count("\n") == items_csv(found, {}).count("\n") == 1


def test_sheets_of_another_organisation_are_never_counted(hiring: Hiring) -> None:
    hand_in(hiring, 70)
    there = another_organisation(hiring, 60)

    here_found, there_found = (health(hiring.house, actor=actor) for actor in (hiring.staff, there.staff))

    assert (here_found.n, there_found.n) == (70, 60)


def test_a_candidate_is_refused(hiring: Hiring) -> None:
    candidate = hiring.invite().come_in()

    with pytest.raises(NotAllowedError):
        health(hiring.house, actor=candidate)


def test_only_sheets_that_were_handed_in_count_and_reused_answers_count_once(hiring: Hiring) -> None:
    other = hiring.open_another("elder_care_aide")
    first = hiring.invite("Ana", "ana@x.example").begin()
    answer_all(hiring.house, first, value=4)
    submit(hiring.house, actor=first, now=NOW)
    again = other.invite("Ana", "ana@x.example").begin()
    reuse_earlier(hiring.house, actor=again, now=NOW)
    answer_all(hiring.house, again, value=2)  # older revs, so what was taken over stands
    submit(hiring.house, actor=again, now=NOW)
    answer_all(hiring.house, hiring.invite("Bo").begin(), value=3)

    found = health(hiring.house, actor=hiring.staff)

    assert (found.n, of(found, "pat").n, of(found, "gen").n, of(found, "voi").n) == (1, 1, 1, 1)


def test_adaptive_sheets_stand_apart(hiring: Hiring) -> None:
    hand_in(hiring, 70)
    sql(hiring, "UPDATE sittings SET adaptive = 1 WHERE id IN (SELECT id FROM sittings LIMIT 30)")

    found = health(hiring.house, actor=hiring.staff)

    assert (found.n, found.adaptive_left_out) == (40, 30)


def test_figures_are_remembered_until_a_sheet_comes(hiring: Hiring) -> None:
    hand_in(hiring, 70)
    before = health(hiring.house, actor=hiring.staff)
    again = health(hiring.house, actor=hiring.staff)
    hand_in(hiring, 5, seed=7, now=NOW + timedelta(hours=1))

    after = health(hiring.house, actor=hiring.staff)

    assert again is before
    assert after.n == 75


def test_a_statement_scored_the_wrong_way_is_named_and_the_others_are_not(measured: Hiring) -> None:
    sql(measured, "UPDATE responses SET value = CAST(6 - CAST(value AS INTEGER) AS TEXT) WHERE item = 'wrm_03'")

    found = health(measured.house, actor=measured.staff)

    notes = {i.item.id: i.notes for i in of(found, "wrm").items}
    assert notes["wrm_03"] == ("Runs against its facet: look at the key",)
    assert all(i.notes == () for i in of(found, "voi").items)


def test_people_off_the_norms_ask_for_local_ones(hiring: Hiring) -> None:
    hand_in(hiring, 80, up=0.8)

    patience = of(health(hiring.house, actor=hiring.staff), "pat")

    assert patience.drifts
    assert patience.drift == pytest.approx(0.4, abs=0.15)
    assert patience.norm == hiring.house.norms.facets["pat"]


@pytest.mark.parametrize(
    ("shares", "odd", "notes"),
    [
        (EVEN, {}, []),
        (EVEN, {"r_drop": 0.19}, ["Hangs loosely with its facet"]),
        (EVEN, {"r_drop": -0.01}, ["Runs against its facet: look at the key"]),
        ([0.05, 0.05, 0.05, 0.81, 0.04], {}, ["81 % answer “often”"]),
        ([0.05, 0.05, 0.05, 0.80, 0.05], {}, []),
        ([0.0, 0.3, 0.4, 0.3, 0.0], {}, ["Nobody answers “never” or “always”"]),
        (EVEN, {"missing": 0.11}, ["11 % leave it out"]),
        (EVEN, {"seconds": 9.0}, ["Takes 9 s where others take 4: is it hard to read?"]),
        (None, {"missing": None, "r_drop": None, "seconds": None}, []),
    ],
)
def test_what_needs_a_look_is_said_in_plain_words(
    shares: list[float] | None, odd: dict[str, float | None], notes: list[str]
) -> None:
    assert list(item_notes(shares, **{**QUIET, **odd})) == notes  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("alpha", "low", "words"),
    [
        (0.69, 0.6, "Neither feedback nor a decision"),
        (0.70, 0.66, "Feedback, just about; not a decision"),
        (0.79, 0.75, "Feedback; not a decision"),
        (0.80, 0.78, "Feedback and a decision, just about"),
        (0.90, 0.88, "Feedback and a decision"),
    ],
)
def test_a_facet_says_what_it_is_consistent_enough_for(alpha: float, low: float, words: str) -> None:
    found = FacetReliability("pat", 200, 200, 6, alpha, alpha, (low, 0.95), alpha, 0.3, 5.0, ())

    assert gate_words(found)[1] == words
    assert gate_words(replace(found, alpha=None))[0] == "quiet"


@pytest.mark.parametrize(
    ("alpha", "said"),
    [
        (0.698, ".698"),
        (0.6998, ".6998"),
        (0.70, ".70"),
        (0.694, ".69"),
        (0.797, ".797"),
        (0.804, ".80"),
        (-0.1, "−.10"),
    ],
)
def test_rounding_never_lifts_alpha_over_a_gate(alpha: float, said: str) -> None:
    assert alpha_words(alpha) == said


def test_a_file_is_named_after_whose_answers_it_holds() -> None:
    assert file_name("facets", role=None, language="") == "carefit-facets.csv"
    assert file_name("facets", role="physician", language="es") == "carefit-facets-physician-es.csv"


def test_a_note_quotes_the_answer_in_the_language_it_was_given_in(hiring: Hiring) -> None:
    hand_in(hiring, 60, language="es")
    sql(hiring, "UPDATE responses SET value = '4' WHERE item = 'voi_01'")

    spanish, every = (health(hiring.house, actor=hiring.staff, language=language) for language in ("es", None))

    assert item(spanish, "voi_01").notes[0] == "100 % answer “A menudo”"
    assert item(every, "voi_01").notes[0] == "100 % answer “Often”"


def test_tables_hold_every_facet_and_statement(hiring: Hiring) -> None:
    hand_in(hiring, 70)
    found = health(hiring.house, actor=hiring.staff)
    wording = wording_in(hiring.house, found.instrument, None).items

    facets, items = (
        list(csv.DictReader(table.splitlines())) for table in (facets_csv(found), items_csv(found, wording))
    )

    assert (len(facets), len(items)) == (8, 48)
    first = items[0]
    assert (first["item"], first["keyed"], first["asked"]) == ("voi_01", "plus", "70")
    assert first["statement"] == wording["voi_01"]
    assert np.sum([float(first[f"share_{k}"]) for k in range(1, 6)]) == pytest.approx(1, abs=1e-5)
    figures = [cell for row in (*facets, *items) for cell in row.values() if re.fullmatch(r"-?\d+\.\d+", cell)]
    assert max(len(figure.split(".")[1]) for figure in figures) == 6
