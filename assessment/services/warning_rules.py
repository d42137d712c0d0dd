"""When the first weeks of somebody ask for an eye: no answer, low, thinks of leaving, falling, would like to talk, apart.

Pure rules over check-ins. A warning is about the start and about what would help; it is no score of a person, it is
never counted or ranked, and each says because of what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assessment.services.check_in import ANSWER_DAYS, CheckIn, is_readable
from assessment.services.check_in_trends import pairs_of, side_mean
from assessment.services.organisation import Organisation
from assessment.services.warning_words import GENERAL_STEP, HELPS
from assessment.training.check_in import check_in_form, check_in_key

Kind = Literal["talk", "stay", "low", "falling", "apart", "no_answer"]
KINDS: tuple[Kind, ...] = ("talk", "stay", "low", "falling", "apart", "no_answer")  # which next step is taken first
STAY = "stay"  # the line "I plan to be here in a year"
FALL = 1.0  # steps of the scale, from the mean of one check-in to that of the next
FEWEST = 3  # lines answered, for a mean that is set beside another


@dataclass(frozen=True)
class Found:
    """What was found on a day and since when it is known; `because` and `step` are whole sentences for the staff."""

    kind: Kind
    day: int
    since: date
    because: str
    step: str


def warnings_of(
    check_ins: Sequence[CheckIn], *, role: str, organisation: Organisation, today: date
) -> tuple[Found, ...]:
    """Everything that asks for an eye in the check-ins of one person, by day.

    What the newcomer answered to which line is named only where it may be read by now.
    """
    by = {(one.day, one.side): one for one in check_ins}
    days = sorted({one.day for one in check_ins if one.side == "newcomer"})
    found: list[Found] = []
    before: CheckIn | None = None
    for day in days:
        newcomer, manager = by[day, "newcomer"], by.get((day, "manager"))
        readable = is_readable(newcomer, manager, today)
        if newcomer.answered_at is None:
            later = any(by[d, "newcomer"].answered_at for d in days if d > day)
            found += [] if later else _silent(newcomer, organisation, today)
            continue
        since = organisation.day(newcomer.answered_at)
        found += _wish(newcomer, since)
        found += _low(newcomer, since, role=role, readable=readable)
        if before is not None:
            found += _falling(before, newcomer, since, readable=readable)
        before = newcomer
        if manager is not None and manager.answered_at is not None:
            found += _apart(newcomer, manager, max(since, organisation.day(manager.answered_at)), role=role)
    return tuple(sorted(found, key=lambda one: (one.day, KINDS.index(one.kind))))


def _silent(newcomer: CheckIn, organisation: Organisation, today: date) -> list[Found]:
    if newcomer.asked_at is None:
        return []
    asked = organisation.day(newcomer.asked_at)
    due = asked + timedelta(days=ANSWER_DAYS)
    if today < due:
        return []
    because = f"No answer to day {newcomer.day}, asked on {_day(asked)}."
    step = "Ask in person how it goes. A week can be too full, and a link can get lost."
    return [Found("no_answer", newcomer.day, due, because, step)]


def _wish(newcomer: CheckIn, since: date) -> list[Found]:
    if not newcomer.wants_talk:
        return []
    because = f"Said on day {newcomer.day}: I would like to talk."
    return [
        Found("talk", newcomer.day, since, because, "Offer a time today. Half an hour in a quiet room; listen first.")
    ]


def _low(newcomer: CheckIn, since: date, *, role: str, readable: bool) -> list[Found]:
    """Low lines; and by itself, once it may be read, that somebody does not plan to be here in a year."""
    key = check_in_key()
    lines = [line for line, value in newcomer.given.items() if value in key.low]
    found = []
    if STAY in lines and readable:
        because = f"Day {newcomer.day}: does not plan to be here in a year."
        step = "Ask what would make this a place to stay, and what you can change by when."
        found.append(Found("stay", newcomer.day, since, because, step))
    if len(lines) >= key.talk_after:
        if readable:
            said = {
                item.id: item.text for item in check_in_form(newcomer.day, "newcomer", role=role, language="en").items
            }
            listed = "; ".join(f"“{said.get(line, line).rstrip('.')}”" for line in lines)
            because = f"{len(lines)} of {len(newcomer.given)} lines of day {newcomer.day} answered low: {listed}."
            step = next((HELPS[line] for line in lines if line in HELPS), GENERAL_STEP)
        else:
            because, step = _not_yet(f"{len(lines)} lines of day {newcomer.day} answered low"), GENERAL_STEP
        found.append(Found("low", newcomer.day, since, because, step))
    return found


def _not_yet(said: str) -> str:
    """Said before the lines may be read: that help may be needed cannot wait a week, what was answered can."""
    return f"{said}. Give your own view first, then you can read which."


def _falling(before: CheckIn, newcomer: CheckIn, since: date, *, readable: bool) -> list[Found]:
    then, now = side_mean(before.answers), side_mean(newcomer.answers)
    if then is None or now is None or min(then.n, now.n) < FEWEST or then.mean - now.mean < FALL:
        return []
    because = (
        f"The mean fell from {then.mean:.1f} on day {before.day} ({then.n} lines) "
        f"to {now.mean:.1f} on day {newcomer.day} ({now.n} lines)."
    )
    if not readable:
        because = _not_yet(f"Answers are lower on day {newcomer.day} than on day {before.day}")
    step = f"Ask what has changed since day {before.day}, and what one thing would help now."
    return [Found("falling", newcomer.day, since, because, step)]


def _apart(newcomer: CheckIn, manager: CheckIn, since: date, *, role: str) -> list[Found]:
    large = [pair for pair in pairs_of(newcomer, manager, role=role) if pair.is_large]
    if not large:
        return []
    listed = "; ".join(f"“{p.newcomer_line.rstrip('.')}” (newcomer {p.newcomer}, lead {p.manager})" for p in large)
    because = f"On day {newcomer.day} the two sides see this in another way: {listed}."
    step = "Lay both views side by side in your next talk. Ask for an example, and give one."
    return [Found("apart", newcomer.day, since, because, step)]


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
