"""Which characters a text may hold: what can be stored, printed, compared and trusted to look like what it is."""

import re
import unicodedata

from sus.core.regelbrott import Regelbrott

# Zero-width characters and soft hyphens come along when text is pasted and mean nothing.
_OSYNLIGA = dict.fromkeys([0x00AD, 0x200B, 0x2060, 0xFEFF])
# Control characters, lone surrogates, marks that turn the direction of writing, noncharacters, and what stands for bytes that were no text.
_OTILLATNA = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]"
)


def ren_text(text: str, flera_rader: bool = False) -> str:
    """Text as it is stored: composed (NFC), without invisible characters, spaces or lines around it.

    On a single line every run of white space becomes one space. Raises Regelbrott for characters
    that cannot be stored or that make text look like something else.
    """
    if _OTILLATNA.search(text):
        raise Regelbrott("Texten innehåller tecken som inte kan användas. Skriv texten för hand i stället för att klistra in den.")
    text = unicodedata.normalize("NFC", text.translate(_OSYNLIGA))
    if flera_rader:
        return text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return " ".join(text.split())
