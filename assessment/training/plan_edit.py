"""What somebody changes in a plan, as one thing: it is checked, set on a version, and can be set on a newer one too."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from assessment.errors import SheetError, UnknownIdError
from assessment.training.onboarding import PlanRules
from assessment.training.plan import (
    Because,
    Plan,
    PlanLine,
    at_other_days,
    dated,
    drop,
    in_order,
    leave_out,
    line_of,
    take_up,
)

LONGEST_TEXT = 300
LONGEST_FIELD = 120
MOST_LINES = 80


@dataclass(frozen=True)
class LineEdit:
    """Other words or another date for a line; None leaves what is there, an empty text brings the shipped words back."""

    text: str | None = None
    on: date | None = None


@dataclass(frozen=True)
class NewLine:
    """A line of one's own, or a module."""

    on: date
    text: str = ""
    module: str = ""


@dataclass(frozen=True)
class PlanEdit:
    """None leaves a field as it is. `take_up` and `leave_out` name reasons, `drop` lines, by their ids."""

    starts_on: date | None = None
    works_on: tuple[int, ...] | None = None
    shift: str | None = None
    buddy: str | None = None
    first_time: str | None = None
    place: str | None = None
    bring: str | None = None
    lines: Mapping[str, LineEdit] = field(default_factory=lambda: MappingProxyType({}))
    drop: tuple[str, ...] = ()
    add: tuple[NewLine, ...] = ()
    take_up: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()

    @property
    def touches_reasons(self) -> bool:
        return bool(self.take_up or self.leave_out)


FIELDS = ("shift", "buddy", "first_time", "place", "bring")


def edited(
    plan: Plan, edit: PlanEdit, *, rules: PlanRules, modules: Collection[str], by: str, today: date, new_id: str
) -> Plan:
    """The plan with the changes.

    modules : those that may be added
    by : who adds lines, by id
    today : what a reason asks for does not begin before it
    new_id : keeps lines of one's own apart
    """
    _check(edit)
    plan = at_other_days(
        plan,
        starts_on=edit.starts_on or plan.starts_on,
        works_on=plan.works_on if edit.works_on is None else edit.works_on,
    )
    given = {name: value.strip() for name in FIELDS if (value := getattr(edit, name)) is not None}
    plan = replace(plan, **given)
    for because_id in edit.leave_out:
        plan = leave_out(plan, because_id)
    offered = {because.id: because for because in plan.offered}
    for because_id in edit.take_up:
        if because_id in offered:
            own_day = max(plan.day(today), 1)
            plan = take_up(plan, offered[because_id], rules=rules, modules=modules, from_day=own_day)
    lines = {line.id: line for line in plan.lines}
    for id_, change in edit.lines.items():
        if id_ not in lines:
            raise UnknownIdError("line of this plan", id_)
        line = lines[id_]
        text = line.text if change.text is None else change.text.strip()
        if line.what == "own" and not text:
            raise SheetError("Please say what is to be done, or drop the line.")
        lines[id_] = dated(replace(line, text=text, chosen=change.on or line.chosen), plan)
    for n, new in enumerate(edit.add):
        because = Because("manager", by)
        if new.module and new.module not in modules:
            raise UnknownIdError("module", new.module, tuple(modules))
        if not new.module and not new.text.strip():
            raise SheetError("Please say what is to be done.")
        if new.module:
            own = line_of(plan, "module", new.module, because, (1, 1), chosen=new.on)
        else:
            own = line_of(plan, "own", f"{new_id}:{n}", because, (1, 1), chosen=new.on, text=new.text.strip())
        if own.id in lines:
            raise SheetError("This module is in the plan already. You can change its date there.")
        lines[own.id] = own
    if len(lines) > MOST_LINES:
        raise SheetError(f"A plan has room for {MOST_LINES} lines. Please drop some first.")
    return drop(replace(plan, lines=in_order(lines.values())), edit.drop)


def without_unchanged(edit: PlanEdit, typed_on: Plan) -> PlanEdit:
    """Only what differs from the version that somebody typed on, so that it takes nothing back of a newer one."""
    names = ("starts_on", "works_on", *FIELDS)
    same: dict[str, Any] = {name: None for name in names if getattr(edit, name) == getattr(typed_on, name)}
    lines = {}
    for id_, change in edit.lines.items():
        line = typed_on.line(id_)
        if line is None:
            lines[id_] = change
            continue
        lines[id_] = LineEdit(
            None if change.text == line.text else change.text, None if change.on == line.on else change.on
        )
    return replace(edit, lines=lines, **same)


def without_dropped(edit: PlanEdit, typed_on: Plan, plan: Plan, text: Callable[[PlanLine], str]) -> PlanEdit:
    """The same for a newer version in which lines are gone: what was typed for one of them becomes a line of one's own.

    text : what a line says, for one that got another date alone
    """
    kept, own = dict(edit.lines), []
    for id_, change in edit.lines.items():
        line = typed_on.line(id_)
        if line is None or plan.line(id_) is not None:
            continue
        del kept[id_]
        typed = (change.text or "").strip()
        if typed or change.on is not None:
            own.append(NewLine(change.on or line.on, text=typed or text(line)))
    return replace(edit, lines=kept, add=(*edit.add, *own))


def _check(edit: PlanEdit) -> None:
    if edit.works_on is not None and not set(edit.works_on) & set(range(7)):
        raise SheetError("Please choose at least one day of work.")
    for name in FIELDS:
        value = getattr(edit, name)
        if value is not None and len(value) > LONGEST_FIELD:
            raise SheetError(f"Please keep each of these to {LONGEST_FIELD} characters.")
    texts = [change.text or "" for change in edit.lines.values()] + [new.text for new in edit.add]
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise SheetError(f"Please keep a line to {LONGEST_TEXT} characters.")
