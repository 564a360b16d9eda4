"""The closed lists of English: grammar words, irregular forms, shorthand and spellings. Data, and how it is read."""

from __future__ import annotations

from illustration.scenes.lexicon import grammar

LISTS = {name: frozenset(word.replace("_", " ") for word in words) for name, words in grammar("en").items()}
"""The lists of ``grammar_en.toml`` by name; a phrase has spaces."""


def _pairs(name: str) -> dict[str, str]:
    """A list of ``form=base`` as a mapping; "+" stands for a space."""
    pairs = (entry.split("=", 1) for entry in grammar("en")[name])
    return {form: base.replace("+", " ") for form, base in pairs}


IRREGULAR = _pairs("irregular")
"""Forms of irregular verbs → base form."""
PLURALS = _pairs("plural")
"""Irregular plurals → singular."""
SHORTHAND = _pairs("shorthand")
"""Slang, contractions without their apostrophe → the words meant."""
SPELLINGS = _pairs("spelling")
"""British and other spellings → the one of the lexicon."""
