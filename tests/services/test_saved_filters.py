"""Filters under a name: one's own, replaced by the same name, and without a searched name in them."""

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.accounts import add_account
from assessment.services.actor import Actor
from assessment.services.saved_filters import MOST, PeopleFilter, delete_filter, save_filter, saved_filters
from assessment.storage.schema import saved_filters as table
from tests.hiring import Hiring, events_of

LATE = PeopleFilter(stages=("to_read", "interview"), overdue=True)


def save(hiring: Hiring, name: str, body: PeopleFilter = LATE) -> str:
    return save_filter(hiring.house, name, body, actor=hiring.staff, now=hiring.now)


def test_a_filter_is_kept_as_it_was_set_and_deleted_again(hiring: Hiring) -> None:
    id_ = save(hiring, "  Late   with us ")

    (kept,) = saved_filters(hiring.house, actor=hiring.staff)
    delete_filter(hiring.house, id_, actor=hiring.staff, now=hiring.now)

    assert (kept.id, kept.name, kept.body) == (id_, "Late with us", LATE)
    assert saved_filters(hiring.house, actor=hiring.staff) == ()
    assert [e["subject"] for k in ("filter_saved", "filter_deleted") for e in events_of(hiring.house, k)] == [id_, id_]


def test_the_same_name_replaces_what_was_kept_under_it(hiring: Hiring) -> None:
    save(hiring, "Late")
    save(hiring, "late", PeopleFilter(languages=("es",)))

    assert [(k.name, k.body.languages) for k in saved_filters(hiring.house, actor=hiring.staff)] == [("late", ("es",))]


def test_no_name_a_long_one_nothing_set_and_one_too_many_are_refused(hiring: Hiring) -> None:
    for name, body in (("  ", LATE), ("x" * 61, LATE), ("Everybody", PeopleFilter())):
        with pytest.raises(SheetError):
            save(hiring, name, body)
    for n in range(MOST):
        save(hiring, f"Filter {n}")
    with pytest.raises(SheetError, match="delete one first"):
        save(hiring, "One more")

    assert len(saved_filters(hiring.house, actor=hiring.staff)) == MOST


def test_a_colleague_sees_and_deletes_only_their_own(hiring: Hiring) -> None:
    id_ = save(hiring, "Late")
    other = add_account(
        hiring.house,
        actor=hiring.staff,
        name="Bo Lind",
        email="bo@anne.example",
        role="hr_manager",
        password="a quiet green chair",
        now=hiring.now,
    )
    colleague = Actor("staff", hiring.staff.organisation_id, other, "hr_manager")

    assert saved_filters(hiring.house, actor=colleague) == ()
    with pytest.raises(UnknownIdError):
        delete_filter(hiring.house, id_, actor=colleague, now=hiring.now)
    assert len(saved_filters(hiring.house, actor=hiring.staff)) == 1


def test_interviewers_and_the_system_keep_no_filters(hiring: Hiring) -> None:
    interviewer = Actor("staff", hiring.staff.organisation_id, "1" * 32, "interviewer")
    system = Actor("system", hiring.staff.organisation_id)

    for actor in (interviewer, system):
        with pytest.raises(NotAllowedError):
            save_filter(hiring.house, "Late", LATE, actor=actor, now=hiring.now)


def test_what_is_kept_is_short_and_knows_no_other_fields(hiring: Hiring) -> None:
    save(hiring, "Late")

    with hiring.house.database.read() as connection:
        body = connection.execute(select(table.c.body)).scalar_one()
    assert body == '{"stages":["to_read","interview"],"overdue":true}'
    with pytest.raises(ValidationError):
        PeopleFilter.model_validate({"search": "Ana"})
