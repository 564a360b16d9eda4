"""Of several moments the one that the day turned on; days that do not turn are one scene."""

import pytest

from illustration.scenes import read


def split(text: str, **given: object) -> tuple[set[str], set[str]]:
    """Words of the scene and of its leftovers."""
    scene = read(text, **given)
    return {item.word for item in scene.items()}, {item.word for item in scene.leftovers}


@pytest.mark.parametrize(
    ("text", "shown", "left"),
    [
        (
            "아침에 버스를 탔다. 점심에는 카레를 먹었다. 집에 오는 길에 무지개를 봤다. 너무 예뻐서 행복했다.",
            {"rainbow", "happy"},
            {"bus", "curry"},
        ),
        (
            "Coffee and emails all morning. But in the evening my friends threw me a surprise party! I was so happy.",
            {"party", "friend", "evening"},
            {"coffee"},
        ),
        (
            "병원에 갔다. 시장에서 책을 샀다. 공원에서 자전거를 탔다. 수영장에서 처음으로 다이빙을 해서 신났다!",
            {"pool", "diving"},
            {"hospital", "market", "book", "bicycle"},
        ),
    ],
)
def test_the_moment_that_the_day_turned_on_is_drawn(text: str, shown: set[str], left: set[str]) -> None:
    there, over = split(text)
    assert shown <= there
    assert left <= over
    assert not left & there


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "오늘은 아빠랑 마트에 갔다. 집에 와서 딸기를 먹었다.",
            {"father", "supermarket", "strawberry", "home"},
        ),
        (
            "We took the train to the beach. Then we ate clams at a restaurant.",
            {"train", "beach", "restaurant"},
        ),
        (
            "놀이터에서 친구랑 그네를 탔다. 그런데 갑자기 비가 왔다.",
            {"playground", "friend", "swing", "rainy"},
        ),
    ],
)
def test_a_day_that_does_not_turn_is_one_scene(text: str, words: set[str]) -> None:
    there, over = split(text)
    assert words <= there
    assert over == set()


def test_reasons_are_told() -> None:
    scene = read("아침에 학교에 갔다. 집에 오는 길에 드디어 두발자전거를 탔다! 정말 기뻤다.")
    assert "several_moments" in scene.notes
    (bicycle,) = [item for item in scene.things if "bicycle" in item.word]
    assert {"feeling", "end"} <= set(bicycle.why)
    assert read("공원에 갔다.").where[0].why == ("to", "only_moment")


def test_a_dream_and_a_film_are_leftovers_unless_nothing_else_is_said() -> None:
    there, over = split("꿈에서 호랑이를 봤다. 깨어나서 엄마랑 빵을 먹었다.")
    assert "tiger" in over
    assert "tiger" not in there
    scene = read("꿈에서 호랑이를 봤다.")
    assert "tiger" in {item.word for item in scene.things}
    assert scene.notes == ("only_dreamt",)


def test_what_is_denied_wished_or_likened_is_nowhere() -> None:
    there, over = split("강아지를 못 봤다. 고양이를 키우고 싶다. 구름이 솜사탕 같았다. 엄마랑 공원에 갔다.")
    assert not {"dog", "cat", "cotton candy"} & (there | over)
    assert {"cloud", "mother", "park"} & there
