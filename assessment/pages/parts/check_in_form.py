"""The five lines of a check-in with plain controls, and what was answered as a list; the same for both sides."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import streamlit as st

from assessment.pages.parts.dress import html
from assessment.pages.parts.trouble import escaped
from assessment.services.check_in import LONGEST_WORDS, CheckIn
from assessment.services.check_in_trends import scale_words
from assessment.training.check_in import CheckInForm

NO_ANSWER = 0  # chosen by whoever would rather not say; a line nobody touched is None


@dataclass(frozen=True)
class Said:
    answers: Mapping[str, int | None]
    own_words: str
    wants_talk: bool


def ask(form: CheckInForm, before: CheckIn, *, send: str, talk: tuple[str, str] | None = None) -> Said | None:
    """The form, filled with what was said before; what it says once it is sent, else None.

    talk : label of the wish to talk and what it brings about, where there is one
    """
    steps = (*dict(form.scale), NO_ANSWER)
    words = {NO_ANSWER: form.no_answer, **dict(form.scale)}
    where = f"{form.side}-{before.id}-{form.language}"
    with st.form(f"check-in-{where}", border=False):
        chosen = {}
        for item in form.items:
            index = None
            if before.answered_at is not None:
                index = steps.index(before.answers.get(item.id) or NO_ANSWER)
            chosen[item.id] = st.radio(
                escaped(item.text),
                steps,
                index=index,
                format_func=lambda step: words[step],
                key=f"line-{item.id}-{where}",
                width="stretch",
            )
        own = st.text_area(escaped(form.open), before.own_words, max_chars=LONGEST_WORDS, height=90, key=f"own-{where}")
        wish = False
        if talk is not None:
            wish = st.checkbox(escaped(talk[0]), before.wants_talk, key=f"talk-{where}")
            html(f'<p class="muted">{escape(talk[1])}</p>')
        if not st.form_submit_button(send, type="primary", width="stretch"):
            return None
    given = {line: step or None for line, step in chosen.items() if step is not None}
    return Said(given, own, wish)


def answered_list(form: CheckInForm, said: CheckIn) -> str:
    """What somebody answered, line by line, as HTML."""
    lines = "".join(
        f"<dt>{escape(item.text)}</dt><dd>{escape(scale_words(said.answers.get(item.id), form.scale, form.no_answer))}</dd>"
        for item in form.items
    )
    own = f'<dt>{escape(form.open)}</dt><dd class="typed">{escape(said.own_words)}</dd>' if said.own_words else ""
    return f'<dl class="answered">{lines}{own}</dl>'
