"""Whether the words of messages and pages are whole in every language."""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, TemplateError, meta

from assessment.instruments.reading_grade import too_hard
from assessment.instruments.wording_proof import same_ids, texts
from assessment.messages.templates import Messages, Template

Problems = list[str]
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_SYNTAX = Environment(autoescape=False)  # noqa: S701 - only parses, never renders
FOR_STAFF = ("manager",)


def prove_messages(found: Messages, english: Messages) -> Problems:
    problems = [p.replace("the key", "English") for p in same_ids("message", found.templates, english.templates)]
    for id_, template in found.templates.items():
        problems += [f"message {id_}: {problem}" for problem in _prove_template(template, found)]
        original = english.templates.get(id_)
        if original and set(original.placeholders) != set(template.placeholders):
            problems.append(f"message {id_}: other placeholders than in English")
        if found.language == "en" and template.audience not in FOR_STAFF:
            problems += too_hard(f"message {id_}", [template.subject, template.text])
    return problems


def prove_page_words(found: Mapping[str, Any], english: Mapping[str, Any]) -> Problems:
    """The same texts with the same placeholders as in English; each part easy enough to read."""
    here, there = _by_path(found), _by_path(english)
    problems = [p.replace("the key", "English") for p in same_ids("text", here, there)]
    problems += [
        f"text {path}: placeholders {_names(here[path])}, in English {_names(there[path])}"
        for path in here
        if path in there and _names(here[path]) != _names(there[path])
    ]
    if found.get("language") == "en":
        for part, words in found.items():
            if isinstance(words, dict | list):
                problems += too_hard(part, list(texts(words)))
    return problems


def _prove_template(template: Template, messages: Messages) -> Problems:
    try:
        used = {
            name
            for part in (template.subject, template.text, template.sms or "")
            for name in meta.find_undeclared_variables(_SYNTAX.parse(part))
        }
    except TemplateError as error:
        return [f"cannot be filled in: {error}"]
    declared = set(template.placeholders)
    problems = [f"placeholder {name}: used, not named" for name in sorted(used - declared)]
    problems += [f"placeholder {name}: named, not used" for name in sorted(declared - used)]
    problems += [f"placeholder {name}: not explained" for name in sorted(used - set(messages.placeholders))]
    words = len(re.sub(r"\{\{.*?\}\}", "x", template.text).split())
    if words > messages.rules.get("text_max_words", words):
        problems.append(f"{words} words, expected {messages.rules['text_max_words']} at most")
    return problems


def _by_path(words: Mapping[str, Any], before: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in words.items():
        path = f"{before}{key}"
        if isinstance(value, Mapping):
            flat |= _by_path(value, f"{path}.")
        elif isinstance(value, list):
            flat |= _by_path({str(at): part for at, part in enumerate(value)}, f"{path}.")
        elif path not in ("language", "version", "status", "licence"):
            flat[path] = str(value)
    return flat


def _names(text: str) -> str:
    return ", ".join(sorted(set(_PLACEHOLDER.findall(text)))) or "none"
