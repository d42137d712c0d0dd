"""What changed since the first answers, and how others see it; the person's own."""

from html import escape

import streamlit as st

from assessment.messages.plain_pages import put_in, say_date
from assessment.pages.parts.candidate_frame import begin, bottom, top
from assessment.pages.parts.dress import add_sheet, card, html
from assessment.pages.parts.growth_cards import change_card
from assessment.pages.parts.peer_cards import peers_card, self_card
from assessment.pages.parts.team_cards import team_question
from assessment.pages.parts.trouble import said_here
from assessment.services import measuring_again
from assessment.services.change_since import change
from assessment.services.growth_members import leave_growth
from assessment.services.peers import my_peers

here = begin()
add_sheet("growth.css")
words, sitting = here.words.growth, here.sitting
top(here, "growth", words["title"], words["line"])
page = measuring_again.own_page(here.house, actor=here.actor, now=here.now)


def button_link(href: str, label: str) -> str:
    return f'<p><a class="button" href="{escape(href, quote=True)}" target="_self">{escape(label)}</a></p>'


def begin_sheet(label: str, *, primary: bool) -> None:
    """Ask for a new sheet; its link is shown, or goes by mail."""
    if st.button(label, type="primary" if primary else "secondary", width="stretch"):
        with said_here():
            link = measuring_again.begin(here.house, actor=here.actor, now=here.now)
            st.session_state["growth-begun"] = link or "mailed"
            st.rerun()


def begun() -> str:
    return str(st.session_state.get("growth-begun", ""))


def first_time() -> None:
    """Somebody who was hired, before they have a page of their own."""
    with card("begin"):
        html(f"<h2>{escape(words['begin_title'])}</h2><p>{escape(words['begin_line'])}</p>")
        if page.from_day is not None:
            html(f"<p>{escape(put_in(words['too_soon'], date=say_date(page.from_day, sitting.language)))}</p>")
            return
        if page.by_mail:
            html(f"<p>{escape(words['begin_mail'])}</p>")
        begin_sheet(words["begin"], primary=True)


def own_link_only() -> None:
    """Came by a link that others may have: nothing is shown, and the own one goes to the person's e-mail."""
    with card("own-link"):
        if begun() == "mailed":
            html(f'<p role="status">{escape(words["mailed"])}</p>')
            return
        if begun():
            html(f"<p>{escape(words['begin_link'])}</p>")
            st.code(begun(), language=None, wrap_lines=True)
            html(button_link(begun(), words["to_questions"]))
            return
        html(f"<p>{escape(words['own_link'])}</p>")
        if not page.by_mail:
            html(f"<p>{escape(words['no_mail'])}</p>")
        elif st.button(words["mail_link"], type="primary", width="stretch"):
            with said_here():
                measuring_again.mail_own_link(here.house, actor=here.actor, now=here.now)
                st.session_state["growth-begun"] = "mailed"
                st.rerun()


def again_card() -> None:
    with card("again"):
        html(f"<h2>{escape(words['again'])}</h2>")
        if page.waits:
            html(f"<p>{escape(words['again_waits'])}</p>{button_link(page.link, words['again_go'])}")
        elif page.from_day is None:
            html(f"<p>{escape(words['again_line'])}</p>")
            begin_sheet(words["again"], primary=False)
        else:
            from_day = say_date(page.from_day, sitting.language)
            html(f"<p>{escape(put_in(words['again_from'], date=from_day))}</p>")


def yours_card() -> None:
    with card("yours"):
        html(f"<h2>{escape(words['yours'])}</h2><p>{escape(words['yours_link'])}</p>")
        st.code(page.link, language=None, wrap_lines=True)
        html(f'<p class="muted">{escape(words["yours_until"])}</p>')
        with st.expander(words["take"]):
            html(f"<p>{escape(words['take_line'])}</p>")
            if st.button(words["take_sure"], width="stretch"):
                leave_growth(here.house, actor=here.actor, now=here.now)
                st.session_state["growth-taken"] = True
                st.rerun()


if st.session_state.pop("growth-taken", False):
    html(f'<p role="status">{escape(words["taken"])}</p>')
if sitting.purpose == "growth" and not page.own:
    html(f"<p>{escape(words['answer_first'])}</p>{button_link('/questionnaire', words['to_questions'])}")
elif page.begun and not page.own:
    own_link_only()
elif not page.begun:
    first_time()
else:
    if sitting.status == "submitted":
        html(button_link("/questionnaire", words["result"]))
    change_card(here, change(here.house, actor=here.actor, now=here.now))
    again_card()
    peers = my_peers(here.house, actor=here.actor, now=here.now)
    self_card(here, peers)
    peers_card(here, peers)
    yours_card()
    if sitting.purpose == "growth":
        team_question(here)
html(f'<p><a href="/first-days" target="_self">{escape(words["home"])}</a></p>')
bottom(here, leave=False)
