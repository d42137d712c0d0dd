"""Staff come in, are slowed down, and are let go."""

from datetime import timedelta

import pytest

from assessment.errors import NotAllowedError, SheetError, SignInError, TooOftenError, UnknownIdError
from assessment.services.accounts import (
    add_account,
    change_password,
    disable_account,
    list_accounts,
    needs_set_up,
    set_up,
    sign_in,
    sign_out,
    staff_actor,
)
from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.organisation import edit_organisation, organisation
from tests.hiring import EMAIL, NOW, PASSWORD, Hiring

OTHER = "nine green apples"


def come_in(
    house: House, *, email: str = EMAIL, password: str = PASSWORD, address: str = "1.2.3.4", later: float = 0
) -> str:
    return sign_in(house, email, password, address=address, now=NOW + timedelta(seconds=later))


def manager(hiring: Hiring) -> Actor:
    add_account(
        hiring.house, actor=hiring.staff, name="Mo", email="mo@anne.example", role="hr_manager", password=OTHER, now=NOW
    )
    actor = staff_actor(hiring.house, come_in(hiring.house, email="mo@anne.example", password=OTHER), now=NOW)
    assert actor is not None
    return actor


def test_a_house_is_set_up_once(house: House) -> None:
    before = needs_set_up(house)

    set_up(house, organisation="A", name="B", email="b@c.org", password=PASSWORD, now=NOW)

    assert (before, needs_set_up(house)) == (True, False)
    with pytest.raises(NotAllowedError, match="set up already"):
        set_up(house, organisation="X", name="Y", email="y@c.org", password=PASSWORD, now=NOW)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "no-at-sign", "e-mail"),
        ("name", "   ", "fill in: name"),
        ("organisation", "x" * 201, "200 characters"),
        ("password", "short", "12 characters"),
        ("password", "passwordpassword", "easy to guess"),
        ("password", "aaaaaaaaaaaaaaaa", "easy to guess"),
    ],
)
def test_what_is_wrong_with_a_set_up_is_said_and_nothing_is_kept(
    house: House, field: str, value: str, words: str
) -> None:
    fields = {"organisation": "A", "name": "B", "email": "b@c.org", "password": PASSWORD, field: value}

    with pytest.raises(SheetError, match=words):
        set_up(house, **fields, now=NOW)

    assert needs_set_up(house)


def test_the_right_password_opens_a_session_in_any_spelling_of_the_mail(hiring: Hiring) -> None:
    token = come_in(hiring.house, email="  ADA@Anne.Example ")

    actor = staff_actor(hiring.house, token, now=NOW)

    assert actor is not None
    assert (actor.name, actor.role) == ("Ada Voss", "administrator")


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "wrong password"), ("nobody@anne.example", PASSWORD), ("", "")]
)
def test_a_wrong_mail_and_a_wrong_password_sound_the_same(hiring: Hiring, email: str, password: str) -> None:
    with pytest.raises(SignInError, match=r"^E-mail or password is wrong\.$"):
        come_in(hiring.house, email=email, password=password)


def test_after_five_wrong_tries_even_the_right_password_waits_and_no_account_is_locked(hiring: Hiring) -> None:
    for _ in range(5):
        with pytest.raises(SignInError):
            come_in(hiring.house, password="wrong")

    with pytest.raises(TooOftenError) as slowed:
        come_in(hiring.house, address="5.6.7.8")
    token = come_in(hiring.house, later=slowed.value.retry_after)

    assert staff_actor(hiring.house, token, now=NOW) is not None


def test_the_pause_grows(hiring: Hiring) -> None:
    pauses, later = [], 0.0
    for _ in range(8):
        try:
            come_in(hiring.house, password="wrong", later=later)
        except TooOftenError as slowed:
            pauses.append(slowed.retry_after)
            later += slowed.retry_after
            with pytest.raises(SignInError):
                come_in(hiring.house, password="wrong", later=later)
        except SignInError:
            pass

    assert pauses[0] < pauses[1] < pauses[2]


def test_one_address_that_tries_many_accounts_is_slowed(hiring: Hiring) -> None:
    for at in range(20):
        with pytest.raises(SignInError):
            come_in(hiring.house, email=f"guess{at}@anne.example", password="wrong")

    with pytest.raises(TooOftenError):
        come_in(hiring.house, email="another@anne.example")


@pytest.mark.parametrize(("minutes", "still"), [(29, True), (31, False)])
def test_half_an_hour_without_a_click_ends_a_session(hiring: Hiring, minutes: int, still: bool) -> None:
    token = come_in(hiring.house)

    actor = staff_actor(hiring.house, token, now=NOW + timedelta(minutes=minutes))

    assert (actor is not None) == still


def test_twelve_hours_end_a_session_that_is_never_idle(hiring: Hiring) -> None:
    token = come_in(hiring.house)
    alive = [
        staff_actor(hiring.house, token, now=NOW + timedelta(minutes=20 * step)) is not None for step in range(1, 38)
    ]

    assert alive == [True] * 36 + [False]


def test_signing_out_ends_the_session(hiring: Hiring) -> None:
    token = come_in(hiring.house)

    sign_out(hiring.house, token, now=NOW)

    assert staff_actor(hiring.house, token, now=NOW) is None


@pytest.mark.parametrize("token", [None, "", "x", "x" * 10_000, "'; DROP TABLE accounts"])
def test_a_made_up_token_is_nobody(hiring: Hiring, token: str | None) -> None:
    assert staff_actor(hiring.house, token, now=NOW) is None


def test_a_new_password_ends_every_session(hiring: Hiring) -> None:
    one, two = come_in(hiring.house), come_in(hiring.house)
    actor = staff_actor(hiring.house, one, now=NOW)
    assert actor is not None

    change_password(hiring.house, actor=actor, old=PASSWORD, new=OTHER, now=NOW)

    assert [staff_actor(hiring.house, token, now=NOW) for token in (one, two)] == [None, None]
    assert come_in(hiring.house, password=OTHER)


def test_the_present_password_is_asked_for(hiring: Hiring) -> None:
    with pytest.raises(SignInError, match="present password"):
        change_password(hiring.house, actor=hiring.staff, old="wrong", new=OTHER, now=NOW)


def test_a_closed_account_is_out_at_once_and_cannot_sign_in(hiring: Hiring) -> None:
    mo = manager(hiring)
    token = come_in(hiring.house, email="mo@anne.example", password=OTHER)

    disable_account(hiring.house, mo.account_id or "", actor=hiring.staff, now=NOW)

    assert staff_actor(hiring.house, token, now=NOW) is None
    with pytest.raises(SignInError):
        come_in(hiring.house, email="mo@anne.example", password=OTHER)


def test_an_hr_manager_cannot_add_accounts_or_change_the_organisation(hiring: Hiring) -> None:
    mo = manager(hiring)

    with pytest.raises(NotAllowedError, match="administrator"):
        add_account(hiring.house, actor=mo, name="X", email="x@y.org", role="hr_manager", password=OTHER, now=NOW)
    with pytest.raises(NotAllowedError, match="administrator"):
        edit_organisation(
            hiring.house, name="X", contact_name="Y", contact="Z", keep_months=1, reply_days=1, actor=mo, now=NOW
        )


def test_an_unknown_role_lists_those_there_are(hiring: Hiring) -> None:
    with pytest.raises(UnknownIdError, match="administrator, hr_manager"):
        add_account(hiring.house, actor=hiring.staff, name="X", email="x@y.org", role="boss", password=OTHER, now=NOW)


def test_accounts_are_listed_with_what_they_may(hiring: Hiring) -> None:
    manager(hiring)

    assert [(a.name, a.role) for a in list_accounts(hiring.house, actor=hiring.staff)] == [
        ("Ada Voss", "administrator"),
        ("Mo", "hr_manager"),
    ]


def test_the_organisation_is_changed_by_its_administrator(hiring: Hiring) -> None:
    edit_organisation(
        hiring.house,
        name="St Anne's",
        contact_name="Jo",
        contact="jo@anne.example",
        keep_months=24,
        reply_days=3,
        actor=hiring.staff,
        now=NOW,
    )

    changed = organisation(hiring.house, actor=hiring.staff)
    assert (changed.contact_name, changed.keep_months, changed.reply_days) == ("Jo", 24, 3)
