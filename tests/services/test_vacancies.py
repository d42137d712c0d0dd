"""Openings, honest facts and profiles: every change is a new version, and old sittings keep theirs."""

from dataclasses import replace

import pytest

from assessment.errors import InstrumentError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.profiles import (
    current_profile,
    diff,
    profile_versions,
    save_profile,
    use_profile,
)
from assessment.services.reading import reading
from assessment.services.vacancies import (
    Vacancy,
    close_vacancy,
    edit_facts,
    edit_vacancy,
    list_vacancies,
    open_vacancy,
    reopen_vacancy,
    vacancy,
)
from tests.hiring import NOW, Hiring

ROLE = "front_desk_officer"


def there(hiring: Hiring) -> Vacancy:
    return vacancy(hiring.house, hiring.vacancy, actor=hiring.staff, now=NOW)


def changed_rows(hiring: Hiring, **low: float) -> list[dict[str, object]]:
    rows = current_profile(hiring.house, ROLE, actor=hiring.staff).requirements
    return [{**r.model_dump(mode="json"), **({"low": low[r.facet]} if r.facet in low else {})} for r in rows]


def test_an_opening_starts_with_the_pack_of_its_role(hiring: Hiring) -> None:
    opened = there(hiring)

    assert (opened.profile.version, len(opened.facts["en"]), len(opened.facts["es"])) == ("0.1", 6, 6)
    assert (opened.owner_name, opened.counts.invited) == ("Ada Voss", 0)


def test_seven_role_packs_can_be_opened_and_the_physician_pack_cannot(hiring: Hiring) -> None:
    for role in hiring.house.library.roles():
        if role != "physician":
            hiring.open_another(role)

    assert len(list_vacancies(hiring.house, actor=hiring.staff, now=NOW)) == 8
    with pytest.raises(NotAllowedError, match="development and training only"):
        hiring.open_another("physician")


def test_an_unknown_role_lists_those_there_are(hiring: Hiring) -> None:
    with pytest.raises(UnknownIdError, match="billing_clerk"):
        open_vacancy(hiring.house, "clrk", title="X", site="", hours="", pay="", actor=hiring.staff, now=NOW)


@pytest.mark.parametrize(("title", "words"), [("  ", "title"), ("x" * 201, "200 characters")])
def test_a_title_is_asked_for_and_kept_short(hiring: Hiring, title: str, words: str) -> None:
    with pytest.raises(SheetError, match=words):
        edit_vacancy(hiring.house, hiring.vacancy, title=title, site="", hours="", pay="", actor=hiring.staff, now=NOW)


def test_closing_can_be_undone(hiring: Hiring) -> None:
    close_vacancy(hiring.house, hiring.vacancy, actor=hiring.staff, now=NOW)
    closed = there(hiring).closed_at

    reopen_vacancy(hiring.house, hiring.vacancy, actor=hiring.staff, now=NOW)

    assert closed == NOW
    assert there(hiring).closed_at is None


def test_a_changed_range_is_a_new_version_and_an_older_sitting_keeps_its_own(hiring: Hiring) -> None:
    before = hiring.invite("Before")

    saved = save_profile(
        hiring.house,
        ROLE,
        changed_rows(hiring, rel=45),
        reason="Desk team says",
        actor=hiring.staff,
        now=NOW,
        vacancy_id=hiring.vacancy,
    )
    after = hiring.invite("After")

    first, second = profile_versions(hiring.house, ROLE, actor=hiring.staff)
    assert (saved.version, second.author, second.reason) == ("0.1.1", "Ada Voss", "Desk team says")
    assert [(c.facet, c.field, c.before, c.after) for c in diff(first.profile, second.profile)] == [
        ("rel", "low", "51", "45")
    ]
    versions = [
        reading(hiring.house, p.application, actor=hiring.staff, now=NOW).profile.version for p in (before, after)
    ]
    assert versions == ["0.1", "0.1.1"]


def test_an_opening_takes_a_newer_version_only_when_told(hiring: Hiring) -> None:
    save_profile(hiring.house, ROLE, changed_rows(hiring, rel=45), reason="r", actor=hiring.staff, now=NOW)
    before = there(hiring).profile.version

    newest = profile_versions(hiring.house, ROLE, actor=hiring.staff)[-1]
    use_profile(hiring.house, hiring.vacancy, newest.document, actor=hiring.staff, now=NOW)

    assert (before, there(hiring).profile.version) == ("0.1", "0.1.1")


def test_a_version_needs_a_reason_and_a_change(hiring: Hiring) -> None:
    with pytest.raises(SheetError, match="say why"):
        save_profile(hiring.house, ROLE, changed_rows(hiring, rel=45), reason=" ", actor=hiring.staff, now=NOW)
    with pytest.raises(SheetError, match="Nothing was changed"):
        save_profile(hiring.house, ROLE, changed_rows(hiring), reason="r", actor=hiring.staff, now=NOW)


def test_a_range_turned_round_is_refused_with_what_to_do(hiring: Hiring) -> None:
    with pytest.raises(InstrumentError, match="low 70 must be below high 66"):
        save_profile(hiring.house, ROLE, changed_rows(hiring, liv=70), reason="r", actor=hiring.staff, now=NOW)


def test_changed_facts_are_a_new_version_of_this_opening_alone(hiring: Hiring) -> None:
    facts = there(hiring).facts
    truer = {language: (own[0].model_copy(update={"text": "True here."}), *own[1:]) for language, own in facts.items()}

    edit_facts(hiring.house, hiring.vacancy, truer, reason="checked", actor=hiring.staff, now=NOW)

    assert there(hiring).facts["en"][0].text == "True here."
    other = hiring.open_another(ROLE)
    assert vacancy(hiring.house, other.vacancy, actor=hiring.staff, now=NOW).facts == facts


def test_facts_need_words_in_every_language(hiring: Hiring) -> None:
    facts = there(hiring).facts

    with pytest.raises(SheetError, match="each language"):
        edit_facts(
            hiring.house, hiring.vacancy, {**facts, "es": facts["es"][1:]}, reason="r", actor=hiring.staff, now=NOW
        )


def test_another_organisations_opening_is_unknown(hiring: Hiring) -> None:
    stranger = replace(hiring.staff, organisation_id="f" * 32)

    with pytest.raises(UnknownIdError):
        vacancy(hiring.house, hiring.vacancy, actor=stranger, now=NOW)
    with pytest.raises(UnknownIdError):
        close_vacancy(hiring.house, hiring.vacancy, actor=stranger, now=NOW)
