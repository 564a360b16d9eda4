"""What a Korean diary names although it was not had, not done yet, or only heard of, by the kind of sentence."""

import pytest

from tests.scenes.korean_reading import assert_read, mentions

LEFT_OUT = [
    # text, what is there, what is not
    ("야자 째고 노래방 갔다.", "노래방", "야자"),
    ("피아노 학원 빼먹고 놀이터에서 그네를 탔다.", "놀이터 그네", "피아노"),
    ("매운 걸 못 먹어서 떡볶이는 패스. 순대만 먹었다.", "순대", "떡볶이"),
    ("디저트는 배불러서 건너뛰었다.", "", "디저트"),
    ("막걸리는 사양하고 식혜 마심.", "식혜", "막걸리"),
    ("담배 끊은 지 한 달째. 대신 사탕을 먹는다.", "사탕", "담배"),
    ("떡이 품절이라 빵을 샀다.", "빵", "떡"),
    ("야구 표가 매진이라 집에서 중계를 봤다.", "집", "표"),
    ("카페가 휴무라 공원 벤치에 앉았다.", "공원", "카페"),
    ("흑돼지는 비싸서 고기국수를 먹었다.", "고기국수", "흑돼지"),
    ("막차를 놓쳐서 택시를 탔다.", "택시", "막차"),
    ("약을 거르지 않고 먹었다.", "약", ""),
]
NOT_YET = [
    ("비 온다더니 해만 쨍쨍.", "해", "비"),
    ("눈이 온다더니 진짜 왔다.", "눈", ""),
    ("비 예보 있어서 걱정했는데 별까지 떴다.", "별", "비"),
    ("휴가까지 아직 오십 일이나 남았다.", "", "휴가"),
    ("만둣국은 내일 먹기로.", "", "만둣국"),
    ("치과 예약을 하고 약국에서 감기약을 샀다.", "약국 감기약", "치과"),
    ("저녁마다 천변을 걷기로 하고 한 시간 걸었다.", "천변 걸었다", ""),
    ("라면 끓이려다가 귀찮아서 우유만 마셨다.", "우유", "라면 끓"),
    ("점심은 샌드위치 시키려다 귀찮아서 시리얼 먹었다.", "시리얼", "샌드위치 시키"),
    ("짜장면을 먹을까 하다가 짬뽕을 시켰다.", "짬뽕", "짜장면"),
    ("피자 먹으려고 했는데 치킨 먹었다.", "치킨", "피자"),
    ("떡볶이 먹으러 가자고 했는데 다들 바빠서 혼자 슬러시 마시며 왔다.", "슬러시", "떡볶이"),
    ("한 달 뒤에 컵을 찾으러 간다.", "", "컵"),
    ("소풍 전날이라 가방을 쌌다.", "가방", "소풍"),
    ("야식으로 치킨이 아른거렸지만 물 두 잔으로 참았다.", "물", "치킨"),
    ("라면이 당겨서 끓여 먹었다.", "라면", ""),
]
NOT_THERE = [
    ("북극곰은 더워서 안 나왔고 펭귄은 수영을 했다.", "펭귄", "북극곰"),
    ("여자친구는 시험 기간이라 못 만났다.", "", "여자친구 시험"),
    ("온 식구가 찾았는데 신발장에도 없었다.", "온", "신발장"),
    ("동생이 빌려 간 자전거는 아직 안 돌아왔다.", "", "동생 자전거"),
    ("손주가 보낸 털모자를 쓰고 일했다.", "털모자", "손주"),
    ("안개 때문에 산에 못 올라갔다.", "안개", "산"),
    ("형은 학원 때문에 못 왔다.", "", "형 학원"),
    ("장작이 젖어서 불이 안 붙었다.", "장작", "불"),
    ("양털 깎기는 봄에만 한다고 해서 못 봤다.", "", "깎기"),
    ("라떼 아트는 아직 못 한다.", "", "라떼"),
]
ONLY_NAMED = [
    ("배춧값이 올라서 무만 샀다.", "무", "배추"),
    ("기름값이 올라서 버스를 탔다.", "버스", "기름"),
    ("요가 바지 입고 있었다.", "바지", "요가"),
    ("나를 이모라고 부르셨다.", "", "이모"),
    ("초코파이랑 영화 티켓을 받았다.", "초코파이 티켓", "영화"),
    ("사촌은 호박 옷을 입었다.", "사촌", "호박"),
    ("케이크는 화면으로만 봤다.", "", "케이크"),
    ("넷플릭스로 좀비물을 봤다.", "", "좀비"),
    ("드라마에서 주인공이 스키 타다가 넘어지는 장면 보고 혼자 빵 터졌다.", "터졌다", "스키 넘어지 빵"),
]


@pytest.mark.parametrize(("text", "there", "absent"), [*LEFT_OUT, *NOT_YET, *NOT_THERE, *ONLY_NAMED])
def test_only_what_was_there_is_read(text: str, there: str, absent: str) -> None:
    assert_read(text, there, absent)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("오늘은 하늘에 구름 한 점 없다.", "sunny"),
        ("휴게소 우동 한 그릇.", "rest area"),
        ("아침 산책을 했다.", "morning"),
        ("창밖은 벌써 깜깜하다.", "night"),
        ("고모들은 수다가 끊이질 않았다.", "talking"),
        ("서서 먹었다.", "standing"),
    ],
)
def test_what_is_said_in_other_words_is_there(text: str, expected: str) -> None:
    assert expected in {item.concept.name for item in mentions(text) if item.status == "real"}


def test_what_is_counted_may_stand_in_the_clause_before() -> None:
    found = {item.said: item.count for item in mentions("요구르트를 짝꿍이 줘서 두 개 마셨다.")}

    assert found["요구르트"] == 2


def test_a_pet_is_known_by_what_it_does() -> None:
    named = [item.concept.name for item in mentions("강아지가 왔다. 초코가 소파에 엎드렸다.")]

    assert "dog" in named
    assert "chocolate" not in named
