"""The starter model's words: its tokenizer, its small text encoder, and captions varied as writers vary them."""

import itertools
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from tokenizers import pre_tokenizers
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from illustration.training.filters import TRIGGERS
from illustration.training.vocabulary import (
    ACTIONS,
    COUNTS,
    PLACES,
    RELATIONS,
    SEASONS,
    SUBJECTS,
    TIMES,
    WEATHERS,
    Cast,
    phrases,
    plural,
)

START, END = "<|startoftext|>", "<|endoftext|>"
SUFFIX = "</w>"

# Words that prompts carry though no picture shows them. Captions hold some at random, so the model learns that
# they change nothing; without that an untrained word is noise that spoils the rest.
IDLE_WORDS: tuple[str, ...] = (
    "happy", "sad", "calm", "tired", "angry", "excited", "cute", "smiling", "together", "family", "friends",
    "colorful", "simple",
)  # fmt: skip
UNWANTED: tuple[str, ...] = (
    "blurry", "deformed", "extra limbs", "text", "watermark", "frightening", "blood", "nudity", "low quality",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LanguagePlan:
    """Size of the text encoder and how captions vary (shares of captions, 0..1)."""

    width: int = 192
    layers: int = 2
    heads: int = 6
    tokens: int = 40
    empty: float = 0.1
    dropped_phrase: float = 0.08
    idle: float = 0.12


def known_words() -> list[str]:
    """Every word a caption or a negative prompt may hold, each once, in a stable order."""
    sources: Iterable[str] = (
        *SUBJECTS,
        *(plural(word) for word in SUBJECTS),
        *COUNTS.values(),
        *ACTIONS.values(),
        *RELATIONS.values(),
        *PLACES.values(),
        *WEATHERS,
        *TIMES,
        *SEASONS,
        *TRIGGERS.values(),
        *IDLE_WORDS,
        *UNWANTED,
        "a an and the , .",
    )
    return list(dict.fromkeys(word for source in sources for word in source.split()))


def learn_merges(words: Sequence[str]) -> list[tuple[str, str]]:
    """Byte-pair merges, the most frequent pair first, until every word is one token.

    Ties go by the alphabet. The library's own learner leaves them to chance: token ids would differ between the run
    that trained a model and the one that exports it.
    """
    splits = [[*word[:-1], word[-1] + SUFFIX] for word in words]
    merges = []
    while any(len(split) > 1 for split in splits):
        pairs = Counter(pair for split in splits for pair in itertools.pairwise(split))
        left, right = best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        for split in splits:
            at = 0
            while at < len(split) - 1:
                if (split[at], split[at + 1]) == best:
                    split[at : at + 2] = [left + right]
                at += 1
    return merges


def build_tokenizer(plan: LanguagePlan) -> CLIPTokenizer:
    """A CLIP tokenizer in which every known word is one token; other words fall apart into shorter pieces."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    merges = learn_merges(known_words())
    tokens = [
        START,
        END,
        *alphabet,
        *(byte + SUFFIX for byte in alphabet),
        *(left + right for left, right in merges),
    ]
    return CLIPTokenizer(
        vocab={token: index for index, token in enumerate(dict.fromkeys(tokens))},
        merges=merges,
        model_max_length=plan.tokens,
    )


def build_text_encoder(plan: LanguagePlan, tokenizer: CLIPTokenizer) -> CLIPTextModel:
    """An untrained text encoder for the tokenizer."""
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=plan.width,
            intermediate_size=plan.width * 4,
            projection_dim=plan.width,
            num_hidden_layers=plan.layers,
            num_attention_heads=plan.heads,
            max_position_embeddings=plan.tokens,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def tokenise(tokenizer: CLIPTokenizer, captions: Sequence[str]) -> torch.Tensor:
    """Token ids, int64 (captions, tokenizer.model_max_length), padded as the stock pipeline pads."""
    found = tokenizer(
        list(captions),
        padding="max_length",
        truncation=True,
        max_length=tokenizer.model_max_length,
        return_tensors="pt",
    )
    ids: torch.Tensor = found.input_ids
    return ids


def varied_caption(cast: Cast, plan: LanguagePlan, rng: random.Random, *, trigger: str = "") -> str:
    """The scene's caption as training sees it: sometimes empty, cut short, or with words that show nothing."""
    if rng.random() < plan.empty:
        # A negative prompt stands where the empty caption stands, and must mean as little.
        unwanted = rng.sample(UNWANTED, rng.randrange(1, len(UNWANTED) + 1))
        return ", ".join(unwanted) if rng.random() < 0.4 else ""
    said = [phrase for phrase in phrases(cast) if rng.random() >= plan.dropped_phrase]
    if rng.random() < plan.idle:
        idle = rng.choice((*IDLE_WORDS, *TRIGGERS.values()))
        said.insert(rng.choice((0, len(said))), idle)
    return ", ".join([trigger, *said] if trigger else said)
