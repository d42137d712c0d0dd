"""Labels that Markdown leaves alone, with as few backslashes as can be: a screen reader reads out those of a checkbox."""

import re

_ACTS = re.compile(r"[\\`*_\[\]<~$]|:(?=[a-z])|&(?=[#\w]+;)|^[-+#>=](?=\s|$|#|=)", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)


def label(text: str) -> str:
    """Text as a label, where only what would be acted on is escaped."""
    return _NUMBERED.sub(r"\1\\\2", _ACTS.sub(lambda found: f"\\{found[0]}", text))
