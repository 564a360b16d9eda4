"""Deeds that a verb and its object name together, and moods, weather and hours that are told indirectly."""

import pytest

from illustration.scenes import read

DEEDS = [
    ("세탁기를 돌렸다.", "using the washing machine"),
    ("도시락을 쌌다.", "packing lunch"),
    ("콩나물을 다듬었다.", "trimming vegetables"),
    ("매실청을 담갔다.", "pickling"),
    ("기저귀를 갈았다.", "changing a diaper"),
    ("액자를 걸었다.", "hanging pictures"),
    ("머리를 다듬었다.", "getting a haircut"),
    ("혈압을 쟀다.", "taking blood pressure"),
    ("이력서를 썼다.", "applying for a job"),
    ("지방으로 출장을 갔다.", "business trip"),
    ("차에 기름을 넣었다.", "refueling"),
    ("상추를 뜯었다.", "harvesting"),
    ("고양이 털을 빗겼다.", "grooming a pet"),
    ("종이비행기를 날렸다.", "flying a paper plane"),
    ("모닥불을 피웠다.", "making a campfire"),
    ("루미큐브를 했다.", "playing a board game"),
    ("I cut the grass.", "mowing the lawn"),
    ("I set the table.", "setting the table"),
    ("I took the bins out.", "taking out the trash"),
    ("I picked the kids up from school.", "picking up kids"),
    ("I put on sunscreen.", "skin care"),
    ("I hung out the washing.", "hanging laundry"),
    ("I turned in my essay.", "doing homework"),
    ("We lit a campfire.", "making a campfire"),
    ("I folded the towels.", "doing laundry"),
    ("I brushed the dog.", "grooming a pet"),
    ("I answered emails.", "emailing"),
]
TOLD = [
    ("입이 귀에 걸렸다.", "happy"),
    ("심장이 콩닥콩닥 뛰었다.", "excited"),
    ("속이 타들어 갔다.", "worried"),
    ("가슴이 철렁했다.", "surprised"),
    ("온몸이 천근만근이다.", "tired"),
    ("I was gutted.", "sad"),
    ("I dragged myself to work.", "tired"),
    ("My hands were shaking.", "nervous"),
    ("I was gobsmacked.", "surprised"),
    ("비가 억수같이 쏟아졌다.", "heavy rain"),
    ("손이 꽁꽁 얼었다.", "cold"),
    ("I could see my breath.", "cold"),
    ("날이 저물었다.", "evening"),
    ("I woke up at 4 am.", "dawn"),
    ("After school I played soccer.", "afternoon"),
]
NOT_THERE = [
    ("어제 빨래를 개지 않았다.", "doing laundry"),
    ("내일 머리를 자를 것이다.", "getting a haircut"),
    ("세탁기가 고장 나서 빨래를 못 돌렸다.", "using the washing machine"),
    ("하나도 안 무서웠다.", "scared"),
    ("I should mow the lawn tomorrow.", "mowing the lawn"),
    ("I forgot to take the bins out.", "taking out the trash"),
    ("It was not amazing.", "happy"),
    ("I cut the meeting short.", "cutting up"),
]


def words(text: str) -> set[str]:
    return {item.word for item in read(text).items()}


@pytest.mark.parametrize(("text", "word"), DEEDS + TOLD)
def test_it_is_in_the_scene(text: str, word: str) -> None:
    assert word in words(text)


@pytest.mark.parametrize(("text", "word"), NOT_THERE)
def test_what_is_not_done_or_felt_is_not(text: str, word: str) -> None:
    assert word not in words(text)


def test_who_weeps_is_sad_where_no_mood_is_named() -> None:
    moods = {item.word: item.source for item in read("혼자 방에서 엉엉 울었다.").mood}
    assert moods == {"sad": "implied"}


def test_another_persons_tears_are_not_the_writers() -> None:
    assert not read("아기가 밤새 울었다.").mood
