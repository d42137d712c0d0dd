"""How somebody talks with people: their own view, whom they ask, and what colleagues say, from five people up."""

from html import escape

import streamlit as st

from assessment.messages.plain_pages import put_in, say_date
from assessment.pages.parts.candidate_frame import Here
from assessment.pages.parts.dress import card, html
from assessment.pages.parts.trouble import said_here
from assessment.services.peers import MyPeers, PeerLine, ask_colleague, save_self
from assessment.training.growth_items import HIGHEST, LOWEST, NO_CHANCE, GrowthWords, growth_items, growth_words

LANGUAGES = {"en": "English", "es": "Español"}


def self_card(here: Here, found: MyPeers) -> None:
    """Eight lines, each with how often; the newest stands."""
    words, said = here.words.growth, growth_words(here.sitting.language)
    with card("self"):
        html(f"<h2>{escape(words['self'])}</h2><p>{escape(said.intro_self)}</p>")
        if found.own_on is not None:
            on = say_date(found.own_on, here.sitting.language)
            html(f"<p>{escape(put_in(words['self_on'], date=on))}</p>")
        with st.expander(words["self_open"]), st.form("self", border=False):
            scale = _scale(said)
            picked = {
                item: st.radio(
                    said.self[item],
                    list(scale),
                    format_func=lambda value: scale[value],
                    index=list(scale).index(found.own[item]) if item in found.own else None,
                    key=f"self-{item}-{here.sitting.language}",
                    width="stretch",
                )
                for item in growth_items().ids
            }
            if st.form_submit_button(words["self_save"], width="stretch"):
                answers = {item: value for item, value in picked.items() if value is not None}
                if len(answers) < len(picked):
                    html(f'<p role="alert">{escape(words["self_missing"])}</p>')
                else:
                    with said_here():
                        save_self(here.house, answers, actor=here.actor, now=here.now)
                        st.session_state["self-saved"] = True
                        st.rerun()
        if st.session_state.pop("self-saved", False):
            html(f'<p role="status">{escape(words["self_saved"])}</p>')


def peers_card(here: Here, found: MyPeers) -> None:
    """Means beside one's own view once there are enough; whom to ask, and who was asked."""
    words, said = here.words.growth, growth_words(here.sitting.language)
    with card("peers"):
        html(f"<h2>{escape(words['peers'])}</h2><p>{escape(words['peers_line'])}</p>")
        if found.shown:
            html(f"<p>{escape(put_in(words['peers_shown'], n=found.shown))}</p>")
            html("".join(_sides(line, said, words) for line in found.lines))
            if found.said:
                quotes = "".join(f"<blockquote>{escape(one)}</blockquote>" for one in found.said)
                html(f"<h3>{escape(words['peers_words'])}</h3><div class='wordlist'>{quotes}</div>")
        if found.asked:
            count = put_in(words["peers_count"], answered=found.answered, asked=len(found.asked))
            few = "" if found.shown else f" {words['peers_few']}"
            html(f'<p role="status">{escape(count + few)}</p>')
        else:
            html(f"<p>{escape(words['peers_none'])} {escape(words['peers_few'])}</p>")
        _links(here, found)
        if not found.may_ask:
            html(f"<p>{escape(words['peers_enough'])}</p>")
            return
        with st.form("ask-peer", border=False, clear_on_submit=True):
            name = st.text_input(words["peers_name"], max_chars=200)
            email = st.text_input(words["peers_mail"], max_chars=320)
            language = st.selectbox(
                words["peers_language"],
                list(LANGUAGES),
                index=list(LANGUAGES).index(here.sitting.language),
                format_func=lambda code: LANGUAGES[code],
            )
            if st.form_submit_button(words["peers_ask"], width="stretch"):
                with said_here():
                    ask_colleague(here.house, name, email, language=language, actor=here.actor, now=here.now)
                    st.session_state["peer-asked"] = True
                    st.rerun()
        if st.session_state.pop("peer-asked", False) and here.house.sends_mail:
            html(f'<p role="status">{escape(words["peers_asked"])}</p>')
        html(f'<p class="muted">{escape(put_in(words["peers_left"], n=found.may_ask))}</p>')


def _links(here: Here, found: MyPeers) -> None:
    """Where no mail is sent, the person gives each colleague their link; who has answered is not told."""
    words, by_hand = here.words.growth, [one for one in found.asked if one.link]
    if not by_hand:
        return
    with st.expander(f"{words['peers_links']} ({len(by_hand)})"):
        html(f"<p>{escape(words['peers_links_line'])}</p>")
        for one in by_hand:
            until = put_in(words["peers_until"], date=say_date(one.until, here.sitting.language))
            html(f'<p><b>{escape(one.name)}</b><br><span class="muted">{escape(until)}</span></p>')
            st.code(one.link, language=None, wrap_lines=True)


def _scale(said: GrowthWords) -> dict[int, str]:
    return {**dict(sorted(said.scale.items())), NO_CHANCE: said.no_chance}


def _sides(line: PeerLine, said: GrowthWords, words: dict[str, str]) -> str:
    """One's own word and the colleagues' mean with its spread, on the same five steps; in words for who cannot see it."""
    own = f'<div class="side"><span>{escape(words["peers_mine"])}</span>'
    if line.own is None:
        own += f'<span class="muted">{escape(said.no_chance)}</span></div>'
    else:
        own += (
            _steps(said.scale[line.own], f'<span class="mark own" style="left:{_at(line.own):.0f}%"></span>') + "</div>"
        )
    theirs = f'<div class="side"><span>{escape(words["peers_theirs"])}</span>'
    if line.mean is None or line.spread is None:
        return f'<div class="sides"><h3>{escape(said.self[line.item])}</h3>{own}{theirs}<span class="muted">{escape(words["peers_open"])}</span></div></div>'
    low, high = max(line.mean - line.spread, LOWEST), min(line.mean + line.spread, HIGHEST)
    mean, least, most = (said.scale[round(value)].lower() for value in (line.mean, low, high))
    told = put_in(words["peers_alike" if least == most else "peers_spread"], mean=mean, low=least, high=most)
    theirs += _steps(
        told,
        f'<span class="spread" style="left:{_at(low):.0f}%;right:{100 - _at(high):.0f}%"></span>'
        f'<span class="mark" style="left:{_at(line.mean):.0f}%"></span>',
    )
    return (
        f'<div class="sides"><h3>{escape(said.self[line.item])}</h3>{own}{theirs}</div>'
        f'<p class="muted">{escape(told)}</p></div>'
    )


def _steps(told: str, marks: str) -> str:
    return f'<span class="steps" role="img" aria-label="{escape(told, quote=True)}">{marks}</span>'


def _at(value: float) -> float:
    return min(max((value - LOWEST) / (HIGHEST - LOWEST) * 100, 2), 98)
