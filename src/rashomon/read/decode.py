"""Bytes to text, and whether they are text at all."""

from __future__ import annotations

import codecs
from typing import Final

from charset_normalizer import from_bytes

BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Tab, line ends, form feed and escape are found in honest text; other control bytes are not.
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 12, 13, 27})
MAX_CONTROL_SHARE: Final = 0.02
# More accented letters than this among all letters, and Windows-1252 was the wrong reading of the bytes.
MAX_ACCENTED_SHARE: Final = 0.25


def decode_text(data: bytes) -> str | None:
    """The text in some bytes, or None when they are no text. Line ends are kept; a byte order mark is not."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict(data, encoding)
    wide = _utf16_without_mark(data)
    if wide:
        text = _strict(data, wide)
        return None if text is None or _is_noise(text) else text
    if len(data.translate(None, _CONTROL)) < (1 - MAX_CONTROL_SHARE) * len(data) or b"\0" in data:
        return None
    text = _strict(data, "utf-8")
    return text if text is not None else _single_byte(data)


def _is_noise(text: str) -> bool:
    controls = sum(c < " " and c not in "\t\n\f\r" for c in text)
    return controls > MAX_CONTROL_SHARE * len(text)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2 or b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _single_byte(data: bytes) -> str | None:
    text = _strict(data, "cp1252")
    if text is not None:
        letters = [c for c in text if c.isalpha()]
        if sum(c > "\x7f" for c in letters) <= MAX_ACCENTED_SHARE * len(letters):
            return text
    best = from_bytes(data).best()
    return str(best) if best else None
