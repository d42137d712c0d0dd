"""Anything that goes wrong on a page ends here: in kind words, or as a number that the log knows too."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from assessment.errors import AssessmentError
from assessment.pages.parts.dress import chip, html

_log = logging.getLogger("carefit.pages")


@contextmanager
def trouble_shown() -> Iterator[None]:
    try:
        yield
    except AssessmentError as error:
        st.warning(escaped(str(error)), icon=None)
    except Exception as error:
        id_ = secrets.token_hex(4)
        _log.error("error %s", id_, exc_info=error)
        st.error(
            "Something went wrong on our side. What you saved is safe. Please try again. "
            f"If it goes on, tell the person who runs this app the number {id_}.",
            icon=None,
        )


@contextmanager
def said_here() -> Iterator[None]:
    """What can be put right is said where it was done, and what was typed stays."""
    try:
        yield
    except AssessmentError as error:
        html(f'<p role="alert">{chip("attend", str(error))}</p>')


def escaped(text: str) -> str:
    """Text that people typed, with what Markdown would act on taken literally."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()<>#+-.!|~:$&" else c for c in text)
