"""The plan on the newcomer's own page: this week first, then all of it, the first day, and whom to call."""

from collections.abc import Callable
from html import escape

import streamlit as st

from assessment.messages.plain_pages import put_in, say_date
from assessment.pages.parts.candidate_frame import Here
from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.trouble import escaped, said_here
from assessment.services.own_plan import MyLine, MyPlan, tick, untick


def first_day_card(here: Here, found: MyPlan) -> None:
    """Everything one needs to know before the first day, and afterwards who is there."""
    words, language = here.words.first_days, here.sitting.language
    when = ", ".join(part for part in (say_date(found.starts_on, language), found.first_time) if part)
    facts = (
        (words["when"], when if found.day <= 1 else ""),
        (words["where"], found.place if found.day <= 1 else ""),
        (words["bring"], found.bring if found.day <= 1 else ""),
        (words["buddy"], found.buddy),
        (words["lead"], ", ".join(found.leads)),
        (words["shift"], found.shift),
        (words["days"], _days(here, found.works_on)),
    )
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
    title = words["first_day"] if found.day <= 1 else words["people"]
    more = f"<p>{escape(words['buddy_line'])}</p>" if found.buddy else ""
    with card("first-day"):
        html(f'<h2>{escape(title)}</h2><dl class="first-day-facts">{rows}</dl>{more}')


def week_card(here: Here, found: MyPlan) -> None:
    """What is open and due in these seven days, each with its box or its page."""
    words = here.words.first_days
    with card("week"):
        html(f"<h2>{escape(words['week_first' if found.day < 1 else 'week'])}</h2>")
        due = [line for line in found.now if line.when != "late"]
        late = [line for line in found.now if line.when == "late"]
        if not due:
            html(f"<p>{escape(words['nothing_now'])}</p>")
        for line in due:
            _line(here, line, place="week")
        if late:
            with st.expander(f"{escaped(words['earlier'])} · {len(late)}", key="phase-earlier"):
                html(f'<p class="muted">{escape(words["earlier_line"])}</p>')
                for line in late:
                    _line(here, line, place="week")


def whole_plan(here: Here, found: MyPlan) -> None:
    """All of it by phase; the phase one is in stands open."""
    words = here.words.first_days
    with card("whole-plan"):
        said = put_in(words["whole_line"], done=found.done, all=len(found.lines))
        note = (
            "" if found.in_language == here.sitting.language else f"<p class='muted'>{escape(words['in_english'])}</p>"
        )
        html(f"<h2>{escape(words['whole'])}</h2><p>{escape(said)}</p>{note}")
        for phase, name in found.phases.items():
            lines = [line for line in found.lines if line.phase == phase]
            if not lines:
                continue
            done = sum(line.done_at is not None for line in lines)
            with st.expander(f"{escaped(name)} · {done}/{len(lines)}", key=f"phase-{phase}"):
                for line in sorted(lines, key=lambda line: line.what != "goal"):
                    _line(here, line, place="plan")
        html(f'<p class="muted">{escape(words["note"])}</p>')


def no_plan_yet(here: Here) -> None:
    words = here.words.first_days
    with card("no-plan"):
        html(
            f'<div class="empty"><p class="lead">{escape(words["none"])}</p><p>{escape(words["none_line"])}</p></div>'
            f'<p><a class="button" href="/this-work" target="_self">{escape(words["work"])}</a></p>'
        )


def call_card(here: Here) -> None:
    words, organisation = here.words.first_days, here.sitting.organisation
    contact = f"{organisation.contact_name}, {organisation.contact}"
    with card("call"):
        html(f"<h2>{escape(words['call'])}</h2><p>{escape(put_in(words['call_line'], contact=contact))}</p>")


def _line(here: Here, line: MyLine, *, place: str) -> None:
    """A box to tick, or a way into a module; below it by when, and where it comes from."""
    words, language = here.words.first_days, here.sitting.language
    by = put_in(words["by"], date=say_date(line.on, language))
    why = ", ".join(dict.fromkeys(words[f"because_{kind}"] for kind in line.why))
    lead = {"goal": words["goal"], "practice": words["practice"]}.get(line.what, "")
    said = " · ".join(part for part in (lead, by, why) if part)
    with st.container(key=f"todo-{place}-{line.id}", gap=None):
        if line.what == "module":
            kept = f" {chip('good', words['module_done'])}" if line.done_at else ""
            html(
                f'<p class="module-line"><a href="/learn?module={escape(line.module)}" target="_self">{escape(line.text)}</a>'
                f'{kept}</p><p class="due">{escape(said)}</p>'
            )
            return
        done = line.done_at is not None
        if st.checkbox(escaped(line.text), value=done, key=f"tick-{place}-{line.id}-{done}") != done:
            _do(lambda: (untick if done else tick)(here.house, line.id, actor=here.actor, now=here.now))
        html(f'<p class="due under-box">{escape(said)}</p>')


def _do(verb: Callable[[], None]) -> None:
    """The key of a box changes with what is kept, so that another place or tab cannot put it back."""
    with said_here():
        verb()
        st.rerun()


def _days(here: Here, works_on: tuple[int, ...]) -> str:
    words, days = here.words.first_days, sorted(works_on)
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return put_in(words["to"], first=words[f"days_{days[0]}"], last=words[f"days_{days[-1]}"])
    return ", ".join(words[f"days_{day}"] for day in days)
