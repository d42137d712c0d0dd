"""The same questions with plain controls, for browsers in which the other page does not work.

An answer is saved in the body of the script whenever it differs from the store, so that
the store is right whatever order the clicks came in.
"""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from assessment.messages.plain_pages import put_in
from assessment.pages.parts.candidate_frame import begin, bottom, go_on, top
from assessment.pages.parts.dress import html
from assessment.services.answers import Answer, save_answers, submit

PER_PAGE = 5
NOTHING = ""  # chosen where no answer is given
here = begin()
sitting, words = here.sitting, here.words.simple
library, language = here.house.library, sitting.language
wording, scenes = library.wording(sitting.form.questionnaire, language), library.scenario_wording(language)


def of_five(items: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(items[at : at + PER_PAGE]) for at in range(0, len(items), PER_PAGE)]


def as_one_goes() -> list[tuple[str, ...]]:
    """The statements met so far; where they end and more are wanted, one page more of them."""
    met: list[tuple[str, ...]] | None = st.session_state.get("simple-met")
    if met is None:
        met = of_five([id_ for id_ in sitting.shown if id_ in sitting.answers])
        st.session_state["simple-page"] = len(met)
    if st.session_state.get("simple-page", 0) == len(met):
        seen = {id_ for page in met for id_ in page}
        met = [*met, *of_five([id_ for id_ in sitting.next if id_ in sitting.form.items and id_ not in seen])[:1]]
    st.session_state["simple-met"] = met
    return met


parts = as_one_goes() if sitting.adaptive else of_five(sitting.shown)
pages: list[tuple[str, ...]] = [*parts, *((scene,) for scene in sitting.form.scenarios)]
at = min(int(st.session_state.get("simple-page", 0)), len(pages))


def choose(label: str, field: str, options: Mapping[int, str] | Mapping[str, str]) -> None:
    """One field. What another device changed since this page last looked is shown, not written over."""
    saved, key = sitting.answers.get(field), f"{field}-{language}"
    seen: dict[str, int | str | None] = st.session_state.setdefault("simple-seen", {})
    if key not in st.session_state or seen.get(field, saved) != saved:
        st.session_state[key] = NOTHING if saved is None else saved
    seen[field] = saved
    said: dict[int | str, str] = {NOTHING: words["none"]}
    said.update(sorted(options.items()))
    chosen = st.radio(label, list(said), format_func=lambda option: said[option], key=key, width="stretch")
    value = None if chosen == NOTHING else chosen
    if value != saved:
        answer = Answer(field, value, sitting.revs.get(field, 0) + 1)
        save_answers(here.house, [answer], actor=here.actor, now=here.now)
        seen[field] = value
        st.rerun()


if sitting.adaptive:
    line = put_in(words["line_adaptive"], done=len(sitting.answers), n=sitting.about)
else:
    done = len(sitting.form.fields()) - sitting.left
    line = put_in(words["line"], done=done, all=len(sitting.form.fields()))
top(here, "simple", words["title"], line)

if at < len(pages):
    for id_ in pages[at]:
        if id_ in sitting.form.scenarios:
            scene = scenes.scenarios[id_]
            html(f'<p class="lead">{escape(scene.stem)}</p>')
            for which in ("best", "worst"):
                choose(words[which], f"{id_}.{which}", scene.options)
            best, worst = (sitting.answers.get(f"{id_}.{which}") for which in ("best", "worst"))
            if best is not None and best == worst:
                html(f'<p role="status">{escape(words["same"])}</p>')
        else:
            choose(wording.statement(id_), id_, wording.scale)
    if st.button(words["next"], type="primary", width="stretch"):
        st.session_state["simple-page"] = at + 1
        st.rerun()
else:
    met = {id_ for page in pages for id_ in page} | {
        f"{id_}.{which}" for id_ in sitting.form.scenarios for which in ("best", "worst")
    }
    if skipped := sum(field in met for field in sitting.next):
        html(f"<p>{escape(put_in(words['open'], n=skipped))}</p>")
    if st.button(words["finish"], type="primary", width="stretch"):
        submit(here.house, actor=here.actor, now=here.now, skip=True)
        go_on(here)
if at and st.button(words["back"], width="stretch"):
    st.session_state["simple-page"] = at - 1
    st.rerun()

if st.button(words["other"], key="component", type="tertiary"):
    go_on(here)
bottom(here)
