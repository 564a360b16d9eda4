"""Scenes as captions: ranked phrases in the model's words, each knowing its items and what became of them."""

import json

import pytest

from illustration.scenes import Item, Scene, Vocabulary, compose, phrases, read
from illustration.scenes.vocabulary import STARTER
from illustration.training import vocabulary as painter

RICH = Vocabulary.from_dict(painter.vocabulary({"crayon": "crayon drawing"}))
HOME = (Item("home", "place"),)


def person(word: str, **fields: object) -> Item:
    return Item(word, "person", **fields)


def scene(**sections: tuple[Item, ...]) -> Scene:
    return Scene("en", **{"where": HOME, **sections})


def prompt(found: Scene, vocabulary: Vocabulary = RICH) -> str:
    return compose(found, vocabulary=vocabulary).prompt


def test_the_style_comes_first_and_the_rest_falls_in_rank() -> None:
    found = read("I went to the beach with my dog. It was sunny.")
    done = compose(found, trigger="crayon drawing")
    assert done.phrases == ("crayon drawing", "a girl and a dog", "at the beach", "sunny", "day")
    assert done.prompt == "crayon drawing, a girl and a dog, at the beach, sunny, day"
    assert done.negative_prompt


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (scene(things=(Item("apple", "food"),)), "an apple, at home, sunny, day"),
        (scene(things=(Item("dog", "animal", count=2),)), "two dogs, at home, sunny, day"),
        (scene(things=(Item("dog", "animal", count=5),)), "three dogs, at home, sunny, day"),
        (
            scene(who=(person("girl"),), things=(Item("dog", "animal", count=5),)),
            "a girl and two dogs, at home, sunny, day",
        ),
        (scene(things=(Item("moon", "thing", count=2),)), "the moon, at home, sunny, day"),
        (scene(who=(person("mother"), person("aunt"))), "two women, at home, sunny, day"),
        (
            scene(who=(person("me"),), doing=(Item("reading", "action", actor="me"),)),
            "a girl reading, at home, sunny, day",
        ),
        (
            scene(who=(person("me"), person("mother")), doing=(Item("reading", "action", actor="mother"),)),
            "a girl and a woman reading, at home, sunny, day",
        ),
        (
            scene(
                who=(person("me"),),
                doing=(Item("cycling", "action", actor="me"),),
                things=(Item("bicycle", "thing"), Item("dog", "animal")),
            ),
            "a girl riding a bicycle and a dog, at home, sunny, day",
        ),
        (
            scene(
                weather=(Item("rainy", "weather"),),
                time=(Item("night", "time"),),
                season=(Item("autumn", "season"),),
            ),
            "at home, rainy, night, autumn",
        ),
    ],
)
def test_a_caption_is_written_as_the_model_learnt_them(found: Scene, expected: str) -> None:
    assert prompt(found) == expected


def test_a_held_thing_is_said_of_who_holds_it() -> None:
    holding = Item("holding", "action", actor="me", target="balloon")
    found = scene(who=(person("me"),), doing=(holding,), things=(Item("balloon", "thing"),))
    assert prompt(found) == "a girl holding a balloon, at home, sunny, day"


def test_captions_agree_with_the_painters_own() -> None:
    cast = painter.Cast(
        (painter.Member("girl", action="reading"), painter.Member("cat", 2)),
        "home",
        "rainy",
        "evening",
        "autumn",
    )
    found = Scene(
        "en",
        who=(person("me"),),
        doing=(Item("reading", "action", actor="me"),),
        things=(Item("cat", "animal", count=2),),
        where=HOME,
        weather=(Item("rainy", "weather"),),
        time=(Item("evening", "time"),),
        season=(Item("autumn", "season"),),
    )
    assert compose(found, trigger="pixel art", vocabulary=RICH).prompt == painter.caption(
        cast, trigger="pixel art"
    )


def test_every_item_is_told_of_once() -> None:
    found = read(
        "엄마, 아빠, 할머니, 할아버지, 이모와 강아지, 고양이, 토끼를 봤다. 떡볶이를 먹어서 행복했다. 저녁에 비가 왔다."
    )
    for vocabulary in (STARTER, RICH):
        told = [each.item for phrase in phrases(found, vocabulary) for each in phrase.asked]
        ids = [id(item) for item in told]
        assert len(ids) == len(set(ids))
        assert {id(item) for item in found.items()} <= set(ids)
        assert {item.source for item in told if id(item) not in set(map(id, found.items()))} <= {"implied"}


def test_what_is_drawn_as_something_broader_or_not_at_all_says_so() -> None:
    found = read("푸들과 산책했다. 행복했다.")
    states = {each.item.word: each for phrase in phrases(found, STARTER) for each in phrase.asked}
    assert (states["poodle"].drawn, states["poodle"].state) == ("dog", "broader")
    assert (states["me"].drawn, states["me"].state) == ("girl", "drawn")
    assert (states["happy"].drawn, states["happy"].state) == ("", "no_word")
    asked = {each["en"]: each for each in compose(found).asked}
    assert {"ko": "푸들", "drawn_en": "dog", "said": "푸들"}.items() <= asked["poodle"].items()
    assert asked["me"]["ko"] == "나"


@pytest.mark.parametrize(("count", "told"), [(1, {}), (3, {"count": 3}), (5, {"count": 5, "drawn_count": 3})])
def test_where_fewer_are_drawn_than_there_were_it_is_told(count: int, told: dict[str, int]) -> None:
    found = scene(things=(Item("cat", "animal", count=count),))
    [cats] = [each for each in compose(found, vocabulary=RICH).asked if each["en"] == "cat"]
    assert {name: number for name, number in cats.items() if name.endswith("count")} == told


def test_a_fourth_subject_has_no_room() -> None:
    found = scene(
        things=tuple(
            Item(word, "animal", score=5 - number) for number, word in enumerate(("dog", "cat", "pig", "cow"))
        )
    )
    assert prompt(found) == "a dog, a cat and a pig, at home, sunny, day"
    states = [
        each.state for phrase in phrases(found, RICH) for each in phrase.asked if each.item.word == "cow"
    ]
    assert states == ["no_room"]


def test_a_richer_model_gets_the_finer_word_and_a_poorer_one_the_broader() -> None:
    data = {
        "places": {"park": "at the park"},
        "weathers": ["sunny"],
        "times": ["day"],
        "actions": {"walking": "walking"},
    }
    richer = Vocabulary.from_dict({**data, "subjects": ["girl", "dog", "poodle"]})
    found = read("공원에서 푸들과 산책했다.")
    assert prompt(found, richer) == "a girl walking and a poodle, at the park, sunny, day"
    poorer = Vocabulary.from_dict({"subjects": ["boy", "dog"], "places": {"park": "at the park"}})
    assert prompt(found, poorer) == "a boy and a dog, at the park"


@pytest.mark.parametrize(
    ("text", "expected"), [("A bird flew over the river.", False), ("I flew to London.", True)]
)
@pytest.mark.parametrize("vocabulary", [STARTER, RICH], ids=["shipped", "trained"])
def test_what_goes_with_a_deed_is_drawn_for_people_alone(
    text: str, vocabulary: Vocabulary, *, expected: bool
) -> None:
    assert ("airplane" in prompt(read(text), vocabulary)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I flew to London.", "a girl and an airplane"),
        ("I played the piano.", "a girl playing music and a piano"),
        ("I went jogging.", "a girl running"),
        ("I vacuumed.", "a girl cleaning"),
    ],
)
def test_a_thing_tells_more_than_a_posture_and_less_than_a_deed(text: str, expected: str) -> None:
    assert prompt(read(text)).startswith(expected)


def test_a_scene_that_was_tampered_with_brings_no_text_into_the_prompt() -> None:
    data = read("강아지와 바다에 갔다").to_dict()
    data["things"] = [{"word": "something else entirely", "kind": "animal"}]
    data["where"] = [{"word": "nowhere", "kind": "place"}]
    assert compose(Scene.from_dict(data)).prompt == "a girl, at home, sunny, day"


def test_vocabulary_file(tmp_path) -> None:
    file = tmp_path / "vocabulary.json"
    file.write_text(json.dumps({"subjects": ["girl"], "places": {"home": "at home"}}), encoding="utf-8")
    assert compose(read("집"), vocabulary=Vocabulary.load(file)).prompt == "a girl, at home"
    for unfit in ("[]", "{", '{"subjects": []}', '{"subjects": 3}'):
        file.write_text(unfit, encoding="utf-8")
        with pytest.raises(ValueError):  # noqa: PT011
            Vocabulary.load(file)
