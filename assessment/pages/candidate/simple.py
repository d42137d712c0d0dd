"""The same questions with plain controls, for browsers in which the other page does not work.

An answer is saved in the body of the script whenever it differs from the store, so that
the store is right whatever order the clicks came in.
"""

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
parts = [sitting.form.items[at : at + PER_PAGE] for at in range(0, len(sitting.form.items), PER_PAGE)]
pages: list[tuple[str, ...]] = [*parts, *((scene,) for scene in sitting.form.scenarios)]
at = min(int(st.session_state.get("simple-page", 0)), len(pages))


def keep(field: str, value: int | str | None) -> None:
    """Save what was chosen when it is not what stands."""
    if value != sitting.answers.get(field):
        answer = Answer(field, value, sitting.revs.get(field, 0) + 1)
        save_answers(here.house, [answer], actor=here.actor, now=here.now)
        st.rerun()


def choose(label: str, field: str, options: list[int | str], said: dict[int | str, str]) -> None:
    saved = sitting.answers.get(field)
    chosen = st.radio(
        label,
        [NOTHING, *options],
        index=options.index(saved) + 1 if saved in options else 0,
        format_func=lambda value: words["none"] if value == NOTHING else said[value],
        key=f"{field}-{language}",
        width="stretch",
    )
    keep(field, None if chosen == NOTHING else chosen)


done = len(sitting.form.fields()) - sitting.left
top(here, "simple", words["title"], put_in(words["line"], done=done, all=len(sitting.form.fields())))

if at < len(pages):
    for id_ in pages[at]:
        if id_ in sitting.form.scenarios:
            scene = scenes.scenarios[id_]
            html(f'<p class="lead">{escape(scene.stem)}</p>')
            for which in ("best", "worst"):
                choose(words[which], f"{id_}.{which}", sorted(scene.options), dict(scene.options))  # type: ignore[arg-type]
            if sitting.answers.get(f"{id_}.best") and sitting.answers.get(f"{id_}.best") == sitting.answers.get(
                f"{id_}.worst"
            ):
                html(f'<p role="status">{escape(words["same"])}</p>')
        else:
            choose(wording.statement(id_), id_, sorted(wording.scale), dict(wording.scale))  # type: ignore[arg-type]
    if st.button(words["next"], type="primary", width="stretch"):
        st.session_state["simple-page"] = at + 1
        st.rerun()
else:
    if sitting.left:
        html(f"<p>{escape(put_in(words['open'], n=sitting.left))}</p>")
    if st.button(words["finish"], type="primary", width="stretch"):
        submit(here.house, actor=here.actor, now=here.now, skip=True)
        go_on(here)
if at and st.button(words["back"], width="stretch"):
    st.session_state["simple-page"] = at - 1
    st.rerun()

if st.button(words["other"], key="component", type="tertiary"):
    go_on(here)
bottom(here)
