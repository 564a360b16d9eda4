"""Who is there and who does what: names, pets, doers and partners, and the writer whom Korean leaves unsaid."""

import pytest

from illustration.scenes.korean import read_korean
from illustration.scenes.lexicon import lexicon
from tests.scenes.korean_reading import mentions, real


def kinds(text: str) -> dict[str, str]:
    return {item.said: item.concept.name for item in mentions(text) if item.status == "real"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("민수랑 놀았다.", "민수"),
        ("지은이랑 떡볶이를 먹었다.", "지은"),
        ("민수가 넘어져서 울었다.", "민수"),
        ("민지, 서연이랑 셋이서 놀았다.", "서연"),
        ("김민수랑 싸웠다.", "김민수"),
        ("하린이는 웃었다.", "하린"),
        ("지훈이와 축구를 했다.", "지훈"),
        ("예은이가 사탕을 줬다.", "예은"),
    ],
)
def test_a_name_is_a_friend(text: str, said: str) -> None:
    named = [item for item in mentions(text) if item.said.startswith(said)]
    assert [item.concept.name for item in named] == ["friend"]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("민수 형이랑 놀았다.", "older brother"),
        ("지영 이모가 왔다.", "aunt"),
        ("민수네 엄마가 왔다.", "mother"),
    ],
)
def test_a_name_before_a_word_for_somebody_is_that_person(text: str, person: str) -> None:
    assert [item.concept.name for item in mentions(text) if item.concept.kind == "person"][-1:] == [person]
    assert "friend" not in {item.concept.name for item in mentions(text) if item.role != "owner"}


@pytest.mark.parametrize(
    ("text", "animal", "wrong"),
    [
        ("초코라는 강아지를 만났다. 초코가 꼬리를 흔들었다.", "강아지", "초코"),
        ("우리 강아지 초코랑 산책했다. 초코가 신났다.", "강아지", "초콜릿"),
        ("강아지 이름은 보리다. 보리가 귀엽다.", "강아지", "보리"),
        ("고양이를 데려왔다. 이름을 치즈라고 지었다. 치즈가 잔다.", "고양이", "치즈"),
        ("고양이 이름을 나비로 지었다. 나비가 우유를 마셨다.", "고양이", "나비"),
        ("햄스터 뭉치가 쳇바퀴를 돌린다.", "햄스터", "뭉치"),
    ],
)
def test_a_pets_name_is_the_pet(text: str, animal: str, wrong: str) -> None:
    pet = lexicon().words["ko"][animal]
    living = {
        item.concept.name for item in mentions(text) if item.concept.kind in ("animal", "food", "plant")
    }
    assert living - {"milk", "tea"} == {pet.name}


def test_what_a_toy_is_called_is_not_there() -> None:
    found = mentions("로봇을 받았다. 이름을 번개라고 지어 줬다.")
    assert "weather" not in {item.concept.kind for item in found}


@pytest.mark.parametrize(
    ("text", "action", "doer"),
    [
        ("책을 읽었다.", "읽었다", ""),
        ("나는 책을 읽었다.", "읽었다", ""),
        ("동생이 책을 읽었다.", "읽었다", "동생"),
        ("동생은 신나서 책을 읽었다.", "읽었다", "동생"),
        ("엄마가 빵을 구워 주셨다.", "구워", "엄마"),
        ("강아지가 마당에서 잤다.", "잤다", "강아지"),
        ("할머니가 오셨다. 빵을 구워 주셨다.", "구워", "할머니"),
        ("동생이 울어서 내가 책을 읽어 줬다.", "읽어", ""),
        ("엄마는 요리를 하고 나는 책을 읽었다.", "읽었다", ""),
        ("동생이랑 책을 읽었다.", "읽었다", ""),
    ],
)
def test_who_does_it(text: str, action: str, doer: str) -> None:
    expected = lexicon().words["ko"][doer].name if doer else ""
    actors = {item.actor for item in mentions(text) if item.said.startswith(action)}
    assert actors == {expected}


def test_with_whom() -> None:
    targets = {
        item.target for item in mentions("동생이랑 놀이터에서 놀았다.") if item.concept.kind == "action"
    }
    assert lexicon().words["ko"]["동생"].name in targets


@pytest.mark.parametrize(
    ("text", "writer"),
    [
        ("나는 학교에 갔다.", "나"),
        ("저는 학교에 갔어요.", "저"),
        ("공원에서 놀았다.", ""),
        ("책을 읽었다.", ""),
        ("동생이 웃었다.", None),
        ("강아지가 마당에서 뛰었다.", None),
        ("비가 왔다.", None),
    ],
)
def test_whether_the_writer_acts(text: str, writer: str | None) -> None:
    assert read_korean(text, lexicon())[0].writer == writer


def test_a_list_shares_its_role() -> None:
    roles = {item.said: item.role for item in mentions("동물원에서 사자, 코끼리와 원숭이를 봤다.")}
    assert {roles[said] for said in ("사자", "코끼리", "원숭이")} == {"object"}
    assert roles["동물원"] == "at"


def test_who_is_with_the_writer_is_not_what_is_eaten() -> None:
    roles = {item.said: item.role for item in mentions("점심에 친구랑 김밥을 먹었다.")}
    assert roles["친구"] == "with"
    assert real("점심에 친구랑 김밥을 먹었다.")
