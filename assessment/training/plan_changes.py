"""What differs between two versions of a plan, in sentences that tell nothing about the reasons."""

from collections.abc import Callable

from assessment.training.plan import Plan, PlanLine

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FIELDS = {
    "shift": "Shift",
    "buddy": "Buddy",
    "first_time": "Time of the first day",
    "place": "Place",
    "bring": "What to bring",
}


def changes(before: Plan, after: Plan, text: Callable[[PlanLine], str]) -> tuple[str, ...]:
    """One sentence a change; text : what a line says."""
    said = []
    if before.starts_on != after.starts_on:
        said.append(f"First day: {before.starts_on:%-d %b %Y} → {after.starts_on:%-d %b %Y}")
    if before.works_on != after.works_on:
        said.append(f"Days of work: {days_words(before.works_on)} → {days_words(after.works_on)}")
    for field, name in _FIELDS.items():
        was, now = getattr(before, field), getattr(after, field)
        if was != now:
            said.append(f"{name}: {was or 'none'} → {now or 'none'}")
    old = {line.id: line for line in before.lines}
    new = {line.id: line for line in after.lines}
    said += [f"Added: {text(line)}" for id_, line in new.items() if id_ not in old]
    said += [f"Dropped: {text(line)}" for id_, line in old.items() if id_ not in new]
    for id_, line in new.items():
        was = old.get(id_)
        if was is None:
            continue
        if was.text != line.text:
            said.append(f"Words: {text(was)} → {text(line)}")
        if was.on != line.on and (line.chosen != was.chosen or before.starts_on == after.starts_on):
            said.append(f"By {was.on:%-d %b} → {line.on:%-d %b}: {text(line)}")
    return tuple(said)


def days_words(works_on: tuple[int, ...]) -> str:
    """Monday to Friday, or the days one by one."""
    days = sorted(works_on)
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]} to {DAYS[days[-1]]}"
    return ", ".join(DAYS[day] for day in days)
