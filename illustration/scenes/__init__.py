"""The scene reader: diary text → Scene → phrases of a prompt. Pure Python, without the web site or the engine."""

from illustration.scenes.cast import CastMember
from illustration.scenes.language import detect_language
from illustration.scenes.prompt import Asked, Phrase, Prompt, compose, phrases
from illustration.scenes.reading import read
from illustration.scenes.scene import Item, Scene
from illustration.scenes.vocabulary import Vocabulary

__all__ = [
    "Asked",
    "CastMember",
    "Item",
    "Phrase",
    "Prompt",
    "Scene",
    "Vocabulary",
    "compose",
    "detect_language",
    "phrases",
    "read",
]
