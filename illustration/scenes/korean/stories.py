"""What was only dreamt, or seen in a film, a book, a picture or a game. Works on the sentences of a whole diary."""

from __future__ import annotations

from illustration.scenes.korean.days import Reading
from illustration.scenes.korean.morphemes import WORDS, Morpheme
from illustration.scenes.korean.words import Found
from illustration.scenes.mentions import Status

_MOST_DREAMT = 3
_HOURS = frozenset({"아침", "오전", "점심", "낮", "오후", "저녁"})
_WATCHING = frozenset(
    {"crying", "laughing", "shouting", "clapping", "hugging", "sleeping", "eating", "hiding"}
)
"""What whoever watches does meanwhile: 귀신이 나올 때마다 소리를 질렀다."""
_LIKED = frozenset({"좋아하다", "읽다", "보다", "쓰다", "추천하다", "싫어하다", "듣다"})
_JOINING = frozenset({"JC", "JKG", "JKB", "SP", "XSN"})
_PLAYS = ("연극", "뮤지컬", "학예회", "역할극", "학예발표회", "배역", "역할")
_GAMES = frozenset({"경기", "시합", "대회", "결승", "결승전", "리그", "올림픽", "월드컵", "시범", "공연"})
_BROADCAST = frozenset({"중계", "생중계", "중계방송"})
_KEPT = frozenset({"time", "mood", "season"})


def mark_stories(readings: list[Reading]) -> None:
    """Set the status of what was dreamt to "dreamt", and of what was shown or told of to "shown"."""
    _dreams(readings)
    told: Reading | None = None
    for reading in readings:
        story = _shown(reading)
        if not story:
            told = told if _goes_on(reading, told) else None
        if story:
            told = reading
    _games(readings)
    for reading in readings:
        _about(reading)
    _parts(readings)


def _about(reading: Reading) -> None:
    """할머니의 밭과 소에 대한 시, 공룡에 대해 배웠다: what is only spoken of."""
    tokens = reading.tokens
    for index in range(1, len(tokens) - 1):
        if tokens[index].form != "에" or tokens[index + 1].lemma not in ("대하다", "관하다"):
            continue
        last = index - 1
        for item in sorted(reading.found, key=lambda each: -each.last):
            between = tokens[item.last + 1 : last + 1]
            if item.last <= last and all(token.tag in _JOINING for token in between):
                _set([item], "shown")
                last = min(last, item.first - 1)


def _parts(readings: list[Reading]) -> None:
    """연극을 했다. 왕자는 지훈이가 했다: the part that somebody plays."""
    if not any(reading.said(*_PLAYS) for reading in readings):
        return
    for reading in readings:
        for number, clause in enumerate(reading.clauses):
            playing = clause.lemmas & {"하다", "맡다", "되다"} and any(
                token.tag == "JKS" for token in reading.inside(clause)
            )
            if playing:
                items = [item for item in reading.items(number) if item.role == "topic"]
                _set([item for item in items if item.concept.kind in ("person", "animal", "thing")], "shown")


def _games(readings: list[Reading]) -> None:
    """축구 경기를 봤다. 우리 팀이 골을 넣었다: whoever watches a game does not play it."""
    watched = False
    for reading in readings:
        for number, clause in enumerate(reading.clauses):
            games = [
                item
                for item in reading.items(number)
                if item.concept.kind == "action"
                and item.role in ("object", "bare", "owner")
                and item.first != clause.predicate
                and {token.form for token in reading.tokens[item.first : item.last + 2]} & _GAMES
            ]
            looking = clause.lemmas & (WORDS["watched"] | {"응원하다"}) and not clause.negated
            if games and looking:
                _set(games, "shown")
                watched = True
            elif looking and any(token.form in _BROADCAST for token in reading.inside(clause)):
                watched = True
        ours = any(token.tag == "NP" and token.form in ("나", "내", "저") for token in reading.tokens)
        if watched and not ours:
            _set([item for item in reading.found if item.concept.name.startswith("playing ")], "shown")


def _set(items: list[Found], status: Status) -> None:
    for item in items:
        if item.status in ("real", "past") and item.concept.kind not in _KEPT:
            item.status = status


def _dreams(readings: list[Reading]) -> None:
    left = 0
    for index, reading in enumerate(readings):
        tokens = reading.tokens
        place = next((at for at, token in enumerate(tokens) if token.form in ("꿈", "꿈속", "악몽")), None)
        awake = reading.said("깨다", "깨어나다", "일어나다") or reading.said(*WORDS["today"])
        if place is None and reading.said("깨우다"):
            # 선생님이 깨우셨다: nobody of the dream.
            left = 0
        # 현실은 지각.
        awake = awake or (place is None and tokens[0].form in ("현실", "실제", "눈"))
        # 아침에 빵을 먹었다: an hour that opens a sentence is the day's own, and the dream is over.
        awake = awake or (place is None and tokens[0].form in _HOURS)
        # 무서워서 엄마 옆에서 다시 잤다: nobody falls asleep in a dream.
        awake = awake or (place is None and reading.said("자다", "잠들다", "눕다"))
        if place is None:
            if left and not awake:
                _set(reading.found, "dreamt")
                left -= 1
            elif left:
                waking = next(
                    (
                        at
                        for at, token in enumerate(tokens)
                        if token.lemma in ("깨다", "깨어나다", "일어나다") or token.form in WORDS["today"]
                    ),
                    0,
                )
                _set([item for item in reading.found if item.last < waking], "dreamt")
                left = 0
            continue
        after = [token.form for token in tokens[place + 1 : place + 4]]
        lemmas = [token.lemma for token in tokens[place + 1 : place + 6]]
        if "꾸다" in lemmas:
            end = next(at for at, token in enumerate(tokens) if at > place and token.lemma == "꾸다")
            content = [item for item in reading.found if item.last < place and item.concept.kind not in _KEPT]
            _set([item for item in reading.found if item.last < end], "dreamt")
            left = 0 if content else _MOST_DREAMT
        elif tokens[place].form == "꿈속" or (after and after[0] in ("에서", "에", "속")):
            waking = next(
                (
                    at
                    for at, token in enumerate(tokens)
                    if token.lemma in ("깨다", "깨어나다")
                    or (at and token.lemma == "뜨다" and _eyes(tokens, at))
                ),
                10**6,
            )
            _set([item for item in reading.found if item.last < waking], "dreamt")
            left = _MOST_DREAMT if waking == 10**6 and not reading.said(*WORDS["today"]) else 0
        elif after and after[0] == "이" and "었" in after and "같다" not in lemmas:
            for earlier in readings[: index + 1]:
                _set(earlier.found, "dreamt")
        elif after and after[0] in ("은", "이", "을") and "같다" not in lemmas:
            for item in reading.found:
                if item.status == "real":
                    item.status = "wished"


def _eyes(tokens: list[Morpheme], at: int) -> bool:
    return any(token.form == "눈" for token in tokens[max(0, at - 2) : at])


def _shown(reading: Reading) -> bool:
    """Mark what a film or a picture in this sentence shows; whether it is one that tells a story."""
    tokens, story = reading.tokens, False
    _genre(reading)
    for place, token in enumerate(tokens):
        if token.form not in WORDS["shown"] and token.form.lower() not in WORDS["shown"]:
            continue
        number = next(at for at, clause in enumerate(reading.clauses) if clause.first <= place <= clause.last)
        clause = reading.clauses[number]
        before = [item for item in reading.found if item.last == place - 1 and item.first != place]
        before += [
            item
            for item in reading.found
            if item.last == place - 2 and tokens[place - 1].form in ("의", "속")
        ]
        photographed = clause.lemmas & WORDS["photograph"]
        if not photographed:
            _set(
                [item for item in before if item.concept.kind != "person" or token.form != "책"],
                "shown",
            )
        lead = reading.clauses[number - 1] if number else None
        # 피자를 먹고 무서운 영화를 봤다: a word for the film tells nothing of what was done before.
        if lead is not None and lead.tag == "ETM" and clause.first == place and not lead.adjectival:
            for at in _leading_to(reading, number - 1):
                told_of = reading.clauses[at]
                # 토끼를 꺼내는 영상: nobody who made it.
                lasting = told_of.link != "는" or told_of.lemmas & _LIKED
                made = told_of.lemmas & WORDS["made"] if lasting else None
                # 아이가 유치원에서 그린 그림: who drew it is here; 사자를 그린 그림 shows a lion.
                items = [item for item in reading.items(at) if item.role == "object" or not made]
                doers = [item for item in items if item.role in ("subject", "topic")]
                # 돌잔치 때 찍은 사진
                _set(
                    [
                        item
                        for item in reading.items(at)
                        if item.concept.kind == "occasion" and reading.after(item) == "때"
                    ],
                    "shown",
                )
                # 아빠가 늑대가 나오는 동화책을 읽어 주셨다: the first of two doers reads.
                reader = doers[0] if len(doers) > 1 else None
                _set(_content(reading, [item for item in items if item is not reader]), "shown")
                acting = [item for item in doers if item is not reader]
                props = [item for item in items if item.role == "at" and item.concept.kind == "thing"]
                if acting and not made:
                    _set([item for item in props if item.first > acting[0].first], "shown")
        rest = tokens[place + 1 : place + 3]
        if rest and rest[0].form in ("로", "으로") and clause.lemmas & WORDS["watched"]:
            # 케이크는 화면으로만 봤다
            seen = [
                each
                for each in reading.items(number)
                if each.concept.kind not in ("person", "place", "action")
            ]
            _set(_content(reading, seen), "shown")
        within = bool(rest) and (
            rest[0].form in ("에서", "속") or (rest[0].form == "에" and _shows(reading, number))
        )
        if within and not photographed and token.form not in ("장면", "대목"):
            last = _ends_with(reading, number)
            for at in range(number, min(last + 1, len(reading.clauses))):
                inside = [item for item in reading.items(at) if item.first > place]
                # 드라마에서 주인공이 바닷가에서 …: where the story is.
                told_where = [item for item in inside if item.role == "at" and item.concept.kind == "place"]
                beside = [item for item in inside if item.role == "with" and item.concept.kind != "person"]
                _set([*_content(reading, inside), *told_where, *beside], "shown")
        verbs = frozenset(lemma for each in reading.clauses[number:] for lemma in each.lemmas)
        story = story or (token.form in WORDS["tale"] and bool(verbs & WORDS["perceive"] or within))
    return story


def _genre(reading: Reading) -> None:
    """좀비물을 봤다: a kind of film."""
    for item in reading.found:
        rest = reading.tokens[item.last + 1 : item.last + 2]
        touching = rest and rest[0].form == "물" and rest[0].start == reading.tokens[item.last].end
        if touching and reading.clauses[item.clause].lemmas & {"보다", "읽다", "좋아하다"}:
            _set([item], "shown")


def _leading_to(reading: Reading, number: int) -> list[int]:
    """A clause before a noun, and those that lead up to it: 타다가 넘어지는 장면."""
    found = [number]
    while number and reading.clauses[number - 1].link in WORDS["leading_ending"]:
        number -= 1
        found.append(number)
    return found


def _ends_with(reading: Reading, number: int) -> int:
    """The clause that those before a noun lead to: 뉴스에 산불이 난 마을이 나왔다."""
    clauses = reading.clauses
    while clauses[number].tag == "ETM" and number + 1 < len(clauses):
        number += 1
    return number


def _shows(reading: Reading, number: int) -> bool:
    last = _ends_with(reading, number)
    return any(clause.lemmas & WORDS["show"] for clause in reading.clauses[number : last + 1])


def _content(reading: Reading, items: list[Found]) -> list[Found]:
    """What is inside a story, leaving out the film or book, who watches, where, and the watching."""
    return [
        item
        for item in items
        if item.role not in ("with", "at")
        and not {token.form for token in reading.tokens[item.first : item.last + 1]} & WORDS["shown"]
        and reading.tokens[item.first].lemma not in WORDS["watched"]
    ]


def _goes_on(reading: Reading, told: Reading | None) -> bool:
    """A sentence whose doer is nobody of this day tells on of the film: 로봇이 하늘을 날았다."""
    subjects = [item for item in reading.found if item.role in ("subject", "topic")]
    # 좀비물을 봤다: a kind of film, which has been told of.
    hero = any(
        token.form in WORDS["hero"] and not (after and after[0].form in ("물", "영화", "이야기"))
        for token, *after in (
            (each, *reading.tokens[at + 1 : at + 2]) for at, each in enumerate(reading.tokens)
        )
    )
    ours = any(token.tag == "NP" for token in reading.tokens)
    shown = (
        {item.concept.name for item in told.found if item.status == "shown"} if told is not None else set()
    )
    again = any(item.concept.name in shown for item in subjects)
    strangers = subjects and all(item.concept.kind == "animal" for item in subjects)
    acted = any(token.tag == "VV" and token.lemma in WORDS["acted_out"] for token in reading.tokens)
    if hero or again or (told is not None and strangers and acted):
        last = _told_until(reading, subjects) if ours or reading.said(*WORDS["taken_aback"]) else None
        if ours and last is None:
            return False
        scene = [at for at, token in enumerate(reading.tokens) if token.form in ("장면", "대목")]
        # 주인공이 고백하는 장면, 또 울었네: who weeps is the writer.
        end = scene[-1] if scene else len(reading.tokens) if last is None else reading.clauses[last].last
        _set([item for item in reading.found if item.first <= end], "shown")
        return True
    return False


def _told_until(reading: Reading, subjects: list[Found]) -> int | None:
    """The clause that makes the one who watches do something: 좀비가 나와서 소리를 질렀다."""
    first = subjects[0].clause if subjects else 0
    return next(
        (
            number
            for number, clause in enumerate(reading.clauses[:-1])
            if number >= first and clause.link in WORDS["cause_ending"]
        ),
        None,
    )
