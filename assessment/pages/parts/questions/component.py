"""The statements and scenes as one component: what it shows comes in, answers leave by HTTP."""

from pathlib import Path

import streamlit as st

from assessment.instruments.library import Library
from assessment.messages.words import Words
from assessment.services.sitting import Sitting

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "questions",
    html=(_HERE / "questions.html").read_text(),
    css=(_HERE / "questions.css").read_text(),
    js=(_HERE / "questions.js").read_text(),
)
PER_PAGE = 5


def questions(sitting: Sitting, words: Words, *, library: Library) -> bool:
    """Show what is asked with its saved answers; True once it was handed in."""
    wording = library.wording(sitting.form.questionnaire, sitting.language)
    scenes = library.scenario_wording(sitting.language)
    result = _component(
        key=f"questions-{sitting.id}",
        data={
            "sitting": sitting.id,
            "url": "/api/v1/answers",
            "submit_url": "/api/v1/submit",
            "language": sitting.language,
            "per_page": PER_PAGE,
            "labels": [wording.scale[value] for value in sorted(wording.scale)],
            "items": [{"id": id_, "text": wording.statement(id_)} for id_ in sitting.shown],
            "scenarios": [
                {
                    "id": id_,
                    "stem": scenes.scenarios[id_].stem,
                    "options": [
                        {"letter": letter, "text": text}
                        for letter, text in sorted(scenes.scenarios[id_].options.items())
                    ],
                }
                for id_ in sitting.form.scenarios
            ],
            "adaptive": sitting.adaptive,
            "next": list(sitting.next) if sitting.adaptive else [],
            "about": sitting.about,
            "answers": dict(sitting.answers),
            "revs": dict(sitting.revs),
            "words": {
                "ask": wording.instructions.short,
                "question": scenes.question,
                "intro": scenes.intro,
                **words.questions,
            },
        },
        on_done_change=lambda: None,
    )
    return bool(result.done)
