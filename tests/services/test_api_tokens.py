"""Tokens of other systems: shown once, kept as a hash, revoked for good."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.api_tokens import api_tokens, make_token, revoke_token, token_actor
from assessment.storage.schema import api_tokens as table
from tests.hiring import NOW, Hiring, events_of

STRANGER = Actor("staff", "0" * 32, "1" * 32, "administrator")


def make(hiring: Hiring, *, may_order: bool = False) -> str:
    return make_token(hiring.house, name=" Our ATS ", may_order=may_order, actor=hiring.staff, now=NOW)


def test_a_token_speaks_for_its_organisation_under_its_own_id(hiring: Hiring) -> None:
    actor = token_actor(hiring.house, make(hiring, may_order=True), now=NOW)

    (token,) = api_tokens(hiring.house, actor=hiring.staff)
    assert actor is not None
    assert (actor.organisation_id, actor.label) == (hiring.staff.organisation_id, f"token:{token.id}")
    assert (token.name, token.may_order, token.used_at, actor.may_order) == ("Our ATS", True, NOW, True)


def test_only_a_hash_of_it_is_kept(hiring: Hiring) -> None:
    token = make(hiring)

    with hiring.house.database.read() as connection:
        kept = repr(connection.execute(table.select()).all())
    assert token.startswith("cft_")
    assert len(token) == 47
    assert token not in kept
    assert token not in repr(events_of(hiring.house, "api_token_made"))


def test_a_revoked_one_opens_nothing_more_and_stays_on_the_list(hiring: Hiring) -> None:
    token = make(hiring)
    (known,) = api_tokens(hiring.house, actor=hiring.staff)

    revoke_token(hiring.house, known.id, actor=hiring.staff, now=NOW)

    assert token_actor(hiring.house, token, now=NOW) is None
    assert api_tokens(hiring.house, actor=hiring.staff)[0].revoked_at == NOW
    with pytest.raises(UnknownIdError):
        revoke_token(hiring.house, known.id, actor=hiring.staff, now=NOW)


@pytest.mark.parametrize("token", ["", "cft_", "cft_" + "x" * 43, "x" * 47, "cft_" + "x" * 10_000, "cft_\udce9"[:4]])
def test_anything_else_is_nobody(hiring: Hiring, token: str) -> None:
    make(hiring)

    assert token_actor(hiring.house, token, now=NOW) is None


def test_last_use_is_written_down_once_a_minute(hiring: Hiring) -> None:
    token = make(hiring)

    for seconds in (0, 30, 59, 90):
        token_actor(hiring.house, token, now=NOW + timedelta(seconds=seconds))

    assert api_tokens(hiring.house, actor=hiring.staff)[0].used_at == NOW + timedelta(seconds=90)


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
def test_it_has_a_name(hiring: Hiring, name: str) -> None:
    with pytest.raises(SheetError):
        make_token(hiring.house, name=name, may_order=True, actor=hiring.staff, now=NOW)


def test_only_an_administrator_of_the_same_organisation_makes_sees_and_revokes(hiring: Hiring) -> None:
    make(hiring)
    (known,) = api_tokens(hiring.house, actor=hiring.staff)

    for role in ("hr_manager", "interviewer", "supervisor"):
        other = replace(hiring.staff, role=role)
        with pytest.raises(NotAllowedError):
            make_token(hiring.house, name="x", may_order=True, actor=other, now=NOW)
        with pytest.raises(NotAllowedError):
            api_tokens(hiring.house, actor=other)
        with pytest.raises(NotAllowedError):
            revoke_token(hiring.house, known.id, actor=other, now=NOW)
    with pytest.raises(UnknownIdError):
        revoke_token(hiring.house, known.id, actor=STRANGER, now=NOW)

    assert api_tokens(hiring.house, actor=STRANGER) == ()
