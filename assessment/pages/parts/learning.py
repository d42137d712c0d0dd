"""Modules and seminars on other pages: those of a newcomer for themselves, and what they have learnt for who leads them."""

from collections.abc import Callable, Collection, Iterable
from html import escape

import streamlit as st

from assessment.errors import AssessmentError
from assessment.messages.plain_pages import put_in
from assessment.pages.parts.candidate_frame import Here
from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import day, plural
from assessment.services.learning import Learnt, confirm, learning_of
from assessment.services.module_work import MyModule, my_modules
from assessment.services.my_seminars import MySeminar, give_back, my_seminars, sign_up

CHIPS = {"new": "quiet", "begun": "quiet", "done": "good", "confirmed": "good"}
STATES = {"new": "Not begun", "begun": "Begun", "done": "Done", "confirmed": "Seen in practice"}


def modules_card(here: Here, module_ids: Iterable[str]) -> None:
    """The modules of one's plan, and more for the same role below them.

    module_ids : those of the plan, in its order
    """
    words = here.words.module
    found = my_modules(here.house, module_ids, actor=here.actor)
    add_sheet("learning.css")
    if not (found.planned or found.more):
        return
    with card("modules"):
        if found.planned:
            said = put_in(words["mine_done"], done=found.done, all=len(found.planned))
            html(f'<h2>{escape(words["mine"])}</h2><p class="muted">{escape(said)}</p>{_rows(here, found.planned)}')
        if found.more:
            level = "h3" if found.planned else "h2"
            html(f"<{level}>{escape(words['more'])}</{level}><p>{escape(words['more_line'])}</p>")
            begun = [one for one in found.more if one.state != "new"]
            fresh = [one for one in found.more if one.state == "new"]
            if begun:
                html(_rows(here, begun))
            if fresh:
                show = put_in(words["more_show"], n=len(fresh))
                opened = "" if found.planned else " open"  # where there is no plan, the library is what is here
                html(
                    f'<details class="more-modules"{opened}><summary>{escape(show)}</summary>{_rows(here, fresh)}</details>'
                )


def seminars_card(here: Here, module_ids: Collection[str] = (), *, only: bool = False) -> None:
    """Dates for one's modules: a place to take, to wait for, to give back.

    module_ids : of one's plan, beside those for one's role; `only` these, and nothing where there is no date
    """
    words = here.words.module
    found = my_seminars(here.house, module_ids, actor=here.actor, now=here.now)
    if only:
        found = tuple(one for one in found if one.seminar.module in module_ids)
        if not found:
            return
    add_sheet("learning.css")
    with card("seminars"):
        html(f"<h2>{escape(words['seminars'])}</h2>")
        if thanks := st.session_state.pop("seminar-said", ""):
            html(f'<p role="status">{chip("good", thanks)}</p>')
        if trouble := st.session_state.pop("seminar-trouble", ""):
            html(f'<p role="alert">{chip("attend", trouble)}</p>')
        line = words["seminars_line"] if found else words["seminars_none"]
        html(f'<p class="muted">{escape(line)}</p>')
        for at, one in enumerate(found):
            _seminar(here, one, first=at == 0)


def learning_card(desk: Desk, application_id: str) -> None:
    """What a newcomer has begun and done, and “I have seen it in practice”."""
    found = learning_of(desk.house, application_id, actor=desk.actor)
    add_sheet("learning.css")
    with card("learning"):
        html("<h2>Modules</h2>")
        if not found.modules:
            html('<p class="muted">No module is begun yet.</p>')
            return
        html(
            f'<p class="muted">{plural(found.done, "module")} done, about {plural(found.minutes, "minute")} of learning. '
            "Steps, answers and notes are the newcomer's own and are not shown.</p>"
        )
        for one in found.modules:
            _learnt(desk, application_id, one)


def _rows(here: Here, modules: Iterable[MyModule]) -> str:
    words, language = here.words.module, here.sitting.language
    rows = []
    for one in modules:
        spoken = f' lang="{one.language}"' if one.language != language else ""
        chips = chip(CHIPS[one.state], words[f"state_{one.state}"])
        rows.append(
            f'<li><a href="/learn?module={escape(one.id)}" target="_self"><b{spoken}>{escape(one.title)}</b>'
            f"<small>{escape(put_in(words['minutes'], n=one.minutes))}</small>{chips}</a></li>"
        )
    return f'<ul class="learn-rows">{"".join(rows)}</ul>'


def _seminar(here: Here, one: MySeminar, *, first: bool) -> None:
    words, seminar = here.words.module, one.seminar
    facts = (one.when, seminar.place, put_in(words["leader"], name=seminar.led_by))
    html(
        f'<div class="learn-facts{"" if first else " next"}"><b>{escape(seminar.title)}</b>'
        f"{''.join(f'<span>{escape(fact)}</span>' for fact in facts)}</div><p>{_standing(here, one)}</p>"
    )
    act = f"seminar-{seminar.id}"
    with st.container(key=act):
        if one.standing == "place":
            html(f'<p><a class="button" href="/my/seminar/{seminar.id}.ics">{escape(words["save"])}</a></p>')
        if one.began:
            return
        if one.standing is not None:
            label = words["give"] if one.standing == "place" else words["stop"]
            if st.button(label, key=f"give-{seminar.id}", width="stretch"):
                _do(lambda: give_back(here.house, seminar.id, actor=here.actor, now=here.now), words["given"])
        elif seminar.free:
            if st.button(words["take"], key=f"take-{seminar.id}", width="stretch"):
                _do(lambda: sign_up(here.house, seminar.id, actor=here.actor, now=here.now), words["taken"])
        else:
            html(f"<p>{escape(words['full'])}</p>")
            if st.button(words["wait"], key=f"wait-{seminar.id}", width="stretch"):
                _do(lambda: sign_up(here.house, seminar.id, wait=True, actor=here.actor, now=here.now), words["waits"])


def _standing(here: Here, one: MySeminar) -> str:
    words, free = here.words.module, one.seminar.free
    if one.standing == "place":
        return chip("good", words["yours"])
    if one.standing == "waiting":
        return chip("quiet", put_in(words["before"], n=one.ahead) if one.ahead else words["next"])
    if not free:
        return ""
    return chip("quiet", words["free_one"] if free == 1 else put_in(words["free"], n=free))


def _do(act: Callable[[], object], thanks: str) -> None:
    """Do it, and say below the heading what came of it; the list is read anew either way."""
    try:
        act()
    except AssessmentError as error:
        st.session_state["seminar-trouble"] = str(error)
    else:
        st.session_state["seminar-said"] = thanks
    st.rerun()


def _learnt(desk: Desk, application_id: str, one: Learnt) -> None:
    facts = [plural(one.minutes, "minute"), f"begun {day(one.begun_at)}"]
    facts += [f"done {day(one.done_at)}"] if one.done_at else []
    facts += [f"at the seminar, noted by {one.noted_by}"] if one.noted_by else []
    facts += [f"seen by {one.seen_by}, {day(one.seen_at)}"] if one.seen_at else []
    html(
        f'<div class="learn-facts"><b><a href="/module?id={escape(one.id)}" target="_self">{escape(one.title)}</a></b>'
        f"<span>{escape(' · '.join(facts))}</span></div><p>{chip(CHIPS[one.state], STATES[one.state])}</p>"
    )
    if one.state == "done":
        with said_here():
            if st.button("I have seen it in practice", key=f"seen-{one.id}"):
                confirm(desk.house, application_id, one.id, actor=desk.actor, now=desk.now)
                st.rerun()
