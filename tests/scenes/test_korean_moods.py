"""The feeling of a Korean sentence and how strong it is, its turns, its hour and its month."""

import pytest

from illustration.scenes.korean import read_korean
from illustration.scenes.lexicon import lexicon
from illustration.scenes.mentions import Sentence
from tests.scenes.korean_reading import mentions


def read_one(text: str) -> Sentence:
    return read_korean(text, lexicon())[0]


@pytest.mark.parametrize(
    ("text", "feeling"),
    [
        ("오늘은 정말 행복했다.", "happy"),
        ("너무 재미있었다.", "happy"),
        ("기분이 좋았다.", "happy"),
        ("정말 좋았다!", "happy"),
        ("신나서 소리를 질렀다.", "excited"),
        ("친구와 싸워서 속상했다.", "sad"),
        ("화가 났다.", "angry"),
        ("짜증나서 문을 쾅 닫았다.", "angry"),
        ("천둥이 쳐서 무서웠다.", "scared"),
        ("일이 많아서 지친다.", "tired"),
        ("상을 받아서 뿌듯했다.", "proud"),
        ("혼자 있어서 외로웠다.", "lonely"),
        ("친구가 도와줘서 고마웠다.", "grateful"),
        ("발표를 하는데 떨렸다.", "nervous"),
        ("할머니가 보고 싶다.", "missing someone"),
        ("마음에 비가 내리는 것 같았다.", "sad"),
        ("기분이 안 좋았다.", "sad"),
        ("숙제가 너무 많다 ㅠㅠ", "sad"),
        ("하나도 안 무서웠다.", ""),
        ("행복하지 않았다.", ""),
        ("무섭지는 않았다.", ""),
        ("무지개를 보니 피로가 다 날아갔다.", ""),
        ("밥을 먹었다.", ""),
    ],
)
def test_feeling(text: str, feeling: str) -> None:
    assert read_one(text).feeling == feeling


def test_a_feeling_is_as_strong_as_it_is_told() -> None:
    weak, plain, strong, loud = (
        read_one(text).strength for text in ("조금 슬펐다.", "슬펐다.", "너무 슬펐다.", "너무 슬펐다!!")
    )
    assert 0 < weak < plain < strong < loud <= 3


def test_where_a_story_turns() -> None:
    assert read_one("그런데 갑자기 비가 왔다.").turn
    assert read_one("드디어 자전거를 탔다.").turn
    assert not read_one("밥을 먹었다.").turn
    assert read_one("처음으로 자전거를 탔다.").highlight


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("7시에 일어났다.", "아침"),
        ("새벽 2시까지 공부했다.", "새벽"),
        ("밤 열한 시에 잤다.", "밤"),
        ("11시에 잤다.", "밤"),
        ("오후 3시에 만났다.", "오후"),
        ("3시에 친구를 만났다.", "오후"),
        ("저녁 일곱 시에 밥을 먹었다.", "저녁"),
        ("19시에 퇴근했다.", "저녁"),
        ("열두 시에 밥을 먹었다.", "낮"),
        ("일곱 시에 퇴근했다.", "저녁"),
        ("5시에 일어나서 운동했다.", "새벽"),
    ],
)
def test_hours(text: str, word: str) -> None:
    expected = lexicon().words["ko"][word].name
    assert {item.concept.name for item in mentions(text) if item.concept.kind == "time"} == {expected}


@pytest.mark.parametrize("text", ["8시에 친구를 만났다.", "세 시간 공부했다.", "밥을 먹었다."])
def test_no_hour_is_made_up(text: str) -> None:
    assert not [item for item in mentions(text) if item.concept.kind == "time"]


@pytest.mark.parametrize(
    ("text", "season"),
    [
        ("3월이 되었다.", "spring"),
        ("7월의 바다는 예뻤다.", "summer"),
        ("10월 3일에 산에 갔다.", "autumn"),
        ("1월이다.", "winter"),
    ],
)
def test_months(text: str, season: str) -> None:
    assert season in {item.concept.name for item in mentions(text) if item.concept.kind == "season"}
