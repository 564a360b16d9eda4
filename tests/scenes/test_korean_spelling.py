"""Korean as people type it: slang, slips, no spaces, telegram style, every level of politeness, other scripts."""

import pytest

from illustration.scenes.korean import read_korean
from illustration.scenes.lexicon import lexicon
from tests.scenes.korean_reading import assert_read, mentions

TYPED = [
    ("친구랑공원에서자전거를탔다", "친구 공원 자전거", ""),
    ("우산쓰고 학교갔다", "우산 학교", ""),
    ("오늘 넘넘 행복햇다~~ 떡볶이 먹었당 ㅋㅋ", "떡볶이 행복", ""),
    ("학교 갔다왔음", "학교", ""),
    ("친구랑 떡볶이 먹음. 개꿀맛 ㅋㅋ", "친구 떡볶이 먹음", "개"),
    ("오늘 개춥다 진짜", "춥", "개"),
    ("개신남 ㅋㅋㅋ", "신남", "개"),
    ("바다에 갔어요. 조개를 주웠어요.", "바다 조개", ""),
    ("바다에 갔습니다. 비는 오지 않았습니다.", "바다", "비"),
    ("공원에서 강아지를 봤는데 넘 귀여웠당", "공원 강아지", ""),
    ("아침에 일어나니까 비가 왔다 그래서 우산 쓰고 학교에 갔다", "아침 비 우산 학교", ""),
    ("비안오고 해가 쨍쨍했다", "해", "비"),
    ("강아지랑 산책함. 비 안 옴.", "강아지 산책", "비"),
    ("엄마랑 마트. 수박 삼.", "엄마 수박", ""),
    ("노트북 들고 카페에서 마무리.", "노트북 카페", ""),
    ("오늘 friend랑 playground에서 놀았다", "friend playground 놀았다", ""),
]


@pytest.mark.parametrize(("text", "there", "absent"), TYPED)
def test_as_people_type_it(text: str, there: str, absent: str) -> None:
    assert_read(text, there, absent)


ODD = (
    "",
    " ",
    "ㅋㅋㅋㅋ",
    "...",
    "?!",
    "에 를 은 는",
    "안 못 없다",
    '"',
    "'안녕",
    "가" * 3000,
    "비가 안 " * 500,
    "1시 2시 3월",
    "이름은",
    "꿈",
    "😀",
    "를 한 마리",
)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_text_is_read_without_an_error(text: str) -> None:
    for sentence in read_korean(text, lexicon()):
        assert 0 <= sentence.start <= len(text)


def test_offsets_point_at_the_words_said() -> None:
    text = "아침에 강아지랑 산책했다.\n저녁에는 친구 두 명이랑 떡볶이를 먹었다."
    for item in mentions(text):
        assert text.startswith(item.said, item.start)


def test_sentences_start_where_they_stand() -> None:
    text = "강아지를 봤다. 고양이도 봤다 그리고 집에 왔다\n잤다"
    starts = [sentence.start for sentence in read_korean(text, lexicon())]
    assert [text[start:][:2] for start in starts] == ["강아", "고양", "그리", "잤다"]


@pytest.mark.parametrize(
    ("text", "absent"),
    [("저도 공원에 갔어요.", "저도"), ("동생을 등에 업었다.", "등에"), ("시장에서 옷을 판다.", "판다는")],
)
def test_a_noun_with_its_particle_is_no_rare_name(text: str, absent: str) -> None:
    assert absent not in {item.said for item in mentions(text)}
