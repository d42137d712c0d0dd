"""The check-in on the newcomer's own first page. Apart from the staff's cards, which draw charts."""

from html import escape

import streamlit as st

from assessment.messages.plain_pages import put_in, say_date
from assessment.pages.parts.candidate_frame import Here
from assessment.pages.parts.dress import card, html
from assessment.services.check_ins import my_check_in


def due_card(here: Here) -> None:
    """On the newcomer's own page: what is open, or thanks; nothing while nothing is."""
    found = my_check_in(here.house, actor=here.actor, now=here.now)
    at = found.now
    if at is None:
        return
    words, language = here.words.check_in, here.sitting.language
    with card("check-in-due"):
        html(f"<h2>{escape(put_in(words['card'], day=at.check_in.day))}</h2>")
        if at.check_in.answered_at is not None:
            done = put_in(words["card_done"], lead=found.lead, date=say_date(at.check_in.talk_by, language))
            html(
                f"<p>{escape(done)}</p>"
                f'<p><a class="button" href="/how-it-goes" target="_self">{escape(words["see"])}</a></p>'
            )
            return
        html(f"<p>{escape(put_in(words['card_line'], date=say_date(at.check_in.open_until, language)))}</p>")
        if st.button(words["answer"], type="primary", width="stretch", key="check-in-now"):
            st.switch_page("candidate/check_in.py")
