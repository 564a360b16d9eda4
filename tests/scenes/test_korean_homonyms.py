"""Words of several meanings, settled by the sentence that they stand in."""

import pytest

from tests.scenes.korean_reading import mentions


def concepts(text: str) -> set[str]:
    return {item.concept.name for item in mentions(text) if item.status == "real"}


SETTLED = [
    # text, what is named, what is not
    ("배를 타고 섬에 갔다.", "boat", "pear"),
    ("배를 깎아 먹었다.", "pear", "boat"),
    ("시장에서 배를 세 개 샀다.", "pear", "boat"),
    ("배가 고파서 빵을 먹었다.", "bread", "pear, boat"),
    ("배가 부르다.", "", "pear, boat"),
    ("하늘에서 눈이 내렸다.", "snowy", ""),
    ("눈이 아파서 안과에 갔다.", "", "snowy"),
    ("눈에 모래가 들어갔다.", "", "snowy"),
    ("눈을 감고 잤다.", "sleeping", "snowy"),
    ("보건실에서 선생님이 눈을 씻어 주셨다.", "teacher", "snowy"),
    ("중간고사에서 미역국을 먹었다.", "", "seaweed soup"),
    ("생일이라 미역국을 먹었다.", "seaweed soup", ""),
    ("동생 눈에서 눈물이 났다.", "crying", "snowy"),
    ("말을 타고 달렸다.", "horse", ""),
    ("엄마 말을 잘 들었다.", "mother", "horse"),
    ("할 말이 없었다.", "", "horse"),
    ("밤에 별을 봤다.", "night, star", "chestnut"),
    ("밤을 구워 먹었다.", "chestnut", "night"),
    ("뒷산에서 밤을 주웠다.", "chestnut", "night"),
    ("따뜻한 차를 마셨다.", "tea", "car"),
    ("아빠 차를 타고 갔다.", "car", "tea"),
    ("차가 막혔다.", "car", "tea"),
    ("다리를 다쳤다.", "", "bridge"),
    ("다리가 아팠다.", "", "bridge"),
    ("한강 다리를 건넜다.", "bridge", ""),
    ("사과를 깎아 먹었다.", "apple", ""),
    ("친구에게 사과했다.", "friend", "apple"),
    ("친구에게 사과를 했다.", "friend", "apple"),
    ("비가 왔다.", "rainy", ""),
    ("비로 마당을 쓸었다.", "", "rainy"),
    ("바람이 불었다.", "windy", ""),
    ("늦잠을 자는 바람에 지각했다.", "", "windy"),
    ("해가 쨍쨍했다.", "sunny", ""),
    ("올해는 수영을 배웠다.", "", "sunny"),
    ("달이 떴다.", "moon", ""),
    ("한 달 동안 운동했다.", "", "moon"),
    ("연을 날렸다.", "kite", ""),
    ("벌이 날아왔다.", "bee", ""),
    ("숙제를 안 해서 벌을 받았다.", "", "bee"),
    ("굴을 먹었다.", "oyster", "cave"),
    ("김을 구워 먹었다.", "gim", ""),
    ("풀을 뽑았다.", "grass", ""),
    ("풀로 종이를 붙였다.", "", "grass"),
    ("공을 찼다.", "ball", ""),
    ("감을 따 먹었다.", "persimmon", ""),
    ("파를 썰었다.", "green onion", ""),
    ("나비가 날았다.", "butterfly", ""),
    ("기타를 쳤다.", "guitar", ""),
    ("시험에서 떨어졌다.", "", "falling down"),
    ("계단에서 떨어졌다.", "falling down", ""),
    ("우산을 썼다.", "umbrella", "writing"),
    ("일기를 썼다.", "writing", ""),
    ("매미가 울었다.", "", "crying"),
    ("동생이 울었다.", "crying", ""),
    ("해가 졌다.", "", "losing a game"),
    ("축구 시합에서 졌다.", "losing a game", ""),
    ("집을 지었다.", "building", ""),
    ("이름을 지었다.", "", "building"),
    ("물이 맑았다.", "", "sunny"),
    ("하늘이 맑았다.", "sunny", ""),
    ("동물원에서 판다를 봤다.", "panda", "selling"),
    ("수박이 달고 시원했다.", "watermelon", "cool, moon"),
]


@pytest.mark.parametrize(("text", "named", "other"), SETTLED)
def test_the_sentence_settles_the_meaning(text: str, named: str, other: str) -> None:
    found = concepts(text)
    assert _listed(named) <= found
    assert not _listed(other) & found


def _listed(words: str) -> set[str]:
    return {word.strip() for word in words.split(",")} - {""}
