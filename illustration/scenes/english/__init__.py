"""English diary text → sentences of mentions. No choosing between them, and no words: those are in ``lexicon/``."""

from illustration.scenes.english.reader import read_english

__all__ = ["read_english"]
