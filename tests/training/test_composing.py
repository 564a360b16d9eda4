"""Composed scenes and their captions say the same thing, and say it again for the same seed."""

from __future__ import annotations

import random
from itertools import islice

import numpy as np
import pytest

from illustration.scenes.prompt import NEGATIVE_PROMPT
from illustration.scenes.prompt import subject_phrase as prompt_subject_phrase
from illustration.scenes.vocabulary import STARTER
from illustration.training.composer import ALOFT, Cast, Composer, caption, draw_cast, scenes, subject_phrase
from illustration.training.export import vocabulary
from illustration.training.filters import PIXEL_PALETTE, STYLES
from illustration.training.language import (
    LanguagePlan,
    build_tokenizer,
    known_words,
    tokenise,
    varied_caption,
)

PLAIN = Cast((), "park", "sunny", "day")


def test_the_same_seed_gives_the_same_scenes(composer: Composer) -> None:
    first, again, other = (list(islice(scenes(composer, seed), 4)) for seed in (5, 5, 6))
    assert [scene.caption for scene in first] == [scene.caption for scene in again]
    assert all(
        (a.pixels == b.pixels).all() and (a.cover == b.cover).all() for a, b in zip(first, again, strict=True)
    )
    assert [scene.caption for scene in first] != [scene.caption for scene in other]


def test_a_caption_names_what_the_cast_holds() -> None:
    cast = Cast(("girl", "ice cream", "moon"), "mountain", "snowy", "evening")
    assert caption(cast) == "a girl, an ice cream and the moon, in the mountains, snowy, evening"
    assert caption(cast, trigger="pixel art").startswith("pixel art, a girl, ")
    assert caption(Cast(("noodles",), "home", "rainy", "night")) == "noodles, at home, rainy, night"


def test_a_subject_is_drawn_where_its_cover_says(composer: Composer) -> None:
    with_subject = composer.compose(Cast(("dog",), "park", "sunny", "day"), random.Random(1))
    without = composer.compose(PLAIN, random.Random(1))
    changed = np.abs(with_subject.pixels.astype(int) - without.pixels).max(axis=2) > 8
    cells = changed.reshape(16, 16, 16, 16).mean(axis=(1, 3))
    covered = with_subject.cover > 127
    assert covered.sum() >= 25
    assert cells[covered].min() > 0.4
    assert without.cover.max() == 0


@pytest.mark.parametrize("count", [1, 2, 3])
def test_subjects_are_large_and_inside_the_picture(composer: Composer, count: int) -> None:
    subjects = ("girl", "dog", "ball")[:count]
    scene = composer.compose(Cast(subjects, "beach", "sunny", "day"), random.Random(3))
    rows = np.flatnonzero((scene.cover > 0).any(axis=1))
    assert 0.35 * 16 <= len(rows) <= 0.7 * 16
    # None hides another: each keeps a dozen cells of 16 pixels to itself.
    assert (scene.cover > 127).sum() >= 12 * count


def test_casts_keep_to_the_vocabulary() -> None:
    rng = random.Random(0)
    for cast in (draw_cast(rng) for _ in range(300)):
        assert 1 <= len(set(cast.subjects)) == len(cast.subjects) <= 3
        assert set(cast.subjects) <= STARTER.subjects
        assert sum(word in ALOFT for word in cast.subjects) <= 1


def test_captions_and_prompts_are_written_alike() -> None:
    words = vocabulary()
    assert set(words["subjects"]) == STARTER.subjects
    assert words["places"] == dict(STARTER.places)
    assert words["weathers"] == dict(STARTER.weathers)
    assert words["times"] == dict(STARTER.times)
    assert words["styles"] == dict(STARTER.styles)
    for subjects in (["apple"], ["noodles", "moon"], ["girl", "dog", "ice cream"]):
        assert subject_phrase(subjects) == prompt_subject_phrase(subjects)


def test_every_word_of_a_prompt_is_one_token() -> None:
    tokenizer = build_tokenizer(LanguagePlan())
    prompt_words = NEGATIVE_PROMPT.replace(",", "").split()
    split = [word for word in (*known_words(), *prompt_words) if len(tokenizer(word).input_ids) != 3]
    assert split == []
    again = build_tokenizer(LanguagePlan())
    assert again.get_vocab() == tokenizer.get_vocab()
    assert tokenizer.decode(tokenizer("a zebra").input_ids, skip_special_tokens=True) == "a zebra"
    assert tokenise(tokenizer, ["a dog", ""]).shape == (2, LanguagePlan().tokens)


def test_captions_vary_by_seed_alone() -> None:
    cast = Cast(("dog",), "park", "sunny", "day")
    drawn = [varied_caption(cast, LanguagePlan(), random.Random(seed)) for seed in range(400)]
    assert drawn == [varied_caption(cast, LanguagePlan(), random.Random(seed)) for seed in range(400)]
    assert 10 <= drawn.count("") <= 50
    assert drawn.count(caption(cast)) > 200
    styled = [varied_caption(cast, LanguagePlan(), random.Random(s), trigger="pixel art") for s in range(40)]
    assert any(line.startswith("pixel art, a dog") for line in styled)


def test_styles_differ_from_the_scene_and_from_each_other(composer: Composer) -> None:
    scene = composer.compose(Cast(("girl", "dog"), "park", "sunny", "day"), random.Random(2)).pixels
    drawn = {style: paint(scene, random.Random(1)).astype(int) for style, paint in STYLES.items()}
    assert all((paint(scene, random.Random(1)) == drawn[style]).all() for style, paint in STYLES.items())
    pictures = [scene.astype(int), *drawn.values()]
    for index, picture in enumerate(pictures):
        assert picture.shape == (256, 256, 3)
        for other in pictures[index + 1 :]:
            assert np.abs(picture - other).mean() > 12
    # Blocks of 5, 6 and 5 pixels, so that every 16 pixels look alike to the autoencoder.
    across = drawn["pixel"].reshape(256, 16, 16, 3)
    assert (across[:, :, [0, 5, 11]].repeat([5, 6, 5], axis=2) == across).all()
    assert len(np.unique(drawn["pixel"].reshape(-1, 3), axis=0)) <= len(PIXEL_PALETTE)
    assert drawn["crayon"][:3].min() > 200
    assert drawn["watercolour"][:4].min() > 200
