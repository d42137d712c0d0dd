"""One module as the newcomer reads it, its sources and versions, and an own version of it."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.module_form import LANGUAGES, module_form
from assessment.pages.parts.module_preview import as_read, role_name
from assessment.pages.parts.staff_frame import begin, nothing_yet, parameter, top
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import day, plural
from assessment.services.actor import STAFF
from assessment.services.own_modules import (
    module_back_to_shipped,
    module_file,
    module_here,
    module_versions,
    retire_module,
)
from assessment.training.words import training_words

desk = begin()
add_sheet("learning.css")
hr = desk.actor.role in STAFF
id_ = parameter("id")
BACK = '<p class="eyebrow"><a href="/training" target="_self">Training</a></p>'
if not id_ and not (hr and parameter("new")):
    top(desk, "module", "Module")
    nothing_yet("Choose a module from the list.", "", button="Training", page="hr/training.py")
    st.stop()
if not id_:
    top(desk, "module-new", "Write a module", "What your house does its own way, in small steps, for a phone.")
    html(BACK)
    module_form(desk, None)
    st.stop()

known = module_here(desk.house, id_, actor=desk.actor)
module = known.in_language("en")
words = training_words("en")
if hr and parameter("edit"):
    top(
        desk,
        f"module-edit-{id_}",
        module.title,
        f"A new version after {known.version}. Everybody reads it from then on.",
    )
    html(f'<p class="eyebrow"><a href="/module?id={escape(id_)}" target="_self">Back to the module</a></p>')
    module_form(desk, module_file(desk.house, id_, actor=desk.actor), version=known.version)
    st.stop()


def marks() -> str:
    said = [chip("quiet", f"Version {known.version}"), chip("quiet", "Your words" if known.own else "As it ships")]
    said += [chip("attend", "Retired: offered to nobody new")] if known.retired else []
    return " ".join(said)


def facts() -> str:
    rows = (
        ("For", ", ".join(map(role_name, known.key.roles))),
        ("Trains", ", ".join(words.competencies.get(one, one) for one in known.key.competencies)),
        ("How", ", ".join(words.formats.get(one, one) for one in known.key.format)),
        ("Time", plural(known.key.minutes, "minute")),
        ("Words in", ", ".join(LANGUAGES.get(one, one) for one in known.languages)),
    )
    return (
        "<table><tbody>" + "".join(f"<tr><td>{a}</td><td>{escape(b)}</td></tr>" for a, b in rows) + "</tbody></table>"
    )


def preview() -> None:
    html("<h2>How it reads</h2>")
    language = st.selectbox("Language", list(LANGUAGES), format_func=lambda c: LANGUAGES[c], key="read-in")
    read = known.in_language(language)
    if read.in_language != language:
        html(f"<p>{chip('attend', f'Not there in {LANGUAGES[language]}: read in {LANGUAGES[read.in_language]}')}</p>")
    html(as_read(read))


def change() -> None:
    html(f'<p><a class="button" href="/staff/module/{escape(id_)}.yaml">Take it along as a file</a></p>')
    if not hr:
        return
    html(
        f'<p><a class="button" href="/module?id={escape(id_)}&amp;edit=1" target="_self">Write your own version</a></p>'
    )
    with st.expander("Retire it" if not known.retired else "Use it again"):
        reason = st.text_input("Why?", max_chars=1_000, key="retire-reason")
        with said_here():
            if st.button("Retire it" if not known.retired else "Use it again", key="retire"):
                retire_module(desk.house, id_, retired=not known.retired, reason=reason, actor=desk.actor, now=desk.now)
                st.rerun()


def history() -> None:
    html("<h2>Versions</h2>")
    found = module_versions(desk.house, id_, actor=desk.actor)
    if not found:
        html('<p class="muted">The module that ships is in use.</p>')
        return
    lines = "".join(
        f'<li><div><span class="who">{escape(v.version)}</span> {"as it ships" if v.shipped else "your words"}'
        f"{', retired' if v.retired else ''}"
        f'<div class="sub">{escape(v.author)}, {day(v.created_at)}: {escape(v.reason)}</div></div></li>'
        for v in reversed(found)
    )
    html(f'<ul class="rows">{lines}</ul>')
    if hr and known.own and known.ships:
        reason = st.text_input("Why back?", max_chars=1_000, key="back-reason")
        with said_here():
            if st.button("Use the one that ships again", key="back-to-shipped"):
                module_back_to_shipped(desk.house, id_, reason=reason, actor=desk.actor, now=desk.now)
                st.rerun()


top(desk, f"module-{id_}", module.title, module.why)
html(f'{BACK}<p class="beside">{marks()}</p>')
if said := st.session_state.pop("module-said", ""):
    html(f'<p role="status">{chip("good", said)}</p>')
left, right = st.columns([3, 2], gap="medium")
with left, card("module-preview"):
    preview()
with right:
    with card("module-facts"):
        html(f"<h2>What it is</h2>{facts()}")
        change()
    with card("module-sources"):
        html("<h2>Sources</h2><ul class='plain'>" + "".join(f"<li>{escape(s)}</li>" for s in module.sources) + "</ul>")
    with card("module-history"):
        history()
