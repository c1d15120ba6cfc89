"""Part of speech, features and lemma of each word, worked out once for words of one form, tag and label.

The pipeline's own rules for them, its attribute ruler and its lemmatizer, look at nothing else but in a few phrases of two
words ("there is", "let 's"); docs with one of those are left to them. They are applied to each different word, not to each word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.symbols import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs

if TYPE_CHECKING:
    from spacy.language import Language

# What the rules look at, and what they set.
SEEN = [ORTH, TAG, DEP]
SET = [TAG, POS, MORPH, LEMMA, DEP]

Word = tuple[int, ...]


def _index(lemmatizer: Any) -> None:
    """Make a lemmatizer's lists of known words sets: it asks of every form whether it is in one, and they have thousands."""
    table = lemmatizer.lookups.get_table("lemma_index", {})
    for part_of_speech, forms in list(table.items()):
        table[part_of_speech] = frozenset(forms)


class WordForms:
    """What the rules of a pipeline say of words, kept until it is let go."""

    def __init__(self, pipeline: Language) -> None:
        self._ruler = cast("Any", pipeline.get_pipe("attribute_ruler"))
        self._lemmatizer = cast("Any", pipeline.get_pipe("lemmatizer"))
        _index(self._lemmatizer)
        self._vocab = pipeline.vocab
        self._of_one_word: Any = AttributeRuler(self._vocab)
        self._of_more = Matcher(self._vocab)
        for rule in self._ruler.patterns:
            if all(len(pattern) == 1 for pattern in rule["patterns"]):
                self._of_one_word.add(**rule)
            else:
                self._of_more.add("begins", [pattern[:1] for pattern in rule["patterns"]])
        self._known: dict[Word, dict[int, int]] = {}
        self._in_phrases: set[Word] = set()

    def tell(self, docs: Sequence[Doc]) -> None:
        """Set part of speech, features and lemma of every word of some parsed docs."""
        words = [list(map(tuple, doc.to_array(SEEN).tolist())) for doc in docs]
        self._learn(dict.fromkeys(word for own in words for word in own if word not in self._known))
        for doc, own in zip(docs, words, strict=True):
            if self._in_phrases.isdisjoint(own):
                for token, word in zip(doc, own, strict=True):
                    set_token_attrs(token, self._known[word])
            else:
                self._lemmatizer(self._ruler(doc))

    def clear(self) -> None:
        """Forget all words."""
        self._known.clear()
        self._in_phrases.clear()
        self._lemmatizer.cache.clear()

    def _learn(self, words: Mapping[Word, None]) -> None:
        """Keep what the rules say of words that were not met before."""
        if not words:
            return
        doc = Doc(self._vocab, words=[self._vocab.strings[word[0]] for word in words])
        for token, (_, tag, label) in zip(doc, words, strict=True):
            set_token_attrs(token, {TAG: tag, DEP: label})
        order = list(words)
        self._in_phrases |= {order[start] for _, start, _ in self._of_more(doc, allow_missing=True)}
        told = self._lemmatizer(self._of_one_word(doc)).to_array(SET).tolist()
        self._known |= {word: dict(zip(SET, row, strict=True)) for word, row in zip(words, told, strict=True)}
