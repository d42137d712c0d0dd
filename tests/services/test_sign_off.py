"""Before first use: until the legal contact and the works council are named, a real organisation invites nobody."""

import pytest

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.sign_off import missing, sign, signed, take_back, tasks_for
from assessment.storage.accounts import change_organisation
from assessment.storage.schema import sign_offs
from tests.hiring import NOW, Hiring, events_of


def test_nobody_is_invited_until_both_are_there(hiring: Hiring) -> None:
    for kind in ("legal_contact", "works_council"):
        take_back(hiring.house, kind, actor=hiring.staff, now=NOW)

    with pytest.raises(NotAllowedError, match=r"legal contact and the works council .* Settings"):
        hiring.invite()
    sign(hiring.house, "legal_contact", name="Dr Ott", actor=hiring.staff, now=NOW)
    with pytest.raises(NotAllowedError, match="the works council must be named"):
        hiring.invite()
    sign(hiring.house, "works_council", name="Jo Marsh", note="Agreed on 3 November", actor=hiring.staff, now=NOW)

    assert hiring.invite().application


def test_that_there_is_no_works_council_is_said_in_words(hiring: Hiring) -> None:
    take_back(hiring.house, "works_council", actor=hiring.staff, now=NOW)

    with pytest.raises(SheetError, match="in a few words that there is none"):
        sign(hiring.house, "works_council", name=" ", note=" ", actor=hiring.staff, now=NOW)
    sign(hiring.house, "works_council", name="", note="We are seven people.", actor=hiring.staff, now=NOW)

    found = signed(hiring.house, actor=hiring.staff)["works_council"]
    assert (found.name, found.note, found.by, found.at) == ("", "We are seven people.", "Ada Voss", NOW)
    assert missing(hiring.house, actor=hiring.staff) == ()


def test_a_legal_contact_has_a_name(hiring: Hiring) -> None:
    with pytest.raises(SheetError, match="answers for the law"):
        sign(hiring.house, "legal_contact", name="", note="none", actor=hiring.staff, now=NOW)
    with pytest.raises(UnknownIdError, match="legal_contact, works_council"):
        sign(hiring.house, "boss", name="X", actor=hiring.staff, now=NOW)


def test_what_was_signed_before_stays_in_the_record_sealed(hiring: Hiring) -> None:
    sign(hiring.house, "legal_contact", name="Another Lawyer", actor=hiring.staff, now=NOW)

    with hiring.house.database.read() as connection:
        rows = connection.execute(sign_offs.select().where(sign_offs.c.kind == "legal_contact")).all()
    assert sorted(row.taken_back_at is None for row in rows) == [False, True]
    assert "Lawyer" not in repr(rows)
    assert [e["subject"] for e in events_of(hiring.house, "signed_off")] == [
        "legal_contact",
        "works_council",
        "legal_contact",
    ]


def test_only_an_administrator_signs_or_takes_back(hiring: Hiring) -> None:
    manager = Actor("staff", hiring.staff.organisation_id, hiring.staff.account_id, "hr_manager")

    with pytest.raises(NotAllowedError, match="administrator"):
        sign(hiring.house, "legal_contact", name="X", actor=manager, now=NOW)
    with pytest.raises(NotAllowedError, match="administrator"):
        take_back(hiring.house, "legal_contact", actor=manager, now=NOW)

    assert tasks_for(hiring.house, actor=manager, now=NOW) == ()


def test_today_says_what_is_missing(hiring: Hiring) -> None:
    take_back(hiring.house, "works_council", actor=hiring.staff, now=NOW)

    (task,) = tasks_for(hiring.house, actor=hiring.staff, now=NOW)

    assert (task.title, task.link) == ("Name the works council", "/settings")


def test_the_made_up_organisation_needs_none(hiring: Hiring) -> None:
    for kind in ("legal_contact", "works_council"):
        take_back(hiring.house, kind, actor=hiring.staff, now=NOW)
    with hiring.house.database.write() as connection:
        change_organisation(connection, hiring.staff.organisation_id, made_up=True)

    assert missing(hiring.house, actor=hiring.staff) == ()
    assert hiring.invite().application
