"""What the English reading hands from step to step: a concept and the tokens that name it."""

from __future__ import annotations

from dataclasses import dataclass

from illustration.scenes.lexicon import Concept


@dataclass(slots=True)
class Found:
    """A concept and the tokens ``first``..``last`` that name it.

    ``modifier``: it only tells what kind the next noun is; ``alias``: named by a given name; ``whole``: an action that
    several words name together.
    """

    concept: Concept
    first: int
    last: int
    modifier: bool = False
    alias: bool = False
    whole: bool = False
