"""What a Korean diary names that is somewhere else, came to nothing, or is only a word, by the kind of sentence."""

import pytest

from tests.scenes.korean_reading import assert_read, mentions

CAME_TO_NOTHING = [
    # text, what is there, what is not
    ("언니는 부산에서 배를 탔다고 전화했다.", "언니", "부산 배"),
    ("친구들은 박물관에 갔다고 한다.", "", "박물관"),
    ("언니는 학원에 가고 없었다.", "", "언니 학원"),
    ("카페에서 친구를 기다렸는데 끝내 오지 않았다.", "카페 기다렸", "친구"),
    ("캠핑을 가려고 텐트까지 샀는데 아기가 열이 나서 못 갔다.", "텐트 아기", "캠핑"),
    ("낚시를 하려고 바다에 갔는데 파도가 높아서 못 했다.", "바다 파도", "낚시"),
    ("택시를 잡으려고 기다렸는데 한 대도 안 왔다.", "기다렸", "택시"),
    ("책을 빌리려고 도서관에 갔다.", "책 도서관", ""),
    ("계란은 다 떨어져서 못 넣었다.", "", "계란"),
    ("벚꽃은 벌써 다 졌고 유채꽃이 노랗게 폈다.", "유채꽃", "벚꽃"),
    ("트리는 귀찮아서 안 꺼냈고 캐럴만 들었다.", "", "트리"),
    ("삶은 달걀은 안 팔아서 카스텔라를 샀다.", "카스텔라", "삶은"),
    ("외식은 비가 와서 취소, 집에서 짜장면을 시켰다.", "비 집 짜장면", "외식"),
    ("편의점 라면은 줄이 길어서 포기하고 핫도그를 먹었다.", "핫도그", "라면"),
    ("용돈 봉투 대신 꽃을 받았다.", "꽃", "용돈 봉투"),
    ("막걸리는 근무 중이라 사양.", "", "막걸리"),
    ("워터파크가 임시 휴장. 근처 냇가에 갔다.", "냇가", "워터파크"),
    ("물안경을 잊어버리고 와서 혼났다.", "", "물안경"),
    ("손을 다쳤지만 벌에 안 쏘인 게 다행이다.", "", "벌"),
    ("부케는 내가 받을 뻔했다.", "", "부케"),
    ("불이 난 줄 알았는데 고기를 굽는 연기였다.", "", "불"),
    ("배가 아프다고 거짓말을 했다.", "", "아프"),
    ("학교를 쉬고 하루 종일 누워 있었다.", "누워", "학교"),
    ("떡볶이 냄새가 났지만 배불러서 참았다.", "", "떡볶이"),
    ("태풍 때문에 배가 끊겨서 하루 더 갇혔다.", "태풍", "배"),
    ("축제 공연까지 일주일 남았다.", "", "축제"),
    ("배드민턴은 바람 때문에 다섯 번도 못 쳤다.", "배드민턴", ""),
    ("치킨을 시켰는데 배불러서 반도 못 먹었다.", "치킨", ""),
]
ELSEWHERE = [
    ("서울은 흐리다고 한다.", "", "서울 흐리"),
    ("부산은 벌써 벚꽃이 폈다던데 여기는 춥다.", "춥", "부산 벚꽃"),
    ("한강이 얼었다는데 보러 갈 시간은 없었다.", "", "한강"),
    ("비 온다던 예보가 빗나가서 소풍을 갔다.", "소풍", "비"),
    ("아내가 첫째를 데리고 친정에 가서 나 혼자 빨래를 했다.", "빨래", "아내 첫째 친정"),
    ("엄마가 장 보러 간 사이 동생이랑 라면을 끓였다.", "동생 라면", "엄마"),
    ("하필 남편 출장 간 날에 아기가 뒤집었다.", "아기", "남편 출장"),
    ("남편은 아직 퇴근 전. 아기랑 목욕을 했다.", "아기", "남편"),
    ("에어컨 기사님은 모레 오신다.", "", "에어컨 기사님"),
    ("시험은 다음 주니까 게임을 했다.", "게임", "시험"),
    ("동생은 내일 시험이라 밤새 공부했다.", "동생 공부", "시험"),
    ("친구들은 내일 보기로 했다.", "", "친구"),
    ("손주 주려고 호박엿을 샀다.", "호박엿", "손주"),
    ("친구들 단톡방에 사진이 올라왔다.", "사진", "친구"),
    ("전학생이 왔다. 제주도에서 왔는데 말을 타 봤다고 했다.", "전학생", "제주도 말"),
    ("삼촌이 바빠서 못 오셨다.", "", "삼촌 바빠"),
    ("아빠는 회사 일 때문에 늦으셔서 촛불은 아빠 없이 껐다.", "촛불", "아빠 회사"),
    ("사진을 찍어서 언니한테 보냈다. 언니는 지금 호주에 있다.", "사진", "언니 호주"),
    ("엄마가 병원에 가자고 했다. 결국 학원에 갔다.", "엄마 학원", "병원"),
    ("작년 이맘때는 제주도에서 귤을 땄는데 올해는 회사에서 야근이다.", "회사 야근", "제주도 귤"),
    ("예전에는 매일 조깅을 했는데 요즘은 침대에 누워 있다.", "침대", "조깅"),
    ("지하철에서 졸다가 내릴 역을 지나쳤다.", "지하철 졸", ""),
    ("호미로 흙을 걷으면 감자가 줄줄이 나왔다.", "호미 흙 감자", ""),
    ("노트북을 던지고 싶었다.", "노트북", "던지"),
    ("친구들은 모두 바다로 휴가를 갔는데 나는 아르바이트를 했다.", "아르바이트", "바다 휴가"),
    ("드라마에서 주인공이 바닷가에서 청혼하는 걸 보고 울었다.", "울", "바닷가 청혼"),
    ("아이가 유치원에서 그린 그림을 가져왔다.", "아이 그림", ""),
    ("할머니는 학자가 되겠다며 좋아하셨다.", "할머니", "학자"),
    ("어제는 눈이 펑펑 왔는데 오늘은 맑다.", "맑", "눈"),
    ("오빠는 방에서 나오지 않았다.", "오빠 방", ""),
    ("우리 고양이는 장롱 위에서 내려올 생각을 안 한다.", "고양이", ""),
]
ONLY_WORDS = [
    ("'봄'자를 스무 번 썼다.", "", "봄"),
    ("동요 '나비야'를 서른 번 불렀다.", "", "나비"),
    ("'할인 쿠폰' 다섯 장을 받았다.", "할인", ""),
    ("아들은 발표회에서 제비 역이었다.", "아들", "제비 역"),
    ("얼굴이 토마토가 됐다.", "", "토마토"),
    ("비가 눈이 됐다.", "비 눈", ""),
    ("배가 수박을 안은 것 같다.", "", "수박"),
    ("거울 속엔 펭귄 한 마리.", "", "펭귄"),
    ("고양이 세 마리가 회의 중이었다.", "고양이", "회의"),
    ("내 마음에는 먹구름이 꼈다.", "", "먹구름"),
    ("사장님이 회식 얘기, 축구 얘기를 하셨다.", "사장님", "축구 회식"),
]


@pytest.mark.parametrize(("text", "there", "absent"), CAME_TO_NOTHING)
def test_what_came_to_nothing_is_not_there(text: str, there: str, absent: str) -> None:
    assert_read(text, there, absent)


@pytest.mark.parametrize(("text", "there", "absent"), ELSEWHERE)
def test_what_is_elsewhere_is_not_there(text: str, there: str, absent: str) -> None:
    assert_read(text, there, absent)


@pytest.mark.parametrize(("text", "there", "absent"), ONLY_WORDS)
def test_what_is_only_a_word_is_not_there(text: str, there: str, absent: str) -> None:
    assert_read(text, there, absent)


@pytest.mark.parametrize("text", ["종점에서 노을 봄.", "친구랑 영화 봄.", "집에 감.", "바다에 감 ㅋㅋ"])
def test_a_verb_told_in_brief_is_no_season_and_no_fruit(text: str) -> None:
    assert not {"spring", "persimmon"} & {item.concept.name for item in mentions(text)}


def test_what_going_there_would_mean_is_not_done_where_it_is_denied() -> None:
    real = {
        item.concept.name for item in mentions("수영장에 갔는데 물이 차가워서 수영은 못 했다.") if item.sure
    }
    assert "swimming" not in real
    assert "pool" in real


@pytest.mark.parametrize(
    ("text", "action", "doer"),
    [
        ("엄마가 안 된다고 하셔서 울었다.", "crying", ""),
        ("아이가 잠들어서 집에서 와인을 마셨다.", "having drinks", ""),
        ("아기 울음소리에 깼다.", "crying", "baby"),
        ("갈매기 구경을 했다.", "watching", ""),
        ("청군이 이겼다.", "winning", None),
    ],
)
def test_who_does_it_where_another_is_named(text: str, action: str, doer: str | None) -> None:
    found = [item for item in mentions(text) if item.concept.name == action]
    assert found
    assert [item.actor for item in found] == [doer]


def test_what_was_gathered_in_is_not_walked() -> None:
    assert_read("고추를 널었는데 비가 와서 걷었다.", "고추 비", "걷")
    assert_read("길을 오래 걸었다.", "길 걸", "")
