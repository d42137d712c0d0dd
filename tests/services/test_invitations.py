"""Links: made for all or for nobody, shown again, taken back, made anew."""

from datetime import timedelta

import pytest

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.doors import door
from assessment.services.invitations import invitation_text, invite, link_of, qr_svg, reissue, revoke
from assessment.services.invitees import Invitee
from assessment.services.shortlist import list_candidates
from assessment.services.sitting import look
from assessment.services.vacancies import close_vacancy
from tests.hiring import NOW, Hiring, answer_all, events_of


def ask(hiring: Hiring, *people: Invitee, actor: Actor | None = None) -> int:
    return len(invite(hiring.house, hiring.vacancy, people, actor=actor or hiring.staff, now=NOW))


def test_all_are_invited_or_nobody(hiring: Hiring) -> None:
    with pytest.raises(SheetError, match="Row 2"):
        ask(hiring, Invitee(1, "Ana", "ana@x.org", "en"), Invitee(2, "Ana", "ana@x.org", "en"))

    assert list_candidates(hiring.house, hiring.vacancy, actor=hiring.staff, now=NOW) == ()
    assert events_of(hiring.house, "invited") == []


def test_a_link_is_shown_again_until_it_expires(hiring: Hiring) -> None:
    person = hiring.invite()

    again = link_of(hiring.house, person.application, actor=hiring.staff, now=NOW + timedelta(days=13))

    assert again.endswith(person.token)
    with pytest.raises(ClosedError):
        link_of(hiring.house, person.application, actor=hiring.staff, now=NOW + timedelta(days=15))


def test_a_link_taken_back_lets_nobody_in_and_what_was_answered_stays(hiring: Hiring) -> None:
    person = hiring.invite()
    answer_all(hiring.house, person.begin())

    revoke(hiring.house, person.application, actor=hiring.staff, now=NOW)

    with pytest.raises(ClosedError):
        door(hiring.house, person.token, now=NOW)
    (row,) = list_candidates(hiring.house, hiring.vacancy, actor=hiring.staff, now=NOW)
    assert row.state == "started"


@pytest.mark.parametrize("days", [2, 20], ids=["while the old one is good", "after it expired"])
def test_a_new_link_leads_to_the_same_place_and_the_old_one_ends(hiring: Hiring, days: int) -> None:
    person = hiring.invite()
    answer_all(hiring.house, person.begin())
    later = NOW + timedelta(days=days)

    url = reissue(hiring.house, person.application, actor=hiring.staff, now=later)

    with pytest.raises(ClosedError):
        door(hiring.house, person.token, now=later)
    actor = type(person)(hiring.house, person.application, url.rpartition("/")[2]).come_in(now=later)
    assert look(hiring.house, actor=actor, now=later).left == 0


def test_a_closed_opening_invites_nobody(hiring: Hiring) -> None:
    close_vacancy(hiring.house, hiring.vacancy, actor=hiring.staff, now=NOW)

    with pytest.raises(ClosedError, match="closed"):
        ask(hiring, Invitee(1, "Ana", None, "en"))


def test_a_candidate_cannot_invite(hiring: Hiring) -> None:
    candidate = hiring.invite().come_in()

    with pytest.raises(NotAllowedError):
        ask(hiring, Invitee(1, "Ana", None, "en"), actor=candidate)


def test_another_organisation_sees_nothing_of_it(hiring: Hiring) -> None:
    person = hiring.invite()
    stranger = Actor("staff", "f" * 32, "a" * 32, "administrator")

    with pytest.raises(UnknownIdError):
        link_of(hiring.house, person.application, actor=stranger, now=NOW)
    with pytest.raises(UnknownIdError):
        ask(hiring, Invitee(1, "Ana", None, "en"), actor=stranger)


@pytest.mark.parametrize(("language", "words"), [("en", "Thank you for your interest"), ("es", "Gracias por")])
def test_the_invitation_is_written_in_the_persons_language_with_everything_filled_in(
    hiring: Hiring, language: str, words: str
) -> None:
    person = hiring.invite("Ana {{ 7 * 7 }} <b>", "ana@x.org", language)

    message = invitation_text(hiring.house, person.application, actor=hiring.staff, now=NOW)

    assert words in message.text
    assert person.token in message.text
    assert "Ana {{ 7 * 7 }} <b>" in message.text


def test_the_code_is_an_svg_that_scales() -> None:
    assert "viewBox" in qr_svg("http://localhost:8501/i/abc")
