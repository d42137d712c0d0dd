"""A talk for tests: somebody who answered in a telling way, and interviewers who may not know it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from assessment.services.accounts import staff_actor
from assessment.services.actor import Actor
from assessment.services.answers import Answer, save_answers, submit
from assessment.services.assigned import assign
from assessment.services.house import House
from assessment.services.ratings import hand_in, rating_form, save_rating
from assessment.services.sitting import look
from assessment.storage import accounts
from assessment.storage.accounts import begin_session
from assessment.storage.vault import token_hash
from tests.hiring import Hiring, Person


@dataclass(frozen=True)
class Colleague:
    """Staff who are signed in."""

    actor: Actor
    cookie: str


def colleague(hiring: Hiring, name: str, role: str = "interviewer", *, organisation: str = "") -> Colleague:
    """An account of its own, without the slow look at a password."""
    vault, cookie = hiring.house.vault, secrets.token_urlsafe(32)
    with hiring.house.database.write() as connection:
        id_ = accounts.add(
            connection,
            organisation_id=organisation or hiring.staff.organisation_id,
            role=role,
            email_hash=vault.hash(f"{name}@anne.example"),
            email_sealed=vault.seal(f"{name}@anne.example"),
            name_sealed=vault.seal(name),
            password_hash="-",
            now=hiring.now,
        )
        begin_session(connection, token_hash(cookie), account_id=id_, now=hiring.now)
    actor = staff_actor(hiring.house, cookie, now=hiring.now)
    assert actor is not None
    return Colleague(actor, cookie)


def finish_tellingly(hiring: Hiring, name: str = "Sofia Marino") -> Person:
    """Somebody far below the range on liveliness and patience, far above it on none, and weak in every scene."""
    person, before = hiring.invite(name), hiring.now - timedelta(hours=2)
    actor = person.begin(now=before)
    form = look(hiring.house, actor=actor, now=before).form
    key = hiring.house.library.questionnaire(form.questionnaire)
    scenes = hiring.house.library.scenarios().by_id()
    taps = []
    for id_ in form.items:
        item = key.by_id.get(id_)
        low = item is not None and item.facet in ("liv", "pat")
        value = (1 if low else 4) if item is None or item.keyed == "plus" else (5 if low else 2)
        taps.append(Answer(id_, value, 1))
    for id_ in form.scenarios:
        by_key = sorted(scenes[id_].options, key=lambda letter: scenes[id_].options[letter].key)
        taps += [Answer(f"{id_}.best", by_key[0], 1), Answer(f"{id_}.worst", by_key[-1], 1)]
    save_answers(hiring.house, taps, actor=actor, now=before)
    submit(hiring.house, actor=actor, now=before)
    return person


def interviewer_of(hiring: Hiring, application: str, name: str = "Ivo") -> Colleague:
    found = colleague(hiring, name)
    assert found.actor.account_id
    assign(hiring.house, application, found.actor.account_id, duty="interviewer", actor=hiring.staff, now=hiring.now)
    return found


def rate_all(house: House, application: str, actor: Actor, ratings: list[int], *, now: datetime) -> None:
    """Rate every question of the kit and hand it in."""
    form = rating_form(house, application, actor=actor, now=now)
    for question, rating in zip(form.questions, ratings, strict=True):
        rev = form.given[question.id].rev + 1
        save_rating(house, application, question.id, rating=rating, note="", rev=rev, actor=actor, now=now)
    hand_in(house, application, actor=actor, now=now)
