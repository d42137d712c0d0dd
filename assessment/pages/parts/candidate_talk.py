"""The talk on the candidate's own page: a time to pick, the time they have, another one, giving it back."""

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from assessment.errors import AssessmentError
from assessment.messages.plain_pages import put_in
from assessment.pages.parts.candidate_frame import Here
from assessment.pages.parts.dress import add_sheet, card, html
from assessment.pages.parts.trouble import escaped
from assessment.services.interviews import OpenSlot, cancel_pick, open_slots, pick
from assessment.services.status import PickedTime, Status

TAKING = "talk-taking"
FEW = 8  # times that stand below each other without choosing the day first


def talk_card(here: Here, found: Status) -> None:
    """Nothing for whoever was not asked, or has their answer."""
    if not found.asked:
        return
    words = here.words.progress
    add_sheet("status.css")
    if taking := st.session_state.pop(TAKING, ""):
        _do(lambda: pick(here.house, taking, actor=here.actor, now=here.now), words["set"])
    with card("talk"):
        if found.picked is None:
            html(f"<h2>{escape(words['choose'])}</h2>")
            _said()
            if found.may_pick:
                html(f"<p>{escape(words['choose_line'])}</p>")
            _choose(here, found, none_free=words["none_free"], take=words["take"])
            return
        html(f"<h2>{escape(words['booked'])}</h2>")
        _said()
        html(_facts(here, found.picked))
        html(f'<p><a class="button" href="/my/interview.ics">{escape(words["save"])}</a></p>')
        if found.picked.began or not found.may_pick:
            html(f'<p class="muted">{escape(put_in(words["began"], contact=_contact(here)))}</p>')
            return
        with st.expander(words["change"], key="change-time"):
            _choose(here, found, none_free=words["none_other"], take=words["take_other"])
        with st.expander(words["cannot"], key="give-back"):
            _give_back(here)


def _choose(here: Here, found: Status, *, none_free: str, take: str) -> None:
    """Large rows, one for each free time; of many, those of one day."""
    words = here.words.progress
    free = open_slots(here.house, actor=here.actor, now=here.now) if found.may_pick else ()
    if not free:
        html(f"<p>{escape(put_in(none_free, contact=_contact(here)))}</p>")
        return
    days = {slot.day: slot.day_words for slot in free}
    seen: Sequence[OpenSlot] = free
    one_day = len(days) == 1
    if len(free) > FEW and not one_day:
        day = st.selectbox(words["day"], list(days), format_func=lambda d: days[d], key="talk-day")
        seen, one_day = [slot for slot in free if slot.day == day], True
    elif one_day:
        html(f'<p class="lead">{escape(free[0].day_words)}</p>')
    by_id = {slot.id: slot for slot in seen}
    captions = [_caption(here, slot) for slot in seen]
    alike = len(set(captions)) == 1
    if alike:  # what is the same of all of them is said once
        html(f'<p class="muted">{escape(captions[0])}</p>')
    chosen = st.radio(
        words["time"],
        list(by_id),
        index=None,
        format_func=lambda id_: by_id[id_].clock if one_day else by_id[id_].when,
        captions=None if alike else [escaped(caption) for caption in captions],
        key=f"talk-time-{seen[0].day}-{len(seen)}",
        width="stretch",
    )
    if chosen is not None:  # what was chosen is kept as it is pressed: by the next run somebody may have taken it
        st.button(take, key="take-time", type="primary", width="stretch", on_click=_remember, args=(chosen,))
    else:
        st.button(take, key="take-none", type="primary", width="stretch", disabled=True)


def _remember(slot_id: str) -> None:
    st.session_state[TAKING] = slot_id


def _caption(here: Here, slot: OpenSlot) -> str:
    words = here.words.progress
    parts = (
        put_in(words["minutes"], n=slot.minutes),
        slot.place,
        put_in(words["with"], names=slot.interviewers),
    )
    return " · ".join(parts)


def _give_back(here: Here) -> None:
    words = here.words.progress
    html(f"<p>{escape(words['cannot_line'])}</p>")
    because = st.text_area(words["why"], max_chars=1000, key="because", height=100)
    if st.button(words["give_up"], key="give-up", width="stretch"):
        _do(lambda: cancel_pick(here.house, because, actor=here.actor, now=here.now), words["given_up"])


def _do(act: Callable[[], object], thanks: str) -> None:
    """Do it, and say below the heading what came of it; the list is read anew either way."""
    try:
        act()
    except AssessmentError as error:
        st.session_state["talk-trouble"] = str(error)
    else:
        st.session_state["talk-said"] = thanks
    st.rerun()


def _said() -> None:
    if thanks := st.session_state.pop("talk-said", ""):
        html(f'<p role="status" class="lead">{escape(thanks)}</p>')
    if trouble := st.session_state.pop("talk-trouble", ""):
        html(f'<p role="alert" class="trial">{escape(trouble)}</p>')


def _facts(here: Here, picked: PickedTime) -> str:
    words = here.words.progress
    facts = (
        ("when", picked.when),
        ("long", put_in(words["minutes"], n=picked.minutes)),
        ("where", picked.place),
        ("who", picked.interviewers),
    )
    rows = "".join(f"<dt>{escape(words[key])}</dt><dd>{escape(value)}</dd>" for key, value in facts)
    return f'<dl class="talk-facts">{rows}</dl>'


def _contact(here: Here) -> str:
    return f"{here.sitting.organisation.contact_name}, {here.sitting.organisation.contact}"
