"""The openings of the organisation, and a new one from a role pack."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import begin, top
from assessment.pages.parts.trouble import said_here
from assessment.roles.library import role_words
from assessment.services.vacancies import DEVELOPMENT_ONLY, Vacancy, list_vacancies, open_vacancy

desk = begin()
known = list_vacancies(desk.house, actor=desk.actor, now=desk.now)
top(
    desk,
    "openings",
    "Openings",
    "Each opening has its own people, its own honest facts and its own version of what the role asks for.",
)


def row(vacancy: Vacancy) -> str:
    c = vacancy.counts
    state = chip("quiet", "closed") if vacancy.closed_at else ""
    return (
        f'<li><div><a class="who" href="/opening?vacancy={vacancy.id}" target="_self">{escape(vacancy.title)}</a> {state}'
        f'<div class="sub">{escape(" · ".join(x for x in (vacancy.site, vacancy.hours, vacancy.pay) if x))}</div></div>'
        f'<div class="sub num">{c.invited} invited · {c.finished} finished</div></li>'
    )


with card("openings"):
    if known:
        html(f'<ul class="rows todo">{"".join(map(row, known))}</ul>')
    else:
        html(
            '<div class="empty"><p class="lead">Your openings will stand here.</p><p>Begin with the form below.</p></div>'
        )

with card("new"):
    html("<h2>New opening</h2>")
    words = role_words("en")
    roles = [role for role in desk.house.library.roles() if role not in DEVELOPMENT_ONLY]
    role = st.selectbox("Role pack", roles, format_func=lambda r: words[r].title, key="role")
    html(f'<p class="muted">{escape(words[role].purpose)}</p>')
    html(
        '<p class="muted small">The physician pack is for development and training only: no opening can be made with it until its '
        'profile is in use. You can read it under <a href="/profile?role=physician" target="_self">Role profiles</a>.</p>'
    )
    with st.form("new-opening", border=False):
        title = st.text_input("Title", value=words[role].title, max_chars=200, key=f"title-{role}")
        site = st.text_input("Site", max_chars=200, placeholder="Which house or ward")
        left, right = st.columns(2)
        hours = left.text_input("Hours", max_chars=200, placeholder="30 h a week, early shifts")
        pay = right.text_input("Pay", max_chars=200, placeholder="€15.80 an hour")
        if st.form_submit_button("Open it", type="primary"):
            with said_here():
                opened = open_vacancy(
                    desk.house, role, title=title, site=site, hours=hours, pay=pay, actor=desk.actor, now=desk.now
                )
                st.switch_page("hr/opening.py", query_params={"vacancy": opened.id})
