"""Before first use: the legal contact and the works council, or that there is none."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import day
from assessment.services.sign_off import SignOff, missing, sign, signed, take_back

ASK = {
    "legal_contact": (
        "Legal contact",
        "Who has looked at whether and how you may use this questionnaire where you are: the notice to candidates, what is "
        "kept and for how long, another way to answer. Carefit gives no legal advice.",
        "Name of the legal contact",
        "What was agreed, if anything",
    ),
    "works_council": (
        "Works council or staff speaker",
        "Where there is one, they have been asked and agree. Where there is none, say so in your own words.",
        "Name, or leave it empty where there is none",
        "What was agreed, or that there is none and why",
    ),
}


def sign_off_card(desk: Desk) -> None:
    """What is signed and by whom; an administrator signs, takes back, or signs anew."""
    there = signed(desk.house, actor=desk.actor)
    left = missing(desk.house, actor=desk.actor)
    with card("sign-off"):
        state = chip("attend", "not done yet") if left else chip("good", "done")
        if desk.organisation.made_up:
            state = chip("quiet", "not asked for here, since the people are made up")
        html(f"<h2>Before first use</h2><p>{state}</p>")
        if left:
            html("<p>Nobody can be invited until both of these are written down.</p>")
        for kind, (title, line, name, note) in ASK.items():
            html(f'<p><b>{title}</b></p><p class="muted">{line}</p>')
            if kind in there:
                _signed(desk, there[kind])
            elif desk.actor.role == "administrator":
                with st.form(f"sign-{kind}", border=False):
                    first, second = st.columns(2)
                    named = first.text_input(name, max_chars=200, key=f"name-{kind}")
                    words = second.text_input(note, max_chars=1000, key=f"note-{kind}")
                    if st.form_submit_button("Write it down"):
                        with said_here():
                            sign(desk.house, kind, name=named, note=words, actor=desk.actor, now=desk.now)
                            st.rerun()
            else:
                html("<p>An administrator writes this down.</p>")


def _signed(desk: Desk, found: SignOff) -> None:
    named = f"<b>{escape(found.name)}</b>" if found.name else "There is none."
    note = f" “{escape(found.note)}”" if found.note else ""
    html(f'<p>{named}{note}</p><p class="muted small">Written down by {escape(found.by)}, {day(found.at)}.</p>')
    if desk.actor.role == "administrator" and st.button("Take it back", key=f"take-back-{found.kind}"):
        take_back(desk.house, found.kind, actor=desk.actor, now=desk.now)
        st.rerun()
