"""What the judge's readings say about pictures: shares by kind and by word, its own ceiling, the words that pass."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
from diffusers import AutoencoderDC
from numpy.typing import NDArray

from illustration.training import autoencoder
from illustration.training.casting import judged_casts
from illustration.training.composer import Composer
from illustration.training.filters import STYLES
from illustration.training.judge import Reading, counted
from illustration.training.loop import Machine
from illustration.training.vocabulary import Cast

# What the pictures must reach, by kind.
GOALS: Mapping[str, float] = {
    "subjects": 0.90,
    "places": 0.95,
    "times": 0.90,
    "weathers": 0.90,
    "styles": 0.98,
}
KINDS = ("subjects", "counts", "actions", "relations", "places", "weathers", "times", "seasons", "styles")
# A word passes where this share of the pictures that were asked for it shows it, and it was asked for often enough.
PASSES, ASKED_AT_LEAST = 0.7, 3
LOOKED_THROUGH = 200_000


@dataclass(slots=True)
class Tally:
    """How often a word was asked for and how often it was read in the picture."""

    asked: int = 0
    right: int = 0

    @property
    def share(self) -> float:
        """0..1; not a number where nothing was asked."""
        return self.right / self.asked if self.asked else float("nan")


@dataclass(slots=True)
class Scores:
    """Tallies by kind and word. invented: subjects read that no prompt asked for, in all pictures together."""

    tallies: dict[str, dict[str, Tally]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    pictures: int = 0
    invented: int = 0

    def note(self, kind: str, word: str, *, right: bool) -> None:
        tally = self.tallies[kind].setdefault(word, Tally())
        tally.asked += 1
        tally.right += right

    def total(self, kind: str) -> Tally:
        words = self.tallies[kind].values()
        return Tally(sum(word.asked for word in words), sum(word.right for word in words))


def words_of(cast: Cast, style: str) -> list[tuple[str, str]]:
    """Every word that a prompt of this cast asks for, with its kind; one of a subject is no count of its own."""
    subjects = counted(cast)
    found = [("subjects", word) for word in subjects]
    found += [("counts", str(member.count)) for member in cast.members if member.count > 1]
    found += [("actions", member.action) for member in cast.members if member.action]
    found += [("relations", member.relation) for member in cast.members if member.relation]
    found += [("places", cast.place), ("weathers", cast.weather), ("times", cast.time)]
    found += [("seasons", cast.season)] if cast.season else []
    return [*found, ("styles", style)]


def score(asked: Sequence[tuple[Cast, str]], readings: Sequence[Reading]) -> Scores:
    """Hold readings against the casts and styles that the pictures were asked for.

    A subject is right where it is seen in any number, a count where that many of its subject are.
    """
    scores = Scores()
    for (cast, style), seen in zip(asked, readings, strict=True):
        wanted = counted(cast)
        scores.pictures += 1
        scores.invented += sum(word not in wanted for word in seen.subjects)
        for word in wanted:
            scores.note("subjects", word, right=word in seen.subjects)
        for member in cast.members:
            if member.count > 1:
                right = seen.subjects.get(member.subject) == wanted[member.subject]
                scores.note("counts", str(member.count), right=right)
            if member.action:
                scores.note("actions", member.action, right=member.action in seen.actions)
            if member.relation:
                scores.note("relations", member.relation, right=member.relation in seen.relations)
        scores.note("places", cast.place, right=cast.place == seen.place)
        scores.note("weathers", cast.weather, right=cast.weather == seen.weather)
        scores.note("times", cast.time, right=cast.time == seen.time)
        if cast.season:
            scores.note("seasons", cast.season, right=cast.season == seen.season)
        scores.note("styles", style, right=style == seen.style)
    return scores


def missed(asked: Sequence[tuple[Cast, str]], readings: Sequence[Reading]) -> list[int]:
    """How many words of each picture's prompt were not read in it."""
    alone = (score([one], [seen]) for one, seen in zip(asked, readings, strict=True))
    return [sum(total.asked - total.right for total in map(scores.total, KINDS)) for scores in alone]


def known(cast: Cast, vocabulary: Mapping[str, Any]) -> bool:
    """Whether the vocabulary (the content of a vocabulary.json) holds every word of the cast."""
    return all(kind == "styles" or word in vocabulary.get(kind, ()) for kind, word in words_of(cast, ""))


def asked_casts(
    vocabulary: Mapping[str, Any], styles: Sequence[str], *, pictures: int, each: int = 0, seed: int = 0
) -> list[tuple[Cast, str]]:
    """Held-out scenes in words of the vocabulary, styles in turn: `pictures` of them, then more for rare words.

    each: how often every word should be asked for, as far as scenes holding it are found.
    """
    found: list[tuple[Cast, str]] = []
    often: dict[tuple[str, str], int] = {}
    wanting = {(kind, word) for kind in KINDS[:-1] for word in vocabulary.get(kind, ())} if each else set()
    for cast in islice(judged_casts(seed), LOOKED_THROUGH):
        if len(found) >= pictures and not wanting:
            break
        words = words_of(cast, styles[len(found) % len(styles)])
        if not known(cast, vocabulary) or (len(found) >= pictures and not wanting.intersection(words)):
            continue
        found.append((cast, words[-1][1]))
        for word in words:
            often[word] = often.get(word, 0) + 1
            if often[word] >= each:
                wanting.discard(word)
    return found


def ceiling_pictures(
    asked: Iterable[tuple[Cast, str]], composer: Composer, model: AutoencoderDC, machine: Machine, seed: str
) -> NDArray[np.uint8]:
    """The same scenes composed, not drawn, and sent through the autoencoder: what no painter behind it can pass.

    Returns uint8 (n, 256, 256, 3). seed: must name no scene that the judge learned from.
    """
    found = []
    for index, (cast, style) in enumerate(asked):
        rng = random.Random(f"{seed}/{index}")
        pixels = composer.compose(cast, rng).pixels
        found.append(STYLES[style](pixels, rng) if style else pixels)
    pictures = np.stack(found)
    # In parts: latents are small, decoded pictures in floats are not.
    parts = [pictures[start : start + 16] for start in range(0, len(pictures), 16)]
    return np.concatenate(
        [autoencoder.decode(model, autoencoder.encode(model, part, machine), machine) for part in parts]
    )


def passed(
    vocabulary: Mapping[str, Any],
    scores: Scores,
    *,
    passes: float = PASSES,
    at_least: int = ASKED_AT_LEAST,
    by_word: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """The vocabulary without any word that did not pass: exactly what the model has shown that it draws.

    vocabulary: the content of a vocabulary.json, whose mappings keep their phrases. passes: the share, 0..1, a word
    must be read in; by_word: other shares for some words. A word asked for less than `at_least` times did not pass.
    """

    def stays(kind: str, word: str) -> bool:
        tally = scores.tallies[kind].get(word, Tally())
        return tally.asked >= max(1, at_least) and tally.share >= (by_word or {}).get(word, passes)

    found: dict[str, Any] = dict(vocabulary)
    for kind in KINDS:
        words = vocabulary.get(kind, {})
        if isinstance(words, Mapping):
            found[kind] = {word: phrase for word, phrase in words.items() if stays(kind, word)}
        else:
            found[kind] = [word for word in words if stays(kind, word)]
    subjects = found["subjects"]
    for note in ("people", "uncountable", "definite"):
        if note in vocabulary:
            found[note] = [word for word in vocabulary[note] if word in subjects]
    if "plurals" in vocabulary:
        found["plurals"] = {word: said for word, said in vocabulary["plurals"].items() if word in subjects}
    return found
