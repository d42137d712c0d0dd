"""Norms of the organisation's own people: made from enough of them, used by new sittings only, and undone as openly."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from assessment.errors import NotAllowedError, SheetError, TooFewError, UnknownIdError
from assessment.scoring.norms import NormCount, NormGroup
from assessment.services.answers import submit
from assessment.services.health import health
from assessment.services.local_norms import local_norms, make_local_norms, roles_apart, use_norms
from assessment.services.shortlist import list_candidates, ordered_by_band
from assessment.services.versions import norms_of
from assessment.storage import sittings
from tests.hiring import NOW, Hiring, Person, answer_all, events_of
from tests.many_sheets import HandedIn, another_organisation, hand_in


def make(hiring: Hiring, reason: str = "The pilot is over") -> NormGroup:
    return make_local_norms(hiring.house, reason=reason, actor=hiring.staff, now=NOW).group


def norms_under(hiring: Hiring, person: Person) -> str:
    """The norm group of somebody's sitting, with its version."""
    with hiring.house.database.read() as connection:
        row = sittings.newest_of(connection, person.application, organisation_id=hiring.staff.organisation_id)
        assert row is not None
        group = norms_of(connection, row.norms_id)
    return f"{group.id} {group.version}"


def test_they_are_those_of_the_same_answers(measured: Hiring, handed_in: HandedIn) -> None:
    group = make(measured)

    count = NormCount(handed_in.sheets)
    count.add(handed_in.sheets)
    expected = count.group(id="x", period="", source="")
    assert (group.kind, group.version, group.n) == ("local", "1.0", 450)
    assert group.facets.keys() == expected.facets.keys()
    for facet, norm in group.facets.items():
        own = expected.facets[facet]
        assert (norm.mean, norm.sd, norm.reliability) == pytest.approx((own.mean, own.sd, own.reliability))
        assert [n for _, n in norm.counts] == [n for _, n in own.counts]


def test_four_hundred_scored_people_are_needed(hiring: Hiring) -> None:
    hand_in(hiring, 399)

    with pytest.raises(TooFewError) as refused:
        make(hiring)

    assert (refused.value.has, refused.value.needs) == (399, 400)
    assert local_norms(hiring.house, actor=hiring.staff) == ()


def test_people_who_left_too_much_out_are_not_scored_people(hiring: Hiring) -> None:
    hand_in(hiring, 420, missing=0.15)  # more than a fifth of a facet, for about one in five

    with pytest.raises(TooFewError):
        make(hiring)


def test_new_sittings_use_them_and_old_ones_keep_theirs(measured: Hiring) -> None:
    before = measured.invite("Ana")

    make(measured)

    after = measured.invite("Bo")
    assert (norms_under(measured, before), norms_under(measured, after)) == ("provisional 0.1", "local 1.0")
    (event,) = events_of(measured.house, "norms_made")
    assert (event["actor"], event["people"], event["version"]) == (measured.staff.account_id, 450, "1.0")


def test_a_form_with_a_facet_they_lack_stays_with_the_provisional_ones(measured: Hiring) -> None:
    make(measured)

    aide = measured.open_another("elder_care_aide").invite("Cy")

    assert norms_under(measured, aide) == "provisional 0.1"
    apart = health(measured.house, actor=measured.staff).apart
    assert ("elder_care_aide" in apart, "front_desk_officer" in apart) == (True, False)


def test_every_making_is_a_version_and_any_of_them_or_none_can_be_used_again(measured: Hiring) -> None:
    make(measured)
    hand_in(measured, 5, seed=7, now=NOW + timedelta(hours=1))
    make(measured, "Once more")
    first, second = local_norms(measured.house, actor=measured.staff)

    use_norms(measured.house, first.document, reason="Better", actor=measured.staff, now=NOW)
    under_first = norms_under(measured, measured.invite("Ana"))
    use_norms(measured.house, None, reason="Neither", actor=measured.staff, now=NOW)
    under_none = norms_under(measured, measured.invite("Bo"))

    assert [(v.group.version, v.reason, v.in_use) for v in (first, second)] == [
        ("1.0", "The pilot is over", False),
        ("2.0", "Once more", True),
    ]
    assert (under_first, under_none) == ("local 1.0", "provisional 0.1")
    assert len(events_of(measured.house, "norms_off")) == 1


def test_the_same_sheets_make_no_second_version(measured: Hiring) -> None:
    make(measured)

    with pytest.raises(SheetError) as refused:
        make(measured, "Pressed twice")

    assert str(refused.value) == "Nothing was handed in since version 1.0 was made; new norms would say the same."
    assert len(local_norms(measured.house, actor=measured.staff)) == 1
    assert len(events_of(measured.house, "norms_made")) == 1


def test_roles_whose_form_goes_beyond_the_facets_are_known_before_norms_are_made(hiring: Hiring) -> None:
    library = hiring.house.library

    beyond = roles_apart(hiring.house, library.form("front_desk_officer").facets)

    assert "front_desk_officer" not in beyond
    assert "elder_care_aide" in beyond
    assert roles_apart(hiring.house, [f.id for f in library.questionnaire().facets]) == ()


def test_a_reason_is_needed_and_a_version_that_is_ones_own(measured: Hiring) -> None:
    made = make_local_norms(measured.house, reason="x", actor=measured.staff, now=NOW)
    there = another_organisation(measured, 1)

    with pytest.raises(SheetError, match="say why"):
        make(measured, "  ")
    with pytest.raises(SheetError, match="already"):
        use_norms(measured.house, made.document, reason="x", actor=measured.staff, now=NOW)
    with pytest.raises(UnknownIdError):
        use_norms(measured.house, made.document, reason="x", actor=there.staff, now=NOW)


def test_only_the_staff_and_only_on_their_own_people(measured: Hiring) -> None:
    candidate = measured.invite().come_in()
    there = another_organisation(measured, 1)

    with pytest.raises(NotAllowedError):
        make(replace(measured, staff=candidate))
    with pytest.raises(TooFewError):
        make(there)


def test_bands_order_a_list_only_when_everybody_who_finished_stands_in_local_norms(measured: Hiring) -> None:
    make(measured)
    front_desk = measured.open_another("front_desk_officer")
    for name, value in (("Ana", 1), ("Bo", 4)):
        actor = front_desk.invite(name).begin()
        answer_all(front_desk.house, actor, value=value)
        submit(front_desk.house, actor=actor, now=NOW)

    new, old = (
        list_candidates(measured.house, vacancy, actor=measured.staff, now=NOW)
        for vacancy in (front_desk.vacancy, measured.vacancy)
    )

    assert (ordered_by_band(new), ordered_by_band(old)) == (True, False)
    assert {row.provisional for row in old} == {True}
    assert np.all(np.diff([["in_or_close", "talk", "outside"].index(row.band or "") for row in new]) >= 0)
