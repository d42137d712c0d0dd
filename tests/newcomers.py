"""People who work here, for tests: hired by the verbs that hire, with a supervisor, and growth people's colleagues."""

from dataclasses import dataclass
from datetime import timedelta

from assessment.services.actor import Actor
from assessment.services.assigned import assign
from assessment.services.offers import answer_offer, confirm_hire
from tests.deciding import offer, send, terms, to_decide
from tests.hiring import Hiring, Person
from tests.interviewing import colleague


@dataclass(frozen=True)
class Newcomer:
    """Somebody whose hire was confirmed; `actor` comes in by their link."""

    person: Person
    actor: Actor
    application: str


def hire(hiring: Hiring, name: str = "Ana", *, language: str = "en", value: int = 4) -> Newcomer:
    """Finished, offered, accepted and confirmed, all at the hour of the house; the first day is a month away."""
    person = to_decide(hiring, name, language=language, value=value)
    return confirm(hiring, person)


def confirm(hiring: Hiring, person: Person) -> Newcomer:
    """Hire somebody who can be decided about."""
    made = offer(
        hiring,
        person,
        terms=terms(hiring),
        no_talk_because="We know her from her year with us.",
        order_because="She asked first.",
    )
    send(hiring, made.id)
    actor = person.come_in(now=hiring.now)
    answer_offer(hiring.house, "accepted", actor=actor, now=hiring.now + timedelta(minutes=1))
    confirm_hire(hiring.house, person.application, actor=hiring.staff, now=hiring.now + timedelta(minutes=2))
    return Newcomer(person, actor, person.application)


def supervise(hiring: Hiring, newcomer: Newcomer, name: str = "Grace") -> Actor:
    """An account of a supervisor whose newcomer this is."""
    account = colleague(hiring, name, "supervisor")
    assert account.actor.account_id
    assign(
        hiring.house,
        newcomer.application,
        account.actor.account_id,
        duty="supervisor",
        actor=hiring.staff,
        now=hiring.now,
    )
    return account.actor
