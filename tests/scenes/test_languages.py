"""Korean, English, both at once, and what is neither: an honest miss."""

import datetime

import pytest

from illustration.scenes import compose, detect_language, read


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("오늘은 바다에 갔다", "ko"),
        ("I went to the sea", "en"),
        ("went 2 the beach w my bestie lol sooo fun", "en"),
        ("Ate tteokbokki with Minji in Jeju. Yum!", "en"),
        ("I met 민수 at the park today", "mixed"),
        ("오늘 friend랑 playground에서 놀았다 정말로", "mixed"),
        ("오늘 TV를 봤다", "ko"),
        ("ㅋㅋㅋ", "ko"),
        ("", "other"),
        ("123 !!", "other"),
        ("今日は友だちと公園でサッカーをしました。", "other"),
        ("Сегодня мы гуляли в парке", "other"),
        ("Hoy fui al parque con mi hermano y comimos helado.", "other"),
        ("Aujourd'hui, il a fait froid et j'ai mangé une pomme.", "other"),
        ("Heute war ich im Kino. Danach sind wir nach Hause gelaufen.", "other"),
        ("Oggi sono andato al mare con mia sorella.", "other"),
        ("def hello():\n    print('hi')\n    return None", "other"),
        ("const x = () => { return fetch('/api').then(r => r.json()); }", "other"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_a_language_that_is_not_read_gives_picks_date_and_keywords_only_and_says_so() -> None:
    scene = read(
        "Hoy fui a la playa con mi perro. No me gusta el sol.",
        weather="windy",
        mood="happy",
        keywords=["dog"],
        date=datetime.date(2026, 7, 1),
    )
    assert scene.notes == ("unknown_language",)
    assert [(item.word, item.source) for item in scene.things] == [("dog", "keyword")]
    assert [item.word for item in (*scene.weather, *scene.mood, *scene.season)] == [
        "windy",
        "happy",
        "summer",
    ]
    assert all(item.source in ("picked", "keyword", "implied") for item in scene.items())
    assert "a dog" in compose(scene).prompt


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        ("Had 김밥 with my 할머니.", {"grandmother"}, set()),
        ("It was raining so 우산 쓰고 편의점 갔다.", {"umbrella", "rainy"}, set()),
        ("I didn't see a 고양이 but I saw a 강아지.", set(), {"cat"}),
        ("오늘은 not rainy, 완전 맑음.", {"sunny"}, {"rainy"}),
        ("We went to the park. 강아지를 봤다. It was windy.", {"park", "windy"}, set()),
    ],
)
def test_two_languages_in_one_diary(text: str, there: set[str], not_there: set[str]) -> None:
    scene = read(text)
    found = {item.word for item in scene.items()}
    assert scene.language == "mixed"
    assert there <= found
    assert not (not_there & found)


def test_words_of_a_mixed_text_are_kept_as_they_were_said() -> None:
    scene = read("Had 김밥 with my 할머니 at the park.")
    said = {word for item in scene.items() for word in item.said}
    assert {"김밥", "할머니", "park"} <= said
