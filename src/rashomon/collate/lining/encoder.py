"""A contextual encoder: a vector for every word piece of a text.

The model is all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019) taught by training/encoder.py to tell apart what
reports of one event say, in eight-bit weights, run by onnxruntime; docs/lining.md has what it learned from. Nothing is fetched.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import BertWordPieceTokenizer, Encoding

WIDTH = 384
# Longer inputs are cut; a news sentence seldom has a hundred pieces.
MOST_PIECES = 192
FOLDER = Path(__file__).parent

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


def tokenize(texts: Sequence[str]) -> list[Encoding]:
    """The word pieces of each text as numbers and places, up to `MOST_PIECES`."""
    encodings: list[Encoding] = _tokenizer().encode_batch(list(texts))
    return encodings


def _encoded(texts: Sequence[str]) -> list[Pieces]:
    """Each text by itself, since what shares a batch shares the scale of its eight bits; as many at a time as there are processors."""
    session = _session()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda encoding: _pieces(session, encoding), tokenize(texts)))


def _pieces(session: InferenceSession, encoding: Encoding) -> Pieces:
    ids = np.array([encoding.ids], np.int64)
    states = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
    places = np.array(encoding.offsets, np.int32)
    kept = places[:, 1] > places[:, 0]
    return Pieces(states[kept], places[kept])


def encoder_name() -> str:
    """The name of the encoder, which goes with its weights."""
    return str(_session().get_modelmeta().custom_metadata_map["name"])


@lru_cache(maxsize=1)
def _tokenizer() -> BertWordPieceTokenizer:
    from tokenizers import BertWordPieceTokenizer

    tokenizer = BertWordPieceTokenizer(str(FOLDER / "vocab.txt"), lowercase=True)
    tokenizer.enable_truncation(MOST_PIECES)
    return tokenizer


@lru_cache(maxsize=1)
def _session() -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.log_severity_level = 3
    # texts as short as sentences are read side by side, each on one thread
    options.intra_op_num_threads = 1
    return InferenceSession(str(FOLDER / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
