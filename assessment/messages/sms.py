"""How long a text message is, in the units that networks count and charge."""

from dataclasses import dataclass
from typing import Literal

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = "\f^{}\\[~]|€"  # each is sent as an escape and a letter
_ONE_PART = {"GSM-7": 160, "UCS-2": 70}
_EACH_OF_SEVERAL = {"GSM-7": 153, "UCS-2": 67}  # the rest says which part it is


@dataclass(frozen=True)
class SmsLength:
    """`units` septets (GSM-7) or 16-bit units (UCS-2), sent as `parts` messages; `costly` letters forced UCS-2."""

    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    parts: int
    costly: tuple[str, ...] = ()

    @property
    def most_in_one(self) -> int:
        return _ONE_PART[self.encoding]


def sms_length(text: str) -> SmsLength:
    """The length of a text message: 160 septets in the GSM alphabet, else 70 units of 16 bits; less in several parts.

    A letter outside the alphabet, such as á or ”, makes the whole message UCS-2. An escaped letter or a surrogate
    pair is never torn between two parts, so a part may end early.

    >>> sms_length("Hello")
    SmsLength(encoding='GSM-7', units=5, parts=1, costly=())
    >>> sms_length("Mañana, Lucía")
    SmsLength(encoding='UCS-2', units=13, parts=1, costly=('í',))

    References
    ----------
    3GPP TS 23.038, section 6.2.1. https://www.3gpp.org/dynareport/23038.htm
    """
    costly = tuple(dict.fromkeys(c for c in text if c not in _BASIC and c not in _EXTENDED))
    if costly:
        sizes = [2 if ord(c) > 0xFFFF else 1 for c in text]
        return SmsLength("UCS-2", sum(sizes), _parts(sizes, "UCS-2"), costly)
    sizes = [2 if c in _EXTENDED else 1 for c in text]
    return SmsLength("GSM-7", sum(sizes), _parts(sizes, "GSM-7"))


def _parts(sizes: list[int], encoding: str) -> int:
    if sum(sizes) <= _ONE_PART[encoding]:
        return 1
    parts, used = 1, 0
    for size in sizes:
        if used + size > _EACH_OF_SEVERAL[encoding]:
            parts, used = parts + 1, 0
        used += size
    return parts
