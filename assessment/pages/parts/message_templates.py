"""The words of messages on the page: edited beside how they will read, with what is to be said of them."""

from html import escape

import streamlit as st

from assessment.messages.template_check import LONGEST_SUBJECT
from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.message_words import MESSAGES
from assessment.reports.words import day, plural
from assessment.services.message_templates import (
    Preview,
    back_to_shipped,
    edit_template,
    explained,
    message_template,
    message_templates,
    preview_template,
    template_versions,
)

LANGUAGES = {"en": "English", "es": "Spanish"}


def templates(desk: Desk) -> None:
    """One message in one language: its words, how they read, and its history."""
    left, right = st.columns([1, 2])
    language = left.selectbox("Language", list(LANGUAGES), format_func=lambda c: LANGUAGES[c], key="language")
    kinds = {kind.id: kind for kind in message_templates(desk.house, language, actor=desk.actor)}
    id_ = right.selectbox(
        "Message",
        list(kinds),
        format_func=lambda k: f"{MESSAGES.get(k, k)}{' · your words' if kinds[k].own else ''}",
        key=f"template-{language}",
    )
    words, seen = st.columns([1, 1], gap="medium")
    with words, card("words"):
        subject, text, sms = _fields(desk, id_, language, kinds[id_].version)
    found = preview_template(desk.house, id_, language, subject=subject, text=text, sms=sms, actor=desk.actor)
    with seen, card("preview"):
        _show(found)
    with words, card("keep"):
        _save(desk, id_, language, (subject, text, sms), found)
    _history(desk, id_, language, own=kinds[id_].own)


def _fields(desk: Desk, id_: str, language: str, version: str) -> tuple[str, str, str]:
    used = message_template(desk.house, id_, language, actor=desk.actor)
    key = f"{id_}-{language}-{version}"
    html(f"<h2>Words</h2><p class='muted small'>Version {escape(version)}</p>")
    subject = st.text_input("Subject", used.subject, max_chars=LONGEST_SUBJECT, key=f"subject-{key}")
    text = st.text_area("Text", used.text.strip(), height=380, key=f"text-{key}")
    sms = st.text_area("Text message (may be empty)", used.sms or "", height=110, key=f"sms-{key}")
    with st.expander("What the placeholders stand for"):
        rows = "".join(
            f"<tr><td><code>{{{{ {name} }}}}</code></td><td>{escape(words)}</td></tr>"
            for name, words in explained(id_, language).items()
        )
        html(f"<table><tbody>{rows}</tbody></table>")
    return subject, text, sms


def _show(found: Preview) -> None:
    html("<h2>How it reads</h2><p class='muted small'>With made-up values.</p>")
    check = found.check
    facts = [chip("quiet", plural(check.words, "word"))]
    if check.grade is not None:
        facts.append(chip("quiet", f"Reading grade {max(check.grade, 0):.1f}"))
    if found.message and found.message.sms:
        sms = check.sms
        kind = "quiet" if sms.parts == 1 else "attend"
        facts.append(chip(kind, f"{sms.units} of {sms.most_in_one} units, {plural(sms.parts, 'text message')}"))
    html(f'<div class="facts">{"".join(facts)}</div>')
    for problem in check.problems:
        html(f"<p>{chip('attend', problem)}</p>")
    for name in check.must_stay:
        html(f"<p>{chip('attend', f'{{{{ {name} }}}} has to stay')}</p>")
    left_out = [name for name in check.missing if name not in check.must_stay]
    if left_out:
        html(f"<p>{chip('quiet', 'Not used: ' + ', '.join(left_out))}</p>")
    if found.message is None:
        return
    html(
        f'<div class="letter"><p class="subject">{escape(found.message.subject)}</p>'
        f'<p class="body">{escape(found.message.text)}</p></div>'
    )
    if found.message.sms:
        html(f'<div class="letter"><p class="body">{escape(found.message.sms)}</p></div>')
        if check.sms.costly:
            letters = " ".join(check.sms.costly)
            html(
                f'<p class="muted small">{escape(letters)} {"is" if len(check.sms.costly) == 1 else "are"} outside the '
                "alphabet of text messages, so fewer letters fit into one.</p>"
            )


def _save(desk: Desk, id_: str, language: str, words: tuple[str, str, str], found: Preview) -> None:
    may_go = [name for name in found.check.missing if name not in found.check.must_stay]
    leave_out = st.multiselect("Left out on purpose", may_go, key=f"leave-{id_}-{language}") if may_go else []
    reason = st.text_input("Why do you change it?", max_chars=1_000, key=f"reason-{id_}-{language}")
    with said_here():
        if st.button("Save as a new version", type="primary"):
            subject, text, sms = words
            edit_template(
                desk.house,
                id_,
                language,
                subject=subject,
                text=text,
                sms=sms,
                reason=reason,
                leave_out=leave_out,
                actor=desk.actor,
                now=desk.now,
            )
            st.rerun()


def _history(desk: Desk, id_: str, language: str, *, own: bool) -> None:
    versions = template_versions(desk.house, id_, language, actor=desk.actor)
    if not versions:
        return
    with card("history"):
        html("<h2>History</h2>")
        lines = "".join(
            f'<li><div><span class="who">{escape(v.version)}</span> {"" if v.template else "back to the words that ship"}'
            f'<div class="sub">{escape(v.author)}, {day(v.created_at)}: {escape(v.reason)}</div></div></li>'
            for v in reversed(versions)
        )
        html(f'<ul class="rows">{lines}</ul>')
        if own:
            reason = st.text_input("Why back?", max_chars=1_000, key=f"back-{id_}-{language}")
            with said_here():
                if st.button("Use the words that ship again"):
                    back_to_shipped(desk.house, id_, language, reason=reason, actor=desk.actor, now=desk.now)
                    st.rerun()
