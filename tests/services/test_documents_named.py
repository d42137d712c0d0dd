"""A document has a random name for one account and one hour; every opening is checked and written down."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.accounts import add_account
from assessment.services.actor import Actor
from assessment.services.answers import submit
from assessment.services.assigned import unassign
from assessment.services.documents_named import KINDS, PDF, name_document, named_document
from assessment.services.interview_kit import make_kit
from assessment.services.stages import move
from assessment.storage.schema import download_names
from tests.hiring import Hiring, Person, answer_all, events_of
from tests.interviewing import interviewer_of
from tests.paper import page_size, pages, words


def finish(hiring: Hiring, name: str, *, value: int = 4) -> Person:
    person = hiring.invite(name)
    actor = person.begin(now=hiring.now - timedelta(days=1))
    answer_all(hiring.house, actor, value=value, now=hiring.now - timedelta(days=1))
    submit(hiring.house, actor=actor, now=hiring.now - timedelta(days=1))
    return person


def made(hiring: Hiring, kind: str, subject: str, **options: object) -> bytes:
    name = name_document(hiring.house, kind, subject, actor=hiring.staff, now=hiring.now, **options)  # type: ignore[arg-type]
    return named_document(hiring.house, name, actor=hiring.staff, now=hiring.now).content


def test_a_report_of_one_page_says_the_band_and_the_fit(hiring: Hiring) -> None:
    person = finish(hiring, "Sofia Marino")

    report = made(hiring, "report_one_page", person.application)

    assert pages(report) == 1
    assert "Sofia Marino" in words(report)
    assert "Signature fit" in words(report)
    assert "Research draft: for development, not for selection." in words(report)
    assert "Why these numbers" not in words(report)


def test_the_full_report_has_the_sums_the_scenes_and_the_versions_on_four_pages_at_most(hiring: Hiring) -> None:
    person = finish(hiring, "Sofia Marino")

    report = made(hiring, "report_full", person.application, paper="us-letter")

    assert page_size(report) == (216, 279)
    assert 2 <= pages(report) <= 4
    for heading in (
        "Why these numbers",
        "Scenes from the work",
        "The job, honestly",
        "Comparison group provisional 0.1",
    ):
        assert heading in words(report)


def test_no_report_is_made_before_the_answers_are_handed_in(hiring: Hiring) -> None:
    waiting = hiring.invite("Bo")

    for kind in ("report_one_page", "report_full", "answers_workbook"):
        with pytest.raises(NotAllowedError, match="not here yet"):
            made(hiring, kind, waiting.application)


def test_a_name_is_long_random_and_used_once(hiring: Hiring) -> None:
    subject = hiring.vacancy

    names = {
        name_document(hiring.house, "vacancy_summary", subject, actor=hiring.staff, now=hiring.now) for _ in range(9)
    }

    assert len(names) == 9
    assert {len(name) for name in names} == {43}


def test_a_name_is_good_for_an_hour(hiring: Hiring) -> None:
    name = name_document(hiring.house, "vacancy_summary", hiring.vacancy, actor=hiring.staff, now=hiring.now)

    named_document(hiring.house, name, actor=hiring.staff, now=hiring.now + timedelta(minutes=59))

    with pytest.raises(ClosedError, match="make it again"):
        named_document(hiring.house, name, actor=hiring.staff, now=hiring.now + timedelta(hours=1))


def test_names_that_ran_out_are_forgotten(hiring: Hiring) -> None:
    name_document(hiring.house, "vacancy_summary", hiring.vacancy, actor=hiring.staff, now=hiring.now)

    later = hiring.now + timedelta(hours=3)
    kept = name_document(hiring.house, "vacancy_summary", hiring.vacancy, actor=hiring.staff, now=later)

    with hiring.house.database.read() as connection:
        assert list(connection.execute(select(download_names.c.name)).scalars()) == [kept]


def test_a_colleague_who_knows_the_name_gets_nothing(hiring: Hiring) -> None:
    name = name_document(hiring.house, "vacancy_summary", hiring.vacancy, actor=hiring.staff, now=hiring.now)
    colleague = Actor("staff", hiring.staff.organisation_id, "another", "hr_manager")

    with pytest.raises(UnknownIdError, match="no document"):
        named_document(hiring.house, name, actor=colleague, now=hiring.now)


def test_another_organisation_gets_no_name_for_our_people(hiring: Hiring) -> None:
    person = finish(hiring, "Sofia Marino")
    stranger = Actor("staff", "elsewhere", hiring.staff.account_id, "administrator")

    for kind, what in KINDS.items():
        subject = person.application if what.about == "application" else hiring.vacancy
        with pytest.raises(UnknownIdError):
            name_document(hiring.house, kind, subject, people=("a", "b"), actor=stranger, now=hiring.now)


@pytest.mark.parametrize("role", ["interviewer", "supervisor"])
def test_a_role_that_sees_no_result_gets_no_name_and_no_document(hiring: Hiring, role: str) -> None:
    person = finish(hiring, "Sofia Marino")
    less = Actor("staff", hiring.staff.organisation_id, hiring.staff.account_id, role)
    name = name_document(hiring.house, "report_full", person.application, actor=hiring.staff, now=hiring.now)

    with pytest.raises(NotAllowedError):
        name_document(hiring.house, "report_full", person.application, actor=less, now=hiring.now)
    with pytest.raises(NotAllowedError):
        named_document(hiring.house, name, actor=less, now=hiring.now)


def test_the_role_is_looked_at_again_when_the_document_is_opened(
    hiring: Hiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = replace(KINDS["vacancy_summary"], make=lambda *_, **__: b"everything")
    monkeypatch.setitem(KINDS, "vacancy_summary", careless)
    name = name_document(hiring.house, "vacancy_summary", hiring.vacancy, actor=hiring.staff, now=hiring.now)
    less = Actor("staff", hiring.staff.organisation_id, hiring.staff.account_id, "interviewer")

    with pytest.raises(NotAllowedError, match="administrator or HR manager"):
        named_document(hiring.house, name, actor=less, now=hiring.now)


def test_a_hr_manager_may_have_them_and_nobody_who_is_not_signed_in(hiring: Hiring) -> None:
    account = add_account(
        hiring.house,
        actor=hiring.staff,
        name="Bo",
        email="bo@anne.example",
        role="hr_manager",
        password="many small boats",
        now=hiring.now,
    )
    manager = Actor("staff", hiring.staff.organisation_id, account, "hr_manager", name="Bo")

    name = name_document(hiring.house, "vacancy_summary", hiring.vacancy, actor=manager, now=hiring.now)

    assert "by Bo" in words(named_document(hiring.house, name, actor=manager, now=hiring.now).content)
    with pytest.raises(NotAllowedError, match="signed in"):
        name_document(
            hiring.house,
            "vacancy_summary",
            hiring.vacancy,
            actor=Actor("system", hiring.staff.organisation_id),
            now=hiring.now,
        )


def test_opening_a_report_is_written_down_by_id_only(hiring: Hiring) -> None:
    person = finish(hiring, "Sofia Marino")

    made(hiring, "report_full", person.application)

    assert [event["subject"] for event in events_of(hiring.house, "report_opened")] == [person.application]
    (event,) = events_of(hiring.house, "document_opened")
    assert (event["subject"], event["document"], event["actor"]) == (
        person.application,
        "report_full",
        hiring.staff.account_id,
    )
    assert "Sofia" not in json.dumps(event)


def test_a_comparison_opens_the_report_of_each(hiring: Hiring) -> None:
    people = [finish(hiring, name, value=value).application for name, value in (("Ana", 4), ("Bo", 2), ("Cy", 3))]

    document = made(hiring, "comparison", hiring.vacancy, people=people)

    assert sorted(event["subject"] for event in events_of(hiring.house, "report_opened")) == sorted(people)
    assert all(name in words(document) for name in ("Ana", "Bo", "Cy"))


def test_one_person_is_no_comparison(hiring: Hiring) -> None:
    with pytest.raises(SheetError, match="2 to 4"):
        name_document(hiring.house, "comparison", hiring.vacancy, people=("a", "a"), actor=hiring.staff, now=hiring.now)


def test_an_unknown_kind_or_paper_is_said(hiring: Hiring) -> None:
    with pytest.raises(UnknownIdError, match="kind of document"):
        name_document(hiring.house, "diary", hiring.vacancy, actor=hiring.staff, now=hiring.now)
    with pytest.raises(UnknownIdError, match="paper"):
        name_document(hiring.house, "vacancy_summary", hiring.vacancy, paper="a0", actor=hiring.staff, now=hiring.now)


def test_a_summary_counts_everybody_once_and_tells_what_is_promised(hiring: Hiring) -> None:
    ana, _ = finish(hiring, "Ana Ruiz"), hiring.invite("Bo Chen")
    move(hiring.house, [ana.application], "interview", actor=hiring.staff, now=hiring.now)

    said = words(made(hiring, "vacancy_summary", hiring.vacancy))

    assert "Invited 1" in said
    assert "Interview 1" in said
    assert "To read 0" in said
    assert "What waits for Ada Voss Ask Ana Ruiz to pick a time" in said
    assert "1 of 2 people have finished. They are listed by how long they have waited." in said
    assert "Role profile front_desk_officer" in said


def test_a_summary_with_masked_names_names_nobody(hiring: Hiring) -> None:
    ana, bo = (finish(hiring, name).application for name in ("Ana Ruiz", "Bo Chen"))

    whole, part = (
        words(made(hiring, "vacancy_summary", hiring.vacancy, masked=True, people=people)) for people in ((), (bo,))
    )

    assert not any(name in said for name in ("Ana", "Bo Chen") for said in (whole, part))
    assert "Read the answers of Person 1" in part
    assert ana not in whole


def test_a_summary_of_the_people_shown_lists_them_in_that_order(hiring: Hiring) -> None:
    ana, bo, _ = (finish(hiring, name).application for name in ("Ana Ruiz", "Bo Chen", "Cy Lund"))

    said = words(made(hiring, "vacancy_summary", hiring.vacancy, people=(bo, ana)))
    people = said[said.index("Person Stage") :]

    assert "Here are 2 of them, chosen and put in order on screen." in said
    assert people.index("Bo Chen") < people.index("Ana Ruiz")
    assert "Cy Lund" not in people


def test_the_file_is_called_in_plain_letters(hiring: Hiring) -> None:
    person = finish(hiring, "王小明")
    name = name_document(hiring.house, "report_one_page", person.application, actor=hiring.staff, now=hiring.now)

    document = named_document(hiring.house, name, actor=hiring.staff, now=hiring.now)

    assert (document.media_type, document.file_name) == (PDF, f"carefit-report-{person.application[:8]}.pdf")


def test_an_interviewer_has_the_sheet_of_their_own_person_and_of_nobody_else(hiring: Hiring) -> None:
    theirs, other = finish(hiring, "Sofia Marino"), finish(hiring, "Bo Chen")
    interviewer = interviewer_of(hiring, theirs.application).actor
    make_kit(hiring.house, theirs.application, actor=hiring.staff, now=hiring.now)

    name = name_document(hiring.house, "interview_sheet", theirs.application, actor=interviewer, now=hiring.now)
    said = words(named_document(hiring.house, name, actor=interviewer, now=hiring.now).content)

    assert "Sofia Marino" in said
    assert "fit" not in said
    assert "range" not in said
    with pytest.raises(UnknownIdError):
        name_document(hiring.house, "interview_sheet", other.application, actor=interviewer, now=hiring.now)
    with pytest.raises(NotAllowedError):
        name_document(hiring.house, "report_one_page", theirs.application, actor=interviewer, now=hiring.now)


def test_an_interviewer_who_is_taken_off_cannot_open_what_was_named_before(hiring: Hiring) -> None:
    theirs = finish(hiring, "Sofia Marino")
    interviewer = interviewer_of(hiring, theirs.application).actor
    name = name_document(hiring.house, "interview_sheet", theirs.application, actor=interviewer, now=hiring.now)

    unassign(
        hiring.house,
        theirs.application,
        interviewer.account_id or "",
        duty="interviewer",
        actor=hiring.staff,
        now=hiring.now,
    )

    with pytest.raises(UnknownIdError):
        named_document(hiring.house, name, actor=interviewer, now=hiring.now)


def test_a_report_under_a_number_says_no_name(hiring: Hiring) -> None:
    person = finish(hiring, "Zanzibar Quux")
    name = name_document(
        hiring.house, "report_full", person.application, masked=True, actor=hiring.staff, now=hiring.now
    )

    found = named_document(hiring.house, name, actor=hiring.staff, now=hiring.now)

    assert "Person 1" in words(found.content)
    assert "Zanzibar" not in words(found.content)
