"""Korean deeds of hands, bodies, trades and games, what they are done with, and words that only look like them."""

import pytest

from illustration.scenes import read

TOLD = [
    ("연필을 깎았다.", "sharpening pencils"),
    ("무를 채 썰었다.", "slicing"),
    ("방문을 쾅 닫았다.", "slamming the door"),
    ("하늘을 올려다봤다.", "looking at the sky"),
    ("초인종을 눌렀다.", "ringing a doorbell"),
    ("전세 계약을 했다.", "signing a contract"),
    ("떡볶이를 포장해 왔다.", "getting takeout"),
    ("국화를 놓고 왔다.", "laying flowers"),
    ("강아지가 꼬리를 흔들었다.", "wagging the tail"),
    ("아기가 처음 뒤집기를 했다.", "rolling over"),
    ("할머니가 엄지를 치켜세우셨다.", "giving a thumbs up"),
    ("탕에 들어앉았다.", "soaking in a bath"),
    ("발목에 얼음찜질을 했다.", "icing"),
    ("깁스를 풀었다.", "removing a cast"),
    ("논에 물을 댔다.", "irrigating"),
    ("옥상에 고추를 널었다.", "drying peppers"),
    ("장을 담갔다.", "making soy sauce"),
    ("가게 셔터를 내렸다.", "closing the shop"),
    ("바코드를 찍었다.", "scanning goods"),
    ("길이 막혔다.", "stuck in traffic"),
    ("기록을 깼다.", "breaking a record"),
    ("바다를 보라색으로 칠했다.", "painting pictures"),
    ("소파에서 곯아떨어졌다.", "sleeping"),
    ("친구와 얼싸안았다.", "hugging"),
    ("음악을 크게 틀었다.", "listening to music"),
    ("손님을 받았다.", "answering customers"),
    ("생선을 손질했다.", "cleaning fish"),
    ("스키장 초보 코스에서 넘어졌다.", "ski resort"),
    ("약수터에 다녀왔다.", "mineral spring"),
    ("이장님이 오셨다.", "village head"),
    ("안마 쿠폰을 받았다.", "coupon"),
    ("벼루에 먹을 갈았다.", "inkstone"),
    ("날개가 흘러내렸다.", "wing"),
    ("발에 물집이 잡혔다.", "blister"),
    ("밤송이를 주웠다.", "chestnut burr"),
    ("거실에 요를 깔고 잤다.", "floor mattress"),
    ("자두 다섯 개를 샀다.", "plum"),
]
NOT_TOLD = [
    ("속이 다 시원하다.", "lying to somebody"),
    ("콩나물을 천 원어치 샀다.", "jay"),
    ("훈련소 3주차다.", "parking"),
    ("코딱지를 팠다.", "ddakji"),
    ("문제를 풀다가 떼를 썼다.", "writing"),
    ("모자가 날아갔다.", "flying"),
    ("주말을 집에서 보냈다.", "sending"),
    ("단톡방을 나갔다.", "going out"),
    ("얼굴이 홍당무가 됐다.", "carrot"),
    ("비밀번호 마지막 자리를 깜빡했다.", "giving up a seat"),
]


def _words(text: str) -> set[str]:
    return {item.word for item in read(text).items()}


@pytest.mark.parametrize(("text", "word"), TOLD)
def test_a_deed_or_a_thing_has_its_own_name(text: str, word: str) -> None:
    assert word in _words(text)


@pytest.mark.parametrize(("text", "word"), NOT_TOLD)
def test_what_only_looks_like_it_is_not_there(text: str, word: str) -> None:
    assert word not in _words(text)
