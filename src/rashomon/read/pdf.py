"""PDF: the text that a file holds. Pages that are pictures hold none."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from rashomon.model import Article, Reject
from rashomon.read.payload import Payload
from rashomon.read.plain import build_article

# A word cut at a line's end, and a line that goes on in the next.
_CUT, _WRAPPED = re.compile(r"(?<=[a-z])-\n(?=[a-z])"), re.compile(r"(?<=[^\n.!?:”\"])\n(?=[a-z(])")


def read_pdf(payload: Payload) -> Iterator[Article | Reject]:
    """One article from all pages."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(payload.data))
        pages = [page.extract_text() for page in reader.pages]
        title = str(reader.metadata.title) if reader.metadata and reader.metadata.title else None
    except (PyPdfError, DependencyError, ValueError, KeyError, TypeError, RecursionError) as error:
        yield payload.reject(f"the PDF cannot be read ({error}); save its text as .txt")
        return
    text = _WRAPPED.sub(" ", _CUT.sub("", "\n\n".join(filter(None, pages)))).strip()
    if not text:
        yield payload.reject("the PDF holds no text, only pictures; run it through character recognition first")
        return
    yield build_article(id=payload.stem, path=payload.name, text=text, sha256=payload.sha256, title=title)
