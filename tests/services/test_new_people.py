"""A supervisor sees their own people with job, stage and first day, and nobody else."""

import json

import pytest

from assessment.services.accounts import add_account
from assessment.services.actor import Actor
from assessment.services.assigned import assign
from assessment.services.new_people import new_people
from assessment.services.stages import move_in
from assessment.storage.clock import new_id, stamp
from assessment.storage.schema import offers
from tests.hiring import NOW, Hiring, Person


@pytest.fixture
def supervisor(hiring: Hiring, monkeypatch: pytest.MonkeyPatch) -> Actor:
    monkeypatch.setattr("assessment.services.accounts.hashed", lambda password: password)
    id_ = add_account(
        hiring.house,
        actor=hiring.staff,
        name="Sue",
        email="sue@anne.example",
        role="supervisor",
        password="three calm rivers",
        now=NOW,
    )
    return Actor("staff", hiring.staff.organisation_id, id_, "supervisor", name="Sue")


def offer(hiring: Hiring, person: Person, *, start: str, answer: str | None = None) -> None:
    with hiring.house.database.write() as connection:
        connection.execute(
            offers.insert().values(
                id=new_id(),
                application_id=person.application,
                terms_sealed=hiring.house.vault.seal(json.dumps({"start": start})),
                answer_by="2026-12-01",
                created_at=stamp(NOW),
                answer=answer,
            )
        )


def stand(hiring: Hiring, person: Person, stage: str) -> None:
    with hiring.house.database.write() as connection:
        move_in(connection, hiring.house, person.application, stage, actor=hiring.staff, now=NOW)


def test_only_ones_own_people_are_there_with_their_first_day(hiring: Hiring, supervisor: Actor) -> None:
    mine, soon, other = (hiring.invite(name) for name in ("Ana Ruiz", "Bo Chen", "Zanzibar Quux"))
    for person in (mine, soon):
        assign(
            hiring.house,
            person.application,
            supervisor.account_id or "",
            duty="supervisor",
            actor=hiring.staff,
            now=NOW,
        )
    for person in (mine, other):
        stand(hiring, person, "offer")
    offer(hiring, mine, start="2027-01-04", answer="accepted")
    offer(hiring, other, start="2027-01-04")
    offer(hiring, soon, start="2027-02-01", answer="declined")

    found = new_people(hiring.house, actor=supervisor)

    assert {(p.name, p.title, p.stage, p.starts_on) for p in found} == {
        ("Ana Ruiz", "Front desk officer", "offer", "4 January 2027"),
        ("Bo Chen", "Front desk officer", "invited", ""),
    }


def test_a_first_day_in_words_stays_in_words(hiring: Hiring, supervisor: Actor) -> None:
    person = hiring.invite("Ana Ruiz")
    assign(
        hiring.house, person.application, supervisor.account_id or "", duty="supervisor", actor=hiring.staff, now=NOW
    )
    stand(hiring, person, "hired")
    offer(hiring, person, start="early in May")

    assert [p.starts_on for p in new_people(hiring.house, actor=supervisor)] == ["early in May"]


def test_an_offer_that_was_taken_back_gives_no_first_day(hiring: Hiring, supervisor: Actor) -> None:
    person = hiring.invite("Ana Ruiz")
    assign(
        hiring.house, person.application, supervisor.account_id or "", duty="supervisor", actor=hiring.staff, now=NOW
    )
    offer(hiring, person, start="2027-01-04")
    stand(hiring, person, "decision")

    assert [p.starts_on for p in new_people(hiring.house, actor=supervisor)] == [""]
