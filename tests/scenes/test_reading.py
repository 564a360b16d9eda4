"""What a reader of diaries promises besides the right words: icons, titles, odd text, other models' words."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from illustration.scenes import Scene, Vocabulary, Word, compose, detect_language, read_scene
from illustration.scenes.vocabulary import STARTER

ODD = (
    "",
    " \n\t ",
    "...!?",
    "ㅋㅋㅋㅋ ㅠㅠ",
    "😀😀😀",
    "👨‍👩‍👧‍👦🏳️‍🌈",
    "\x00\x07\u200b\ufeff",
    "\ud800 강아지 \udfff",
    "가" * 10_000,
    "dog " * 2_500,
    "비가 안 " * 2_000,
    "1234567890" * 100,
    "Ω≈ç√∫ 漢字 かな العربية",
    "'s n't not no without '",
    "에 를 은 는 지 않",
)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_text_still_gives_something_to_draw(text: str) -> None:
    scene = read_scene(text, title=text[:100])
    assert scene.who or scene.what
    assert scene.where
    assert scene.when
    assert scene.weather
    assert compose(scene).prompt


def test_nothing_drawable_is_the_writer_at_home() -> None:
    scene = read_scene("ㅋㅋㅋ")
    assert scene.who == (Word("", "girl"),)
    assert scene.what == ()
    assert (scene.where, scene.when) == (Word("", "home"), Word("", "day"))


def test_lone_surrogates_do_not_hide_the_rest() -> None:
    assert read_scene("\ud800강아지를 봤다").what == (Word("강아지", "dog"),)


def test_decomposed_hangul_reads_like_composed() -> None:
    decomposed = "\u1100\u1161\u11bc\u110b\u1161\u110c\u1175\u1105\u1173\u11af \u1107\u116a\u11bb\u1103\u1161"
    assert read_scene(decomposed).what == (Word("강아지", "dog"),)


@pytest.mark.parametrize(
    ("text", "icon", "expected"),
    [
        ("공원에 갔다.", "rainy", Word("", "rainy")),
        ("비가 왔다.", "sunny", Word("비", "rainy")),
        ("비가 안 왔다.", "cloudy", Word("", "cloudy")),
        ("비가 올 것 같았다.", "sunny", Word("", "sunny")),
        ("눈이 왔으면 좋겠다.", "cloudy", Word("", "cloudy")),
        ("하늘이 흐렸다.", "", Word("흐렸다", "cloudy")),
        ("It rained.", "snowy", Word("rained", "rainy")),
        ("It didn't snow.", "windy", Word("", "windy")),
        ("I hope it snows tomorrow.", "sunny", Word("", "sunny")),
        ("We built a snowman.", "", Word("", "snowy")),
        ("공원에 갔다.", "hail", Word("", "sunny")),
        ("공원에 갔다.", "", Word("", "sunny")),
    ],
)
def test_weather_in_words_goes_before_the_icon(text: str, icon: str, expected: Word) -> None:
    assert read_scene(text, weather=icon).weather == expected


def test_a_gloomy_mood_clouds_the_sky_only_where_nothing_else_is_said() -> None:
    assert read_scene("집에 있었다.", mood="sad").weather == Word("", "cloudy")
    assert read_scene("집에 있었다.", mood="sad", weather="snowy").weather == Word("", "snowy")
    assert read_scene("날씨가 맑았다.", mood="sad").weather == Word("맑았다", "sunny")


def test_the_title_decides_between_scenes() -> None:
    text = "학교에서 친구와 축구를 했다. 집에서 고양이랑 놀았다."
    assert read_scene(text, title="우리 고양이").what[0].drawn == "cat"
    assert read_scene(text, title="축구 시합").where == Word("학교에서"[:2], "school")


def test_the_title_is_read_where_the_body_names_nothing() -> None:
    scene = read_scene("정말 재미있었다.", title="바다")
    assert scene.where == Word("바다", "beach")


def test_a_subject_is_counted_once_and_at_most_three_are_drawn() -> None:
    scene = read_scene(
        "엄마, 아빠, 할머니, 할아버지, 동생, 이모와 강아지, 고양이, 토끼를 봤다. 강아지가 귀여웠다."
    )
    drawn = [word.drawn for word in (*scene.who, *scene.what)]
    assert len(drawn) == len(set(drawn)) == 3
    assert "dog" in drawn


def test_the_writer_is_drawn_as_asked() -> None:
    assert read_scene("I swam.", writer="boy").who == (Word("I", "boy"),)
    assert read_scene("동생이랑 놀았다.", writer="boy").who == (Word("", "boy"), Word("동생", "girl"))
    assert read_scene("I swam.", writer="wizard").who[0].drawn in STARTER.subjects


def test_words_keep_what_the_text_said() -> None:
    scene = read_scene("푸들이랑 해수욕장에 갔다. 저녁에는 바람이 불었다.")
    assert scene.what == (Word("푸들", "dog"),)
    assert scene.where == Word("해수욕장", "beach")
    assert scene.when == Word("저녁", "evening")
    assert scene.weather == Word("바람", "windy")


def test_action_is_read_but_not_drawn_by_a_model_without_actions() -> None:
    scene = read_scene("I swam in the pool.")
    assert scene.action == Word("swam", "swimming")
    assert "swimming" not in compose(scene).prompt


def test_a_richer_model_gets_the_finer_word() -> None:
    richer = Vocabulary.from_dict(
        {
            "subjects": ["girl", "dog", "poodle"],
            "places": {"park": "at the park"},
            "weathers": ["sunny"],
            "times": ["day"],
            "actions": {"walking": "taking a walk"},
        }
    )
    scene = read_scene("푸들과 산책했다.", vocabulary=richer)
    assert scene.what == (Word("푸들", "poodle"),)
    assert (
        compose(scene, vocabulary=richer).prompt
        == "a girl and a poodle, taking a walk, at the park, sunny, day"
    )


def test_a_poorer_model_draws_the_broader_word_or_leaves_it_out() -> None:
    poorer = Vocabulary.from_dict({"subjects": ["boy", "bear"], "places": {"mountain": "in the mountains"}})
    scene = read_scene("숲에서 판다와 케이크를 먹었다.", vocabulary=poorer)
    assert [word.drawn for word in (*scene.who, *scene.what)] == ["bear"] or scene.who == (Word("", "boy"),)
    assert scene.where == Word("숲", "mountain")
    assert scene.weather is None
    assert compose(scene, vocabulary=poorer).prompt == "a boy and a bear, in the mountains"


def test_vocabulary_file(tmp_path) -> None:
    file = tmp_path / "vocabulary.json"
    file.write_text(json.dumps({"subjects": ["girl"], "places": {"home": "at home"}}), encoding="utf-8")
    vocabulary = Vocabulary.load(file)
    assert compose(read_scene("집", vocabulary=vocabulary), vocabulary=vocabulary).prompt == "a girl, at home"
    for unfit in ("[]", "{", '{"subjects": []}', '{"subjects": 3}'):
        file.write_text(unfit, encoding="utf-8")
        with pytest.raises(ValueError):  # noqa: PT011
            Vocabulary.load(file)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("오늘은 바다에 갔다", "ko"),
        ("I went to the sea", "en"),
        ("I met 민수 at the park today", "en"),
        ("오늘 friend랑 playground에서 놀았다 정말로", "ko"),
        ("", "ko"),
        ("123 !!", "ko"),
        ("ㅋㅋㅋ", "ko"),
    ],
)
def test_language_is_the_script_of_most_letters(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_a_given_language_is_kept() -> None:
    assert read_scene("", language="en").language == "en"


def test_emoji_are_read() -> None:
    scene = read_scene("🐶⚽")
    assert [word.drawn for word in scene.what] == ["dog", "soccer ball"]
    assert read_scene("산책했다 ☔").weather == Word("", "rainy")


def test_prompt_has_the_style_first_and_falls_in_rank() -> None:
    prompt = compose(read_scene("I went to the beach with my dog. It was sunny."), trigger="crayon drawing")
    assert prompt.phrases == ("crayon drawing", "a girl and a dog", "at the beach", "sunny", "day")
    assert prompt.prompt == "crayon drawing, a girl and a dog, at the beach, sunny, day"
    assert prompt.negative_prompt


@pytest.mark.parametrize(
    ("subjects", "phrase"),
    [
        (("apple",), "an apple"),
        (("noodles", "moon"), "noodles and the moon"),
        (("girl", "ice cream", "ball"), "a girl, an ice cream and a ball"),
    ],
)
def test_subjects_are_named_as_in_captions(subjects: tuple[str, ...], phrase: str) -> None:
    assert compose(Scene("en", what=tuple(Word("", word) for word in subjects))).prompt == phrase


def test_a_scene_that_was_tampered_with_brings_no_text_into_the_prompt() -> None:
    data = read_scene("강아지와 바다에 갔다").to_dict()
    data["what"] = [{"said": "강아지", "drawn": "something else entirely"}]
    data["where"] = {"said": "바다", "drawn": "nowhere"}
    assert compose(Scene.from_dict(data)).prompt == "a girl, sunny, day"


@pytest.mark.parametrize(
    "data",
    [{}, {"language": "fr"}, {"language": "ko", "who": "girl"}, {"language": "ko", "where": {"said": 1}}],
)
def test_data_that_is_no_scene_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"scene|word"):
        Scene.from_dict(data)


PHRASES = {*STARTER.places.values(), *STARTER.weathers, *STARTER.times}


def only_vocabulary(prompt: str) -> bool:
    for phrase in prompt.split(", "):
        for part in phrase.split(" and "):
            word = part.removeprefix("an ").removeprefix("a ").removeprefix("the ")
            if part not in PHRASES and word not in STARTER.subjects:
                return False
    return True


KOREAN = "엄마 강아지 바다 비가 안 못 왔다 갔다 먹었다. 배 눈 말 밤에 랑 에서 를 없다 않았다"
ENGLISH = "dog cat beach not didn't rain no the with ate 🐶 \n we . , 's"
WORDS = st.sampled_from([*KOREAN.split(" "), *ENGLISH.split(" ")])
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=20).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(
    text=TEXTS,
    title=TEXTS,
    weather=st.sampled_from(["", "rainy", "x"]),
    language=st.sampled_from([None, "ko", "en"]),
)
def test_any_text_gives_a_scene_in_vocabulary_words(
    text: str, title: str, weather: str, language: str | None
) -> None:
    scene = read_scene(text, title=title, weather=weather, language=language)
    assert 1 <= len(scene.who) + len(scene.what) <= 3
    assert only_vocabulary(compose(scene).prompt)
    assert Scene.from_dict(json.loads(json.dumps(scene.to_dict()))) == scene
