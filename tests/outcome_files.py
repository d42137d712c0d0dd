"""Hires whose day 90 has come, for tests: a house at a later day, and files about them."""

from dataclasses import replace
from datetime import datetime, timedelta

from assessment.services.actor import Actor
from assessment.services.outcomes import hand_in, save_rating
from assessment.services.plans import save_plan
from assessment.storage import plans
from assessment.training.outcome_scales import outcome_scales
from assessment.training.plan_edit import PlanEdit
from tests.hiring import Hiring
from tests.newcomers import Newcomer

SCALES = outcome_scales().ids


def first_day(hiring: Hiring, newcomer: Newcomer, *, day: int) -> None:
    """The plan says from now on that today is such a day; the first is day 1."""
    edit = PlanEdit(starts_on=hiring.now.date() - timedelta(days=day - 1))
    with hiring.house.database.read() as connection:
        plan = plans.newest(connection, newcomer.application)
    assert plan is not None
    save_plan(hiring.house, newcomer.application, edit, based_on=plan.number, actor=hiring.staff, now=hiring.now)


def later(hiring: Hiring, *, days: int) -> Hiring:
    return replace(hiring, now=hiring.now + timedelta(days=days))


def rate(hiring: Hiring, application: str, actor: Actor, ratings: list[int], *, now: datetime | None = None) -> None:
    """Rate every scale and hand it in."""
    at = now or hiring.now
    for rev, (scale, rating) in enumerate(zip(SCALES, ratings, strict=True), start=1):
        save_rating(hiring.house, application, scale, rating, rev=rev, actor=actor, now=at)
    hand_in(hiring.house, application, actor=actor, now=at)
