"""What `--questionnaire` and `--role` name: a path where there is one, else an id that ships."""

from pathlib import Path

from assessment.instruments.instrument import Instrument
from assessment.instruments.library import Library, read_questionnaire


def find_questionnaire(name: str) -> Instrument:
    path = Path(name)
    return read_questionnaire(path) if path.exists() else Library.shipped().questionnaire(name)
