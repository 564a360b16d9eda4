"""Scene → prompt: ranked phrases in the words of the model's captions. Never any of the diary's own text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from illustration.scenes.scene import Scene, Word
from illustration.scenes.vocabulary import STARTER, Vocabulary

NEGATIVE_PROMPT = "blurry, deformed, extra limbs, text, watermark, frightening, blood, nudity, low quality"

_NO_ARTICLE = frozenset({"noodles"})
_DEFINITE = frozenset({"moon"})


@dataclass(frozen=True, slots=True)
class Prompt:
    """``phrases`` in falling rank (a short text encoder drops from the end); ``prompt`` is all of them joined."""

    phrases: tuple[str, ...]
    prompt: str
    negative_prompt: str


def subject_phrase(words: Iterable[str]) -> str:
    """Subjects as captions name them: "a girl, a dog and an ice cream"; "" for none."""
    named = []
    for word in words:
        if word in _NO_ARTICLE:
            named.append(word)
        elif word in _DEFINITE:
            named.append(f"the {word}")
        else:
            named.append(f"{'an' if word[0] in 'aeiou' else 'a'} {word}")
    if len(named) < 2:
        return "".join(named)
    return f"{', '.join(named[:-1])} and {named[-1]}"


def compose(scene: Scene, *, trigger: str = "", vocabulary: Vocabulary | None = None) -> Prompt:
    """Phrases for ``scene``: trigger, subjects, action, place, weather, time.

    A word outside ``vocabulary`` (default: the starter model's) is left out, so a scene that was tampered with
    cannot bring other text into the prompt.
    """
    words = vocabulary or STARTER
    phrases = [trigger] if trigger else []
    subjects = dict.fromkeys(word.drawn for word in (*scene.who, *scene.what) if word.drawn in words.subjects)
    phrases.append(subject_phrase(subjects))
    sections: tuple[tuple[str, Word | None], ...] = (
        ("action", scene.action),
        ("place", scene.where),
        ("weather", scene.weather),
        ("time", scene.when),
    )
    for kind, word in sections:
        phrases.append(words.table(kind).get(word.drawn, "") if word else "")
    kept = tuple(phrase for phrase in phrases if phrase)
    return Prompt(phrases=kept, prompt=", ".join(kept), negative_prompt=NEGATIVE_PROMPT)
