"""What somebody decided, on the candidate's own page: an offer, another job, or a kind no; from when it was sent."""

import re
from collections.abc import Callable
from html import escape

import streamlit as st

from assessment.messages.plain_pages import put_in, say_date
from assessment.pages.parts.candidate_frame import Here
from assessment.pages.parts.dress import add_sheet, card, html
from assessment.pages.parts.trouble import said_here
from assessment.services import own_words
from assessment.services.offers import MyOffer, answer_offer, my_offer
from assessment.services.redirects import MyRedirect, answer_redirect, my_redirect
from assessment.services.refusals import my_refusal

_LINK = re.compile(r"https?://\S+?(?=[.,;:]?(?:\s|$))")


def decision_cards(here: Here) -> None:
    """The cards of a decision, or nothing while there is none or it was not sent."""
    add_sheet("decision.css")
    if (offer := my_offer(here.house, actor=here.actor, now=here.now)) is not None:
        _offer_card(here, offer)
    if (other := my_redirect(here.house, actor=here.actor, now=here.now)) is not None:
        _redirect_card(here, other)
    if (refusal := my_refusal(here.house, actor=here.actor)) is not None:
        _refusal_card(here, refusal.text)


def _offer_card(here: Here, mine: MyOffer) -> None:
    words, sitting, offer = here.words.decision, here.sitting, mine.offer
    organisation, language = sitting.organisation, sitting.language
    terms = offer.terms
    if mine.hired and terms.start < organisation.day(here.now):
        return  # it stands among the messages, and the person has been here for days
    with card("offer"):
        line = put_in(words["offer_line"], organisation=organisation.name, role=sitting.role_title)
        facts = (("start", say_date(terms.start, language)), ("hours", terms.hours), ("pay", terms.pay))
        html(
            f"<h2>{escape(words['offer_title'])}</h2><p>{escape(line)}</p>"
            f'<dl class="fact-list">{_facts(here, (*facts, ("site", sitting.site)))}</dl>'
        )
        if mine.hired:
            html(f'<p class="lead">{escape(put_in(words["hired"], date=say_date(terms.start, language)))}</p>')
        elif offer.answer is not None and offer.answered_at is not None:
            date = say_date(organisation.day(offer.answered_at), language)
            said = put_in(words[offer.answer], date=date, contact_name=organisation.contact_name)
            html(f'<p class="lead" role="status">{escape(said)}</p>')
        elif mine.late:
            html(f"<p>{escape(put_in(words['late'], contact=_contact(here)))}</p>")
        else:
            html(f"<p>{escape(put_in(words['by'], date=say_date(terms.answer_by, language)))}</p>")
            _two_taps(
                here,
                "offer",
                {"accept": words["sure_accept"], "decline": words["sure_decline"]},
                lambda choice: answer_offer(
                    here.house,
                    "accepted" if choice == "accept" else "declined",
                    actor=here.actor,
                    now=here.now,
                ),
            )
        if not mine.hired and offer.answer != "declined":
            _ask(here, "offer", words["ask"], words["ask_line"], words["sent"])


def _redirect_card(here: Here, mine: MyRedirect) -> None:
    words, sitting = here.words.decision, here.sitting
    organisation, language, rest = sitting.organisation, sitting.language, mine.top_up
    with card("redirect"):
        html(
            f"<h2>{escape(words['redirect_title'])}</h2>"
            f"<p>{escape(put_in(words['redirect_line'], role=mine.title))}</p>"
        )
        if mine.consent is not None:
            said = words["said_yes_line" if mine.consent else "said_no_line"]
            html(f'<p class="lead" role="status">{escape(put_in(said, role=mine.title))}</p>')
            if mine.consent and mine.link:
                go = escape(put_in(words["go"], role=mine.title))
                html(f'<p><a class="button" href="{escape(mine.link, quote=True)}" target="_self">{go}</a></p>')
            return
        facts = (("site", mine.site), ("hours", mine.hours), ("pay", mine.pay))
        html(f'<dl class="fact-list">{_facts(here, facts)}</dl>')
        html(
            f"<h2>{escape(words['facts'])}</h2>"
            + "".join(f"<p><b>{escape(fact.title)}</b><br>{escape(fact.text)}</p>" for fact in mine.facts)
        )
        more = "rest_none" if rest.nothing_missing else "rest" if rest.taken_over else "rest_all"
        said = put_in(words[more], lines=rest.lines, scenes=rest.scenes, minutes=rest.minutes)
        html(
            f"<p>{escape(said)}</p><p><b>{escape(words['share'])}</b></p>"
            f'<p class="muted">{escape(put_in(words["rules"], months=organisation.keep_months))}</p>'
        )
        if mine.late:
            html(f"<p>{escape(put_in(words['late'], contact=_contact(here)))}</p>")
            return
        html(f"<p>{escape(put_in(words['by'], date=say_date(mine.answer_by, language)))}</p>")
        _two_taps(
            here,
            "redirect",
            {
                "say_yes": put_in(words["sure_say_yes"], role=mine.title),
                "say_no": words["sure_say_no"],
            },
            lambda choice: answer_redirect(here.house, choice == "say_yes", actor=here.actor, now=here.now),
        )


def _refusal_card(here: Here, text: str) -> None:
    words = here.words.decision
    with card("refusal"):
        paragraphs = "".join(f"<p>{_linked(part, words['here'])}</p>" for part in text.split("\n\n") if part.strip())
        html(f"<h2>{escape(words['no_title'])}</h2>{paragraphs}")
        html(f'<p><a class="button" href="/questionnaire" target="_self">{escape(words["my_result"])}</a></p>')
        _ask(here, "again", words["again"], words["again_line"], words["again_sent"], mark=words["again_mark"])


def _two_taps(here: Here, name: str, choices: dict[str, str], answer: Callable[[str], object]) -> None:
    """Two large buttons; the one that was tapped asks once more, because an answer cannot be taken back here."""
    words, key = here.words.decision, f"sure-{name}"
    chosen = st.session_state.get(key)
    if chosen not in choices:
        for at, choice in enumerate(choices):
            if st.button(words[choice], key=f"{name}-{choice}", type="secondary" if at else "primary", width="stretch"):
                st.session_state[key] = choice
                st.rerun()
        return
    html(f'<p class="lead" role="status">{escape(choices[chosen])}</p>')
    if st.button(words["sure"], key=f"{name}-sure", type="primary", width="stretch"):
        with said_here():
            answer(chosen)
            st.session_state.pop(key, None)
            st.rerun()
    if st.button(words["back"], key=f"{name}-back", width="stretch"):
        st.session_state.pop(key, None)
        st.rerun()


def _ask(here: Here, name: str, title: str, line: str, thanks: str, *, mark: str = "") -> None:
    """A question to a person, which goes where every question goes; `mark` says what it is about."""
    words = here.words.decision
    with st.expander(title):
        html(f"<p>{escape(line)}</p>")
        with st.form(f"ask-{name}", border=False, clear_on_submit=True):
            text = st.text_area(words["write"], max_chars=2000, key=f"ask-{name}-text")
            if st.form_submit_button(words["send"], width="stretch") and text.strip():
                with said_here():
                    own_words.ask(here.house, f"{mark} {text}".strip(), actor=here.actor, now=here.now)
                    st.session_state[f"asked-{name}"] = True
        if st.session_state.get(f"asked-{name}"):
            html(f'<p role="status">{escape(thanks)}</p>')


def _facts(here: Here, facts: tuple[tuple[str, str], ...]) -> str:
    words = here.words.decision
    return "".join(f"<dt>{escape(words[key])}</dt><dd>{escape(value)}</dd>" for key, value in facts if value)


def _linked(text: str, word: str) -> str:
    """Text as text, with an address as a link that says `here`."""
    parts, at = [], 0
    for found in _LINK.finditer(text):
        parts.append(escape(text[at : found.start()]))
        parts.append(f'<a href="{escape(found.group(), quote=True)}" target="_self">{escape(word)}</a>')
        at = found.end()
    return "".join((*parts, escape(text[at:]))).replace("\n", "<br>")


def _contact(here: Here) -> str:
    return f"{here.sitting.organisation.contact_name}, {here.sitting.organisation.contact}"
