"""The briefing worded anew by a language model, sentence by sentence, each refused when it says more than its evidence.

Off unless an endpoint is named. What is sent is the composed sentence and the words it cites, nothing else; what comes back
passes the check that composed lines pass (collate/check.py), or the composed line stays.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import httpx
import msgspec

from rashomon.collate.briefing import behind, evidence_of
from rashomon.collate.check import find_unsupported
from rashomon.errors import UsageError
from rashomon.model import BriefingPart, Collation
from rashomon.run.progress import Progress, silent

TIMEOUT = 60.0
KEY = "RASHOMON_REWRITE_KEY"
LONGEST = 600
_TASK = (
    "Rewrite the line of a news briefing as one plain, neutral sentence. Use only names, numbers and facts that stand in the "
    "line or in its evidence. Do not judge who is right. Answer with the sentence alone."
)


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message


class _Answer(msgspec.Struct):
    choices: list[_Choice]


def check_endpoint(url: str) -> None:
    """Raise `UsageError` where an endpoint's address, or the key for it, can be sent nowhere."""
    try:
        address = httpx.URL(url)
        known = address.scheme in ("http", "https") and address.host
    except (httpx.InvalidURL, UnicodeError) as error:
        raise UsageError(f"{url}: is no address ({error}); name one like http://127.0.0.1:8080/v1") from error
    if not known:
        raise UsageError(f"{url}: is no http or https address; name one like http://127.0.0.1:8080/v1")
    if not all(" " <= c <= "~" for c in os.environ.get(KEY, "")):
        raise UsageError(f"${KEY} holds characters that no key has; set it again")


def rewrite_briefing(
    collation: Collation, texts: Mapping[str, str], url: str, model: str = "default", progress: Progress = silent
) -> Collation:
    """The collation with its briefing worded by the model at an OpenAI-compatible `url` ("http://host/v1").

    A sentence that the model does not answer, or answers with a name or number that its evidence does not have, keeps its
    composed words. The key of the endpoint, if it wants one, is read from the environment. Raises `UsageError` when the
    endpoint cannot be reached at all.
    """
    check_endpoint(url)
    key = os.environ.get(KEY)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    briefing = []
    with httpx.Client(base_url=url.rstrip("/") + "/", headers=headers, timeout=TIMEOUT, trust_env=False) as client:
        for n, sentence in enumerate(collation.briefing):
            progress("rewriting", n, len(collation.briefing))
            evidence = evidence_of(texts, sentence)
            words = _ask(client, model, sentence.text, evidence)
            if words and not find_unsupported(words, [sentence.text, *evidence]):
                sentence = msgspec.structs.replace(
                    sentence, text=words, parts=(BriefingPart(text=words, cites=behind(sentence)),), rewritten=True
                )
            briefing.append(sentence)
    progress("rewriting", len(briefing), len(briefing))
    return msgspec.structs.replace(collation, briefing=tuple(briefing))


def _ask(client: httpx.Client, model: str, line: str, evidence: list[str]) -> str | None:
    """The model's sentence; None when it gave none that can be used."""
    told = "\n".join(f"- {words}" for words in evidence)
    body = {
        "model": model,
        "temperature": 0,
        "seed": 0,
        "messages": [
            {"role": "system", "content": _TASK},
            {"role": "user", "content": f"Line: {line}\nEvidence:\n{told}"},
        ],
    }
    try:
        answer = client.post("chat/completions", json=body)
        answer.raise_for_status()
        choices = msgspec.json.decode(answer.content, type=_Answer).choices
    except httpx.ConnectError as error:
        raise UsageError(f"{client.base_url}: the rewriting endpoint cannot be reached ({error})") from error
    except (httpx.HTTPError, httpx.InvalidURL, msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    words = " ".join(choices[0].message.content.split()) if choices else ""
    return words if 0 < len(words) <= LONGEST else None
