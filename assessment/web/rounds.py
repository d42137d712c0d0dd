"""What the app does by itself while it runs: planning what is to be said, and delivering it."""

from datetime import UTC, datetime

from assessment.messages.smtp import Mailer, server_at
from assessment.services.check_in_rounds import check_in_rounds
from assessment.services.check_reminders import check_reminders
from assessment.services.delivering import deliver
from assessment.services.house import House, Settings
from assessment.services.interview_reminders import interview_reminders
from assessment.services.outcome_due import rating_reminders
from assessment.services.reminders import plan
from assessment.services.seminar_leaving import seminar_rounds
from assessment.services.webhook_sending import send_due
from assessment.web.background import Standing, every

PLAN_EVERY = 60.0  # seconds
DELIVER_EVERY = 4.0


def begin_rounds(house: House, settings: Settings) -> tuple[Standing, ...]:
    """Plan every minute; every few seconds deliver webhooks and, where there is a mail server, messages."""
    rounds = [
        every(PLAN_EVERY, lambda: plan(house, _now()), "reminders"),
        every(PLAN_EVERY, lambda: interview_reminders(house, _now()), "interview-reminders"),
        every(PLAN_EVERY, lambda: check_reminders(house, now=_now()), "check-reminders"),
        every(PLAN_EVERY, lambda: check_in_rounds(house, now=_now()), "check-ins"),
        every(PLAN_EVERY, lambda: rating_reminders(house, _now()), "ratings"),
        every(PLAN_EVERY, lambda: seminar_rounds(house, now=_now()), "seminars"),
        every(DELIVER_EVERY, lambda: send_due(house, clock=_now), "webhooks"),
    ]
    if settings.smtp_url:
        server, mail_from = server_at(settings.smtp_url), settings.smtp_from
        rounds.append(
            every(DELIVER_EVERY, lambda: deliver(house, Mailer(server), clock=_now, mail_from=mail_from), "mail")
        )
    return tuple(rounds)


def _now() -> datetime:
    return datetime.now(UTC)
