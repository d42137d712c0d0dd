"""Writing a module: its fields beside how it will read, what is still to be put right, and its reading grade."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from assessment.errors import AssessmentError
from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.module_preview import as_read, role_name
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.services.own_modules import ModuleCheck, check_module, keep_module
from assessment.training.module import LETTERS, SUPERVISOR, join
from assessment.training.module_file import ModuleFile, ModuleWords, module_file_from, what_is_missing
from assessment.training.words import training_words

LANGUAGES = {"en": "English", "es": "Spanish"}
QUESTIONS = (1, 2, 3)


def module_form(desk: Desk, known: ModuleFile | None, *, version: str = "") -> None:
    """Write a new module, or a new version of one; words in one language at a time.

    known : the module as it is in use; None for a new one
    """
    language = st.selectbox("Words in", list(LANGUAGES), format_func=lambda c: LANGUAGES[c], key="module-language")
    key = f"{known.id if known else 'new'}-{version}-{language}"
    left, right = st.columns([1, 1], gap="medium")
    with left:
        fields = _fields(desk, known, language, key)
        keep = card("module-keep")
    others = [name for name in (known.words if known else ()) if name != language]
    with keep:
        found, problems = _made(fields, known, language, others, key)
    check = check_module(desk.house, found, actor=desk.actor) if found else None
    with right, card("module-preview"):
        _show(found, check, problems, language)
    with keep:
        _save(desk, found, check, key, new=known is None)


def _fields(desk: Desk, known: ModuleFile | None, language: str, key: str) -> dict[str, Any]:
    """What was typed, as a file would have it."""
    said = known.words.get(language) if known else None
    with card("module-key"):
        fields = _key_fields(desk, known, key)
    with card("module-words"):
        words = _word_fields(said, key, fields["roles"])
    with card("module-checks"):
        html("<h2>Three questions to oneself</h2>")
        checks, fits = _check_fields(known, said, key)
    return {**fields, "checks": fits, "words": {language: {**words, "checks": checks}}}


def _key_fields(desk: Desk, known: ModuleFile | None, key: str) -> dict[str, Any]:
    words = training_words("en")
    facets = desk.house.library.questionnaire().facets_by_id
    html("<h2>What it trains, and whom</h2>")
    if known:
        id_ = known.id
    else:
        id_ = st.text_input("Short name, in small letters", key=f"id-{key}", max_chars=48, placeholder="our_door_phone")
    roles = st.multiselect(
        "For whom",
        [*desk.house.library.roles(), SUPERVISOR],
        list(known.roles) if known else None,
        format_func=role_name,
        key=f"roles-{key}",
    )
    competencies = st.multiselect(
        "What people can do after it",
        list(words.competencies),
        list(known.competencies) if known else None,
        format_func=lambda c: words.competencies[c],
        key=f"competencies-{key}",
    )
    chosen = st.multiselect(
        "Which sides of working with people it touches",
        list(facets),
        list(known.facets) if known else None,
        format_func=lambda f: facets[f].name,
        key=f"facets-{key}",
    )
    format_ = st.multiselect(
        "How it is learnt",
        list(words.formats),
        list(known.format) if known else ["self_study"],
        format_func=lambda f: words.formats[f],
        key=f"format-{key}",
    )
    minutes = st.number_input(
        "Minutes, practice included", 10, 240, known.minutes if known else 30, 5, key=f"min-{key}"
    )
    sources = st.text_area(
        "Sources, one a line", "\n".join(known.sources) if known else "", key=f"sources-{key}", height=100
    )
    return {
        "id": id_.strip(),
        "roles": roles,
        "facets": chosen,
        "competencies": competencies,
        "minutes": int(minutes),
        "format": format_,
        "sources": _lines(sources),
    }


def _word_fields(said: ModuleWords | None, key: str, roles: list[str]) -> dict[str, Any]:
    html("<h2>Words</h2>")
    title = st.text_input("Title", said.title if said else "", max_chars=90, key=f"title-{key}")
    why = st.text_area("What it is good for, in one sentence", said.why if said else "", height=80, key=f"why-{key}")
    objectives = st.text_area(
        "What one will do: three lines", "\n".join(said.objectives) if said else "", height=120, key=f"goals-{key}"
    )
    steps = st.text_area(
        "Small steps, one a line, 3 to 8", "\n".join(said.steps) if said else "", height=180, key=f"steps-{key}"
    )
    scenes = {}
    for role in dict.fromkeys((*(said.scenes if said else ()), *roles)):
        scene = st.text_area(
            f"A scene to try out: {role_name(role)}",
            said.scenes.get(role, "") if said else "",
            height=80,
            key=f"scene-{role}-{key}",
            help="May stay empty where another scene will do.",
        )
        if scene.strip() and role in roles:
            scenes[role] = scene.strip()
    return {
        "title": title.strip(),
        "why": why.strip(),
        "objectives": _lines(objectives),
        "steps": _lines(steps),
        "scenes": scenes,
    }


def _check_fields(
    known: ModuleFile | None, said: ModuleWords | None, key: str
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    checks, fits = [], []
    for n in QUESTIONS:
        own = said.checks[n - 1] if said else None
        id_ = known.checks[n - 1].id if known else f"question_{n}"
        with st.expander(f"Question {n}", expanded=own is None and n == 1):
            question = st.text_input(f"Question {n}", own.question if own else "", max_chars=400, key=f"q{n}-{key}")
            options = {}
            for letter in LETTERS:
                option = own.options[letter] if own else None
                where = f"q{n}{letter}-{key}"
                options[letter] = {
                    "text": st.text_input(
                        f"{n}{letter}. One could", option.text if option else "", max_chars=400, key=where
                    ).strip(),
                    "feedback": st.text_input(
                        f"{n}{letter}. What we say to it",
                        option.feedback if option else "",
                        max_chars=400,
                        key=f"f-{where}",
                    ).strip(),
                }
            fit = st.selectbox(
                f"Which fits best in question {n}",
                LETTERS,
                LETTERS.index(known.checks[n - 1].fits) if known else n - 1,
                key=f"fits{n}-{key}",
            )
            answer = st.text_area(
                f"A good answer to question {n}", own.answer if own else "", height=80, key=f"answer{n}-{key}"
            )
        checks.append({"id": id_, "question": question.strip(), "options": options, "answer": answer.strip()})
        fits.append({"id": id_, "fits": fit})
    return checks, fits


def _made(
    fields: dict[str, Any], known: ModuleFile | None, language: str, others: list[str], key: str
) -> tuple[ModuleFile | None, list[str]]:
    """The module that these fields make, or what is missing."""
    if missing := what_is_missing(fields, language):
        return None, missing
    words: dict[str, Any] = dict(fields["words"])
    if known and others:
        names = " and ".join(LANGUAGES[name] for name in others)
        if not st.checkbox(f"Leave out the {names} words: they do not fit any more", key=f"alone-{key}"):
            kept: Mapping[str, Any] = {name: known.words[name].model_dump() for name in others}
            words = {name: words.get(name, kept.get(name)) for name in known.words}
            words |= fields["words"]
    try:
        return module_file_from({**fields, "words": words}), []
    except AssessmentError as error:
        return None, str(error).removeprefix("module: ").split("; ")


def _show(found: ModuleFile | None, check: ModuleCheck | None, missing: list[str], language: str) -> None:
    html("<h2>How it reads</h2>")
    if check and check.grade is not None:
        html(f'<div class="facts">{chip("quiet", f"Reading grade {max(check.grade, 0):.1f}")}</div>')
    problems = [*missing, *(check.problems if check else ())]
    if problems:
        html("<p>Still to put right:</p>" + "".join(f"<p>{chip('attend', problem)}</p>" for problem in problems))
    elif check:
        html(f"<p>{chip('good', 'Whole, and ready to keep')}</p>")
    if found:
        html(as_read(join(found.key("0.0"), found.wording(language, "0.0"))))
    else:
        html('<p class="muted">It stands here as the newcomer reads it, once nothing is missing.</p>')


def _save(desk: Desk, found: ModuleFile | None, check: ModuleCheck | None, key: str, *, new: bool) -> None:
    reason = st.text_input("Why do you write or change it?", max_chars=1_000, key=f"reason-{key}")
    ready = found is not None and check is not None and not check.problems
    with said_here():
        if st.button("Keep it", type="primary", disabled=not ready) and found is not None:
            version = keep_module(desk.house, found, reason=reason, new=new, actor=desk.actor, now=desk.now)
            st.session_state["module-said"] = f"Kept as version {version}. It is in use from now on."
            st.query_params.from_dict({"id": found.id})
            st.rerun()
    html(f'<p class="muted small">{escape("It is kept with your name, the day and the reason.")}</p>')


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
