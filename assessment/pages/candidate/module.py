"""One module: read, practise, check, write down."""

from html import escape

import streamlit as st

from assessment.messages.plain_pages import put_in, say_date
from assessment.pages.parts.as_typed.component import PREFIX, send_as_typed
from assessment.pages.parts.candidate_frame import begin, bottom, top
from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.label import label
from assessment.pages.parts.learning import seminars_card
from assessment.pages.parts.trouble import said_here
from assessment.roles.library import role_words
from assessment.services.module_work import (
    LONGEST_NOTES,
    do_step,
    finish,
    open_module,
    pick_answer,
    said_to,
    save_notes,
    undo_step,
)
from assessment.training.module import Check
from assessment.training.words import training_words

here = begin()
add_sheet("learning.css")
words, language = here.words.module, here.sitting.language
id_ = str(st.query_params.get("module", ""))
HOME = f'<p><a class="button" href="/first-days" target="_self">{escape(words["back"])}</a></p>'
if not id_:
    top(here, "module", words["choose"], words["choose_line"])
    html(HOME)
    st.stop()

work = open_module(here.house, id_, actor=here.actor)
module = work.module
formats = training_words(language).formats
spoken = f' lang="{module.in_language}"' if module.in_language != language else ""
kinds = ", ".join(formats.get(kind, kind).lower() for kind in module.format)


def why() -> None:
    """What it is for, and whether it is in another language, done, or seen in practice."""
    if spoken:
        said = put_in(words["not_translated"], language=words.get(f"in_{module.in_language}", module.in_language))
        html(f"<p>{chip('attend', said)}</p>")
    if work.done_at:
        on = say_date(here.sitting.organisation.day(work.done_at), language)
        html(f'<p role="status">{chip("good", put_in(words["done"], date=on))}</p>')
    if work.seen_at:
        on = say_date(here.sitting.organisation.day(work.seen_at), language)
        html(f"<p>{chip('good', put_in(words['seen'], name=work.seen_by, date=on))}</p>")
    points = "".join(f"<li>{escape(line)}</li>" for line in module.objectives)
    html(f'<div{spoken}><p class="lead">{escape(module.why)}</p></div>')
    html(f'<h2>{escape(words["objectives"])}</h2><ul class="points"{spoken}>{points}</ul>')


def steps() -> None:
    """One after another; what another device changed since this page last looked is shown, not written over."""
    keys = {n: f"step-{id_}-{n}" for n in range(1, len(module.steps) + 1)}
    known = f"steps-seen-{id_}"
    if st.session_state.get(known) != work.steps or any(key not in st.session_state for key in keys.values()):
        for n, key in keys.items():
            st.session_state[key] = n in work.steps
    st.session_state[known] = work.steps
    for n, text in enumerate(module.steps, start=1):
        ticked = st.checkbox(label(text), key=keys[n], width="stretch")
        if ticked != (n in work.steps):
            st.session_state[known] = work.steps ^ {n}
            (do_step if ticked else undo_step)(here.house, id_, n, actor=here.actor, now=here.now)
            st.rerun()
    done = put_in(words["steps_done"], done=len(work.steps), all=len(module.steps))
    html(f'<p role="status" class="muted">{escape(done)}</p>')


def scene() -> None:
    html(f"<h2>{escape(words['scene'])}</h2>")
    if not work.own_scene:
        known = role_words(language)
        role = known[work.scene_role].title if work.scene_role in known else work.scene_role
        html(f'<p class="muted">{escape(put_in(words["scene_other"], role=role))}</p>')
    html(f'<p>{escape(words["scene_line"])}</p><p class="scene"{spoken}>{escape(work.scene)}</p>')


def checks() -> None:
    for check in module.checks:
        ask(check)
    done = put_in(words["checks_done"], done=len(work.picks), all=len(module.checks))
    html(f'<p class="muted">{escape(done)}</p>')


def ask(check: Check) -> None:
    """A word at once to each pick; it can be picked again."""
    key, known = f"check-{id_}-{check.id}-{language}", f"check-seen-{id_}-{check.id}"
    kept = work.picks.get(check.id)
    if key not in st.session_state or st.session_state.get(known) != kept:
        st.session_state[key] = kept
    st.session_state[known] = kept
    picked = st.radio(
        label(check.question),
        list(check.options),
        index=None,
        format_func=lambda letter: label(check.options[letter].text),
        key=key,
        width="stretch",
    )
    if picked is not None and picked != kept:
        st.session_state[known] = picked
        pick_answer(here.house, id_, check.id, picked, actor=here.actor, now=here.now)
        st.rerun()
    if kept is None:
        return
    said = said_to(check, kept)
    mark = chip("good", words["fits"]) if said.fits else chip("quiet", words["other"])
    html(
        f'<div class="told" role="status"><p>{mark}</p><p{spoken}>{escape(said.feedback)}</p>'
        f'<p class="muted">{escape(words["good_answer"])}: <span{spoken}>{escape(said.answer)}</span></p></div>'
    )


def notes() -> None:
    key, known = f"{PREFIX}{id_}", f"notes-seen-{id_}"
    if key not in st.session_state or st.session_state.get(known) != work.notes.rev:
        st.session_state[key] = work.notes.text
    st.session_state[known] = work.notes.rev
    text = st.text_area(words["notes"], key=key, max_chars=LONGEST_NOTES, height=140)
    html(f'<p class="muted">{escape(words["notes_line"])}</p>')
    if text != work.notes.text:
        stands = save_notes(here.house, id_, text, rev=work.notes.rev + 1, actor=here.actor, now=here.now)
        st.session_state[known] = stands.rev
        st.rerun()


top(here, f"module-{id_}", module.title, f"{put_in(words['minutes'], n=module.minutes)} · {kinds}")
why()
with card("steps"):
    html(f"<h2>{escape(words['steps'])}</h2><p>{escape(words['steps_line'])}</p>")
    steps()
with card("scene"):
    scene()
with card("checks"):
    html(f"<h2>{escape(words['checks'])}</h2><p>{escape(words['checks_line'])}</p>")
    checks()
with card("notes"):
    notes()
seminars_card(here, (id_,), only=True)
if not work.done_at and st.button(words["finish"], key="finish", type="primary", width="stretch"):
    with said_here():
        finish(here.house, id_, actor=here.actor, now=here.now)
        st.rerun()
html(HOME)
html(f'<p class="muted small">{escape(training_words(language).note)}</p>')
send_as_typed()
bottom(here, leave=False)
