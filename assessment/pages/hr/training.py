"""The modules there are, who has done how many, seminars, and a way to write one's own."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.module_preview import role_name
from assessment.pages.parts.staff_frame import begin, top
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import plural
from assessment.services.actor import STAFF
from assessment.services.learning import Learner, ModuleInLibrary, learners, training_library
from assessment.services.own_modules import check_module, keep_module
from assessment.training.module_file import read_module_file
from assessment.training.words import training_words

ALL = ""
desk = begin()
add_sheet("learning.css")
hr = desk.actor.role in STAFF
words = training_words("en")
library = training_library(desk.house, actor=desk.actor)
in_use = [one for one in library if not one.module.retired]
people = learners(desk.house, actor=desk.actor)
top(
    desk,
    "training",
    "Training",
    f"{plural(len(in_use), 'module')}, {plural(sum(one.done for one in people), 'time')} done by "
    f"{plural(len(people), 'newcomer')}.",
)


def chosen() -> list[ModuleInLibrary]:
    """What is left after role, competency, format and words."""
    first, second, third, fourth = st.columns(4)
    roles = {role: role_name(role) for role in sorted({r for one in library for r in one.module.key.roles})}
    role = first.selectbox("Role", [ALL, *roles], format_func=lambda r: roles.get(r, "Every role"), key="of-role")
    of = second.selectbox(
        "Competency",
        [ALL, *words.competencies],
        format_func=lambda c: words.competencies.get(c, "Every competency"),
        key="of-competency",
    )
    how = third.selectbox(
        "Format", [ALL, *words.formats], format_func=lambda f: words.formats.get(f, "Every format"), key="of-format"
    )
    sought = fourth.text_input("Search", key="sought", placeholder="privacy").casefold().split()
    return [
        one
        for one in library
        if (not role or role in one.module.key.roles)
        and (not of or of in one.module.key.competencies)
        and (not how or how in one.module.key.format)
        and all(word in f"{one.title} {one.module.id}".casefold() for word in sought)
    ]


def row(one: ModuleInLibrary) -> str:
    key = one.module.key
    formats = ", ".join(words.formats.get(kind, kind).lower() for kind in key.format)
    marks = chip("quiet", "Your words") if one.module.own else ""
    marks += chip("attend", "Retired") if one.module.retired else ""
    whom = plural(len(key.roles), "role") if len(key.roles) > 2 else ", ".join(map(role_name, key.roles))
    return (
        f'<tr><td><a href="/module?id={escape(key.id)}" target="_self"><b>{escape(one.title)}</b></a> {marks}'
        f'<br><span class="muted small">{escape(whom)} · {escape(formats)}</span></td>'
        f'<td class="n" data-label="Minutes">{key.minutes}</td><td class="n" data-label="Begun">{one.begun}</td>'
        f'<td class="n" data-label="Done">{one.done}</td><td class="n" data-label="Seen">{one.confirmed}</td></tr>'
    )


def learner_rows(found: Iterable[Learner]) -> str:
    return "".join(
        f'<tr><td><a href="/newcomer?application={one.application_id}" target="_self"><b>{escape(one.name)}</b></a>'
        f'<br><span class="muted small">{escape(one.job)}</span></td>'
        f'<td class="n" data-label="Minutes">{one.minutes}</td><td class="n" data-label="Begun">{one.begun}</td>'
        f'<td class="n" data-label="Done">{one.done}</td><td class="n" data-label="Seen">{one.confirmed}</td></tr>'
        for one in found
    )


def table(what: str, rows: str) -> str:
    return (
        f'<table class="stack learn"><thead><tr><th>{what}</th><th class="n">Minutes</th><th class="n">Begun</th>'
        f'<th class="n">Done</th><th class="n">Seen in practice</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def upload() -> None:
    """A file is read, shown with what is wrong about it, and kept with a reason."""
    html("<p>A module as a YAML file, such as one you took along from its page and changed. 256 KB at most.</p>")
    given = st.file_uploader("Module file", type=["yaml", "yml"], key="module-upload")
    if given is None:
        return
    with said_here():
        found = read_module_file(given.getvalue(), name=given.name)
        check = check_module(desk.house, found, actor=desk.actor)
        there = any(one.module.id == found.id for one in library)
        said = "a new version of it" if there else "a new module"
        html(f"<p><b>{escape(found.id)}</b>: {said}, words in {', '.join(sorted(found.words))}.</p>")
        for problem in check.problems:
            html(f"<p>{chip('attend', problem)}</p>")
        reason = st.text_input("Why is it kept?", max_chars=1_000, key="upload-reason")
        if st.button("Keep it", disabled=bool(check.problems), key="keep-upload"):
            version = keep_module(desk.house, found, reason=reason, new=not there, actor=desk.actor, now=desk.now)
            st.session_state["training-said"] = f"{found.id} is kept as version {version}."
            st.rerun()


links = '<a class="button" href="/seminars" target="_self">Seminars</a>'
if hr:
    links += ' <a class="button" href="/module?new=1" target="_self">Write a module</a>'
html(f"<p>{links}</p>")
if said := st.session_state.pop("training-said", ""):
    html(f'<p role="status">{chip("good", said)}</p>')
with card("library"):
    html("<h2>Modules</h2>")
    shown = chosen()
    if shown:
        html(table("Module", "".join(map(row, shown))))
    else:
        html('<p class="muted">No module fits all of these. Leave one of them out.</p>')
with card("learners"):
    html("<h2>Who has learnt how much</h2>")
    if people:
        html(table("Newcomer", learner_rows(people)))
    else:
        html('<p class="muted">Newcomers stand here from the day their hire is confirmed.</p>')
if hr:
    with st.expander("Upload a module as a file"):
        upload()
html(f'<p class="muted small">{escape(words.note)}</p>')
