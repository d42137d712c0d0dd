"""Somebody hired, for tests: answers, a yes, a confirmed hire, and with it a plan."""

from datetime import timedelta

from assessment.services.actor import Actor
from assessment.services.answers import Answer, save_answers, submit
from assessment.services.assigned import assign
from assessment.services.offers import answer_offer, confirm_hire
from assessment.services.plan_view import PlanView, plan_of
from assessment.services.reading import reading
from assessment.services.sitting import look
from tests.deciding import offer, send
from tests.hiring import Hiring, Person
from tests.interviewing import Colleague, colleague

START = 30  # days until the first day, as in tests.deciding.terms


def answered(hiring: Hiring, name: str, values: dict[str, float], *, language: str = "en", role: str = "") -> Person:
    """Somebody who agrees to what a facet asks for at the value given, 1 to 5 (3.5: one 3, one 4), to all others at 4."""
    at = hiring.open_another(role) if role else hiring
    person, before = at.invite(name, language=language), hiring.now - timedelta(hours=1)
    actor = person.begin(now=before)
    form = look(hiring.house, actor=actor, now=before).form
    key = hiring.house.library.questionnaire(form.questionnaire)
    scenes = hiring.house.library.scenarios().by_id()
    taps = []
    for id_ in form.items:
        item = key.by_id.get(id_)
        wanted = values.get(item.facet, 4) if item is not None else 4
        own = sum(key.by_id[tap.item].facet == item.facet for tap in taps if tap.item in key.by_id) if item else 0
        value = int(wanted) + (wanted % 1 > 0 and own % 2)
        taps.append(Answer(id_, value if item is None or item.keyed == "plus" else 6 - value, 1))
    for id_ in form.scenarios:
        by_key = sorted(scenes[id_].options, key=lambda letter: -scenes[id_].options[letter].key)
        taps += [Answer(f"{id_}.best", by_key[0], 1), Answer(f"{id_}.worst", by_key[-1], 1)]
    save_answers(hiring.house, taps, actor=actor, now=before)
    submit(hiring.house, actor=actor, now=before)
    reading(hiring.house, person.application, actor=hiring.staff, now=hiring.now)
    return person


def hire(hiring: Hiring, person: Person, **given: object) -> Actor:
    """Offer, send, say yes, confirm; returns the newcomer who came in by their link."""
    send(hiring, offer(hiring, person, **given).id)
    actor = person.come_in()
    answer_offer(hiring.house, "accepted", actor=actor, now=hiring.now)
    confirm_hire(hiring.house, person.application, actor=hiring.staff, now=hiring.now)
    return actor


def hired_with_both(hiring: Hiring, name: str = "Ana Ruiz", *, language: str = "en") -> tuple[Person, Actor]:
    """A front desk officer with little patience and very much outspokenness."""
    person = answered(hiring, name, {"pat": 1, "voi": 5}, language=language)
    return person, hire(hiring, person)


def leads(hiring: Hiring, person: Person, name: str = "Sue") -> Colleague:
    """A supervisor of that person."""
    found = colleague(hiring, name, "supervisor")
    assign(
        hiring.house,
        person.application,
        found.actor.account_id or "",
        duty="supervisor",
        actor=hiring.staff,
        now=hiring.now,
    )
    return found


def view(hiring: Hiring, person: Person, *, actor: Actor | None = None) -> PlanView:
    found = plan_of(hiring.house, person.application, actor=actor or hiring.staff, now=hiring.now)
    assert isinstance(found, PlanView)
    return found
