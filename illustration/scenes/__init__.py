"""The scene reader: Korean or English diary text → Scene → prompt. Pure Python, without the web site or the engine."""

from illustration.scenes.mentions import detect_language
from illustration.scenes.prompt import Prompt, compose
from illustration.scenes.reading import read_scene
from illustration.scenes.scene import Scene, Word
from illustration.scenes.vocabulary import Vocabulary

__all__ = ["Prompt", "Scene", "Vocabulary", "Word", "compose", "detect_language", "read_scene"]
