"""From ranked phrases to the text encoder's hidden states. The words themselves are chosen elsewhere."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import torch

REMEMBERED = 32


class PromptEncoder:
    """A tokenizer and a CLIP text encoder, and the few hidden states asked for last."""

    def __init__(self, tokenizer: Any, text_encoder: Any) -> None:
        self.tokenizer = tokenizer
        self.text_encoder = text_encoder
        # A tokenizer saved without its limit reports an astronomical one.
        self.max_tokens = int(min(tokenizer.model_max_length, text_encoder.config.max_position_embeddings))
        self._remembered: OrderedDict[str, torch.Tensor] = OrderedDict()

    def fit(self, phrases: Sequence[str]) -> str | None:
        """As many of the first phrases, joined, as the encoder takes; None if not even one does."""
        for kept in range(len(phrases), 0, -1):
            prompt = ", ".join(phrases[:kept])
            if len(self.tokenizer(prompt).input_ids) <= self.max_tokens:
                return prompt
        return None if phrases else ""

    def encode(self, text: str) -> torch.Tensor:
        """Hidden states (1, max_tokens, width); a longer text is cut.

        One text at a time, so that a drawing's words do not depend on its company.
        """
        if text in self._remembered:
            self._remembered.move_to_end(text)
            return self._remembered[text]
        tokens = self.tokenizer(
            text, padding="max_length", max_length=self.max_tokens, truncation=True, return_tensors="pt"
        )
        states: torch.Tensor = self.text_encoder(tokens.input_ids.to(self.text_encoder.device))[0]
        self._remembered[text] = states
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        return states
