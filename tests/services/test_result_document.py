"""The candidate's result on paper says what the page to keep says, in the candidate's language."""

import re
from html import unescape

import pytest

from assessment.services.result_document import result_pdf
from assessment.services.result_page import result_html
from tests.hiring import NOW, Hiring
from tests.paper import fonts_embedded, marked, pages, words
from tests.services.test_result import finished


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_sentence_of_the_page_is_on_paper(hiring: Hiring, language: str) -> None:
    actor = finished(hiring, language=language)
    page = result_html(hiring.house, actor=actor, now=NOW).partition("<body>")[2]

    document = result_pdf(hiring.house, actor=actor, now=NOW)

    said = squeezed(words(document))
    sentences = [unescape(part).strip() for part in re.split("<[^>]+>", page)]
    assert [s for s in sentences if s and squeezed(s) not in said] == []
    assert (marked(document)["language"], marked(document)["universal"]) == (language, True)
    assert fonts_embedded(document)
    assert pages(document) <= 3


def test_a_name_in_another_script_stands_in_the_title(hiring: Hiring) -> None:
    actor = finished(hiring, "محمد عبد الرحمن")

    assert "محمد عبد الرحمن" in marked(result_pdf(hiring.house, actor=actor, now=NOW))["title"]
