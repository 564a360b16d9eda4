"""The words of a drawing's scene as its writer reads them: what was said, and what the painter drew for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

# What the starter model draws. A word of another model stands as that model spells it.
WORDS: dict[str, Promise] = {
    "girl": pgettext_lazy("in a drawing", "girl"),
    "boy": pgettext_lazy("in a drawing", "boy"),
    "woman": pgettext_lazy("in a drawing", "woman"),
    "man": pgettext_lazy("in a drawing", "man"),
    "grandmother": pgettext_lazy("in a drawing", "grandmother"),
    "grandfather": pgettext_lazy("in a drawing", "grandfather"),
    "baby": pgettext_lazy("in a drawing", "baby"),
    "dog": pgettext_lazy("in a drawing", "dog"),
    "cat": pgettext_lazy("in a drawing", "cat"),
    "rabbit": pgettext_lazy("in a drawing", "rabbit"),
    "bird": pgettext_lazy("in a drawing", "bird"),
    "fish": pgettext_lazy("in a drawing", "fish"),
    "duck": pgettext_lazy("in a drawing", "duck"),
    "chicken": pgettext_lazy("in a drawing", "chicken"),
    "cow": pgettext_lazy("in a drawing", "cow"),
    "horse": pgettext_lazy("in a drawing", "horse"),
    "pig": pgettext_lazy("in a drawing", "pig"),
    "bear": pgettext_lazy("in a drawing", "bear"),
    "elephant": pgettext_lazy("in a drawing", "elephant"),
    "lion": pgettext_lazy("in a drawing", "lion"),
    "monkey": pgettext_lazy("in a drawing", "monkey"),
    "turtle": pgettext_lazy("in a drawing", "turtle"),
    "butterfly": pgettext_lazy("in a drawing", "butterfly"),
    "ball": pgettext_lazy("in a drawing", "ball"),
    "bicycle": pgettext_lazy("in a drawing", "bicycle"),
    "car": pgettext_lazy("in a drawing", "car"),
    "bus": pgettext_lazy("in a drawing", "bus"),
    "train": pgettext_lazy("in a drawing", "train"),
    "airplane": pgettext_lazy("in a drawing", "airplane"),
    "boat": pgettext_lazy("in a drawing", "boat"),
    "balloon": pgettext_lazy("in a drawing", "balloon"),
    "kite": pgettext_lazy("in a drawing", "kite"),
    "umbrella": pgettext_lazy("in a drawing", "umbrella"),
    "book": pgettext_lazy("in a drawing", "book"),
    "gift": pgettext_lazy("in a drawing", "gift"),
    "birthday cake": pgettext_lazy("in a drawing", "birthday cake"),
    "ice cream": pgettext_lazy("in a drawing", "ice cream"),
    "pizza": pgettext_lazy("in a drawing", "pizza"),
    "noodles": pgettext_lazy("in a drawing", "noodles"),
    "rice bowl": pgettext_lazy("in a drawing", "rice bowl"),
    "bread": pgettext_lazy("in a drawing", "bread"),
    "apple": pgettext_lazy("in a drawing", "apple"),
    "strawberry": pgettext_lazy("in a drawing", "strawberry"),
    "watermelon": pgettext_lazy("in a drawing", "watermelon"),
    "coffee": pgettext_lazy("in a drawing", "coffee"),
    "flower": pgettext_lazy("in a drawing", "flower"),
    "tree": pgettext_lazy("in a drawing", "tree"),
    "tent": pgettext_lazy("in a drawing", "tent"),
    "snowman": pgettext_lazy("in a drawing", "snowman"),
    "house": pgettext_lazy("in a drawing", "house"),
    "piano": pgettext_lazy("in a drawing", "piano"),
    "soccer ball": pgettext_lazy("in a drawing", "soccer ball"),
    "television": pgettext_lazy("in a drawing", "television"),
    "computer": pgettext_lazy("in a drawing", "computer"),
    "guitar": pgettext_lazy("in a drawing", "guitar"),
    "christmas tree": pgettext_lazy("in a drawing", "christmas tree"),
    "moon": pgettext_lazy("in a drawing", "moon"),
    "rainbow": pgettext_lazy("in a drawing", "rainbow"),
    "beach": pgettext_lazy("in a drawing", "beach"),
    "park": pgettext_lazy("in a drawing", "park"),
    "forest": pgettext_lazy("in a drawing", "forest"),
    "mountain": pgettext_lazy("in a drawing", "mountain"),
    "city": pgettext_lazy("in a drawing", "city"),
    "home": pgettext_lazy("in a drawing", "home"),
    "school": pgettext_lazy("in a drawing", "school"),
    "kitchen": pgettext_lazy("in a drawing", "kitchen"),
    "pool": pgettext_lazy("in a drawing", "pool"),
    "farm": pgettext_lazy("in a drawing", "farm"),
    "playground": pgettext_lazy("in a drawing", "playground"),
    "street": pgettext_lazy("in a drawing", "street"),
    "morning": pgettext_lazy("in a drawing", "morning"),
    "day": pgettext_lazy("in a drawing", "day"),
    "evening": pgettext_lazy("in a drawing", "evening"),
    "night": pgettext_lazy("in a drawing", "night"),
    "sunrise": pgettext_lazy("in a drawing", "sunrise"),
    "sunset": pgettext_lazy("in a drawing", "sunset"),
    "sunny": pgettext_lazy("in a drawing", "sunny"),
    "cloudy": pgettext_lazy("in a drawing", "cloudy"),
    "rainy": pgettext_lazy("in a drawing", "rainy"),
    "snowy": pgettext_lazy("in a drawing", "snowy"),
    "windy": pgettext_lazy("in a drawing", "windy"),
    "swimming": pgettext_lazy("in a drawing", "swimming"),
    "walking": pgettext_lazy("in a drawing", "walking"),
    "running": pgettext_lazy("in a drawing", "running"),
    "playing": pgettext_lazy("in a drawing", "playing"),
    "eating": pgettext_lazy("in a drawing", "eating"),
    "cooking": pgettext_lazy("in a drawing", "cooking"),
    "reading": pgettext_lazy("in a drawing", "reading"),
    "sleeping": pgettext_lazy("in a drawing", "sleeping"),
    "drawing": pgettext_lazy("in a drawing", "drawing"),
    "singing": pgettext_lazy("in a drawing", "singing"),
    "dancing": pgettext_lazy("in a drawing", "dancing"),
    "studying": pgettext_lazy("in a drawing", "studying"),
    "cleaning": pgettext_lazy("in a drawing", "cleaning"),
    "riding": pgettext_lazy("in a drawing", "riding"),
    "climbing": pgettext_lazy("in a drawing", "climbing"),
    "fishing": pgettext_lazy("in a drawing", "fishing"),
    "working": pgettext_lazy("in a drawing", "working"),
    "watching": pgettext_lazy("in a drawing", "watching"),
    "gardening": pgettext_lazy("in a drawing", "gardening"),
    "shopping": pgettext_lazy("in a drawing", "shopping"),
    "buying": pgettext_lazy("in a drawing", "buying"),
}


@dataclass(frozen=True)
class Chip:
    """A word of the scene, and in `drawn` what it was drawn as where that is another word."""

    word: str
    drawn: str = ""


def chips(scene: Mapping[str, Any], *, prompt: str = "") -> list[Chip]:
    """Return the words of a kept scene in the order who, what, where, weather, when, action.

    The mood never comes into a prompt; an action that did not is left out too. Data that is no scene gives no chips.
    """
    try:
        found = [_chip(word) for word in _words(scene, prompt)]
    except (AttributeError, KeyError, TypeError):
        return []
    return list(dict.fromkeys(found))


def _words(scene: Mapping[str, Any], prompt: str) -> Iterator[Mapping[str, str]]:
    yield from scene.get("who") or ()
    yield from scene.get("what") or ()
    for name in ("where", "weather", "when"):
        if word := scene.get(name):
            yield word
    if (action := scene.get("action")) and (not prompt or action["drawn"] in prompt):
        yield action


def _chip(word: Mapping[str, str]) -> Chip:
    drawn = str(WORDS.get(word["drawn"], word["drawn"]))
    said = word.get("said") or ""
    if not said or said.casefold() == drawn.casefold():
        return Chip(drawn)
    return Chip(said, drawn)
