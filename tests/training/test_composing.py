"""Composed scenes and their captions say the same thing, and say it again for the same seed."""

from __future__ import annotations

import itertools
import random
from itertools import islice

import numpy as np
import pytest

from illustration.scenes.prompt import NEGATIVE_PROMPT
from illustration.training.casting import (
    ALOFT,
    MOST_BODIES,
    draw_cast,
    held_out,
    judged_casts,
    pair_held_out,
)
from illustration.training.composer import Composer, Scene
from illustration.training.figures import LOOKS
from illustration.training.filters import PIXEL_PALETTE, STYLES, TRIGGERS
from illustration.training.language import (
    LanguagePlan,
    build_tokenizer,
    known_words,
    tokenise,
    varied_caption,
)
from illustration.training.scenery import backdrop
from illustration.training.sprites import HELD, HELD_UP, Guise, SpriteSet
from illustration.training.vocabulary import (
    ACTIONS,
    ICONS,
    INDOORS,
    PEOPLE,
    PLACES,
    SEASONS,
    SUBJECTS,
    TIMES,
    WEATHERS,
    Cast,
    Member,
    caption,
    vocabulary,
)

PLAIN = Cast((), "park", "sunny", "day")
DOG = Cast((Member("dog"),), "park", "sunny", "day")


def difference(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.abs(first.astype(int) - second).mean())


def test_the_same_seed_gives_the_same_scenes(composer: Composer) -> None:
    def scenes(seed: int) -> list[Scene]:
        rng = random.Random(seed)
        return [composer.compose(draw_cast(rng), rng) for _ in range(4)]

    first, again, other = scenes(5), scenes(5), scenes(6)
    assert [scene.cast for scene in first] == [scene.cast for scene in again]
    assert all(
        (a.pixels == b.pixels).all() and (a.cover == b.cover).all() for a, b in zip(first, again, strict=True)
    )
    assert [scene.cast for scene in first] != [scene.cast for scene in other]


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ((Member("girl"), Member("ice cream"), Member("moon")), "a girl, an ice cream and the moon"),
        ((Member("girl", action="reading"), Member("cat", 2)), "a girl reading and two cats"),
        ((Member("boy", action="cycling"),), "a boy riding a bicycle"),
        ((Member("woman", relation="holding", other="umbrella"),), "a woman holding an umbrella"),
        ((Member("dog", relation="beside", other="cat"),), "a dog beside a cat"),
        ((Member("sheep", 3),), "three sheep"),
        ((Member("noodles"), Member("police officer", 2)), "noodles and two police officers"),
        (
            (Member("grandmother", relation="in front of", other="house"),),
            "a grandmother in front of a house",
        ),
    ],
)
def test_a_caption_names_what_the_cast_holds(members: tuple[Member, ...], words: str) -> None:
    cast = Cast(members, "mountain", "snowy", "evening", "winter")
    assert caption(cast) == f"{words}, in the mountains, snowy, evening, winter"
    assert caption(cast, trigger="pixel art").startswith(f"pixel art, {words}, ")
    assert caption(Cast(members, "home", "rainy", "night")) == f"{words}, at home, rainy, night"


def test_a_subject_is_drawn_where_its_cover_says(composer: Composer) -> None:
    with_subject = composer.compose(DOG, random.Random(1))
    without = composer.compose(PLAIN, random.Random(1))
    changed = np.abs(with_subject.pixels.astype(int) - without.pixels).max(axis=2) > 8
    cells = changed.reshape(16, 16, 16, 16).mean(axis=(1, 3))
    covered = with_subject.cover > 127
    assert covered.sum() >= 25
    assert cells[covered].min() > 0.4
    assert without.cover.max() == 0


@pytest.mark.parametrize("word", ["girl", "dog", "apple", "whale", "butterfly", "rainbow", "baby"])
def test_a_lone_subject_is_large(composer: Composer, word: str) -> None:
    scene = composer.compose(Cast((Member(word),), "beach", "sunny", "day"), random.Random(3))
    assert 6 <= len(np.flatnonzero((scene.cover > 0).any(axis=1))) <= 14


@pytest.mark.parametrize(
    "members",
    [
        (Member("girl"), Member("dog"), Member("ball")),
        (Member("apple", 3),),
        (Member("girl", 3),),
        (Member("man", action="sleeping"), Member("cat", relation="beside", other="dog")),
    ],
)
def test_three_bodies_stand_beside_each_other_inside_the_picture(
    composer: Composer, members: tuple[Member, ...]
) -> None:
    scene = composer.compose(Cast(members, "lake", "cloudy", "day"), random.Random(2))
    # None hides another: each keeps eleven cells of 16 pixels to itself.
    assert (scene.cover > 127).sum() >= 33
    assert (scene.cover[:, 5:11] > 64).any()
    assert (scene.cover[:, :5] > 64).any()
    assert (scene.cover[:, 11:] > 64).any()


def test_casts_keep_to_the_vocabulary() -> None:
    rng = random.Random(0)
    casts = [draw_cast(rng) for _ in range(3000)]
    for cast in casts:
        assert 1 <= len(set(cast.subjects)) == len(cast.subjects)
        assert set(cast.subjects) <= set(SUBJECTS)
        assert sum(member.bodies for member in cast.members) <= MOST_BODIES
        for member in cast.members:
            assert not member.action or (
                member.subject in PEOPLE and member.count == 1 and not member.relation
            )
            assert bool(member.other) == bool(member.relation)
            if member.relation == "holding":
                assert member.subject in PEOPLE
                assert member.other in (*HELD, *HELD_UP)
        assert sum(m.subject in ALOFT for m in cast.members) <= 1
        assert cast.weather != "snowy" or cast.season in ("", "winter")
    assert {word for cast in casts for word in cast.subjects} == set(SUBJECTS)
    assert {m.action for cast in casts for m in cast.members} == {"", *ACTIONS}
    assert {cast.place for cast in casts} == set(PLACES)
    assert {cast.season for cast in casts} == {"", *SEASONS}


def test_training_never_sees_what_is_kept_for_the_judge() -> None:
    rng = random.Random(1)
    assert not any(held_out(draw_cast(rng)) for _ in range(2000))
    kept = list(islice(judged_casts(0), 600))
    assert len(set(kept)) == 600
    assert all(held_out(cast) for cast in kept)
    assert kept == list(islice(judged_casts(0), 600))
    share = np.mean([pair_held_out(word, place) for word, place in itertools.product(SUBJECTS, PLACES)])
    assert 0.04 < share < 0.09
    # Every word can still be learned.
    assert not any(all(pair_held_out(word, place) for place in PLACES) for word in SUBJECTS)


def test_places_hours_weathers_and_seasons_look_different() -> None:
    def apart(pictures: list[np.ndarray], least: float) -> None:
        for first, second in itertools.combinations(pictures, 2):
            assert difference(first, second) > least

    apart([np.asarray(backdrop(place, "day", "sunny")) for place in PLACES], 18)
    for place in ("park", "classroom", "theater", "airport"):
        # Rooms show hour, weather and season in their window alone.
        box = np.s_[16:116] if place in INDOORS else np.s_[:]
        apart([np.asarray(backdrop(place, time, "sunny"))[box] for time in TIMES], 4)
        apart([np.asarray(backdrop(place, "day", weather))[box] for weather in WEATHERS], 1)
        apart([np.asarray(backdrop(place, "day", "cloudy", season))[box] for season in SEASONS], 0.5)


def test_every_guise_can_be_drawn(composer: Composer) -> None:
    sprites: SpriteSet = composer.sprites
    guises = [Guise(word) for word in ICONS]
    guises += [Guise(person, look) for person in PEOPLE for look in range(LOOKS)]
    guises += [Guise("girl", 0, action) for action in ACTIONS]
    guises += [Guise("boy", 0, "", held) for held in (*HELD, *HELD_UP)]
    for guise in guises:
        drawn = sprites.draw(guise, 48, 64)
        assert drawn.shape[2] == 4, guise
        assert 12 <= drawn.shape[1] <= 64, guise
        assert (drawn[..., 3] > 127).mean() > 0.1, guise
    held, empty = sprites.draw(Guise("boy", 0, "", "ball"), 64), sprites.draw(Guise("boy"), 64)
    assert held.shape[1] > empty.shape[1]


def test_the_vocabulary_is_told_in_one_piece() -> None:
    words = vocabulary(TRIGGERS)
    assert len(words["subjects"]) >= 200
    assert len(words["actions"]) >= 8
    assert len(words["places"]) >= 24
    assert [len(words[key]) for key in ("times", "weathers", "seasons")] == [5, 6, 4]
    assert set(words["people"]) <= set(words["subjects"])
    for key in ("plurals", "uncountable", "definite"):
        assert set(words[key]) <= set(words["subjects"])
    assert words["counts"] == {"2": "two", "3": "three"}
    said = [
        *words["subjects"].values(),
        *words["plurals"].values(),
        *words["actions"].values(),
        *words["places"].values(),
    ]
    assert all(phrase.isascii() and phrase == phrase.lower() for phrase in said)


def test_every_word_of_a_prompt_is_one_token() -> None:
    tokenizer = build_tokenizer(LanguagePlan())
    prompt_words = NEGATIVE_PROMPT.replace(",", "").split()
    rng = random.Random(4)
    caption_words = {word for _ in range(300) for word in caption(draw_cast(rng)).replace(",", "").split()}
    words = (*known_words(), *prompt_words, *sorted(caption_words))
    split = [word for word in words if len(tokenizer(word).input_ids) != 3]
    assert split == []
    again = build_tokenizer(LanguagePlan())
    assert again.get_vocab() == tokenizer.get_vocab()
    assert tokenizer.decode(tokenizer("a qwertz").input_ids, skip_special_tokens=True) == "a qwertz"
    assert tokenise(tokenizer, ["a dog", ""]).shape == (2, LanguagePlan().tokens)
    longest = max((len(tokenizer(caption(draw_cast(rng))).input_ids) for _ in range(300)), default=0)
    assert longest + 4 <= LanguagePlan().tokens


def test_captions_vary_by_seed_alone() -> None:
    drawn = [varied_caption(DOG, LanguagePlan(), random.Random(seed)) for seed in range(400)]
    assert drawn == [varied_caption(DOG, LanguagePlan(), random.Random(seed)) for seed in range(400)]
    assert 10 <= drawn.count("") <= 50
    assert drawn.count(caption(DOG)) > 200
    styled = [varied_caption(DOG, LanguagePlan(), random.Random(s), trigger="pixel art") for s in range(40)]
    assert any(line.startswith("pixel art, a dog") for line in styled)


def test_styles_differ_from_the_scene_and_from_each_other(composer: Composer) -> None:
    scene = composer.compose(
        Cast((Member("girl"), Member("dog")), "park", "sunny", "day"), random.Random(2)
    ).pixels
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
    assert drawn["watercolour"][:4].min() > 190
