"""The starter model's words: its tokenizer, its small text encoder, and captions varied as writers vary them."""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from tokenizers import Tokenizer, pre_tokenizers, trainers
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from illustration.training.composer import Cast, phrases
from illustration.training.filters import TRIGGERS
from illustration.training.scenery import PLACES, TIMES, WEATHERS
from illustration.training.sprites import SUBJECTS

START, END = "<|startoftext|>", "<|endoftext|>"
SUFFIX = "</w>"

# Words that prompts carry though no picture shows them. Captions hold some at random, so the model learns that
# they change nothing; without that an untrained word is noise that spoils the rest.
IDLE_WORDS: tuple[str, ...] = (
    "happy", "sad", "calm", "tired", "angry", "excited", "cute", "smiling", "playing", "running", "walking",
    "eating", "reading", "sleeping", "singing", "dancing", "swimming", "riding", "cooking", "drawing", "together",
    "family", "friends", "spring", "summer", "autumn", "winter", "colorful", "simple",
)  # fmt: skip
UNWANTED: tuple[str, ...] = (
    "blurry", "deformed", "extra limbs", "text", "watermark", "frightening", "blood", "nudity", "low quality",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LanguagePlan:
    """Size of the text encoder and how captions vary (shares of captions, 0..1)."""

    width: int = 128
    layers: int = 2
    heads: int = 4
    tokens: int = 40
    empty: float = 0.1
    dropped_phrase: float = 0.08
    idle: float = 0.12


def known_words() -> list[str]:
    """Every word a caption or a negative prompt may hold, each once, in a stable order."""
    sources: Iterable[str] = (
        *SUBJECTS,
        *PLACES.values(),
        *WEATHERS,
        *TIMES,
        *TRIGGERS.values(),
        *IDLE_WORDS,
        *UNWANTED,
        "a an and the , .",
    )
    return list(dict.fromkeys(word for source in sources for word in source.split()))


def build_tokenizer(plan: LanguagePlan) -> CLIPTokenizer:
    """A CLIP tokenizer in which every known word is one token; other words fall apart into shorter pieces."""
    blank = CLIPTokenizer()
    learner: Tokenizer = Tokenizer.from_str(blank.backend_tokenizer.to_str())
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = known_words()
    trainer = trainers.BpeTrainer(
        vocab_size=1_000_000,
        min_frequency=1,
        show_progress=False,
        special_tokens=[START, END],
        initial_alphabet=alphabet,
        end_of_word_suffix=SUFFIX,
    )
    learner.train_from_iterator(words, trainer)
    learned: dict[str, Any] = json.loads(learner.to_str())["model"]
    ordered = sorted(learned["vocab"], key=learned["vocab"].__getitem__)
    # The learner only keeps word ends it met; a writer may end a word on any byte.
    ordered += [byte + SUFFIX for byte in alphabet if byte + SUFFIX not in learned["vocab"]]
    merges = [tuple(pair) if isinstance(pair, list) else tuple(pair.split(" ")) for pair in learned["merges"]]
    return CLIPTokenizer(
        vocab={token: index for index, token in enumerate(ordered)},
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
