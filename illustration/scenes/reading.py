"""Diary text → Scene: picks the one scene of the day out of what the languages' readers found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from illustration.scenes.english import read_english
from illustration.scenes.korean import read_korean
from illustration.scenes.lexicon import Concept, Lexicon, lexicon
from illustration.scenes.mentions import Mention, Sentence, add_emoji, detect_language, drop_owners, normalise
from illustration.scenes.scene import Scene, Word
from illustration.scenes.vocabulary import STARTER, SUBJECT_KINDS, Vocabulary

MOST_SUBJECTS = 3
_SAID_AT_MOST = 40
_ROLE_WEIGHT = {
    "subject": 1.3,
    "topic": 1.2,
    "with": 1.3,
    "object": 1.2,
    "bare": 1.0,
    "at": 0.8,
    "to": 0.8,
    "owner": 0.5,
    "emoji": 0.7,
}
_PLACE_WEIGHT = {
    "at": 1.3,
    "to": 1.1,
    "bare": 1.0,
    "object": 0.9,
    "topic": 0.8,
    "with": 0.7,
    "subject": 0.7,
    "owner": 0.6,
    "emoji": 0.5,
}
_UNSURE = 0.3
_PEOPLE = ("girl", "boy", "woman", "man")
_OUTDOORS = {"rainy": "street", "snowy": "park", "windy": "park"}
_GLOOMY_MOODS = frozenset({"sad", "angry"})


@dataclass(slots=True)
class _Part:
    """Sentences that share a place and a time of day."""

    sentences: list[Sentence] = field(default_factory=list)
    place: str = ""
    time: str = ""
    earlier_time: Mention | None = None

    def mentions(self, *kinds: str) -> list[Mention]:
        return [
            item for sentence in self.sentences for item in sentence.mentions if item.concept.kind in kinds
        ]

    def latest_time(self) -> Mention | None:
        times = self.mentions("time")
        return times[-1] if times else self.earlier_time


@dataclass(slots=True)
class _Candidate:
    concept: Concept
    said: str
    score: float
    order: int
    choices: list[str]


def read_scene(
    text: str,
    *,
    title: str = "",
    weather: str = "",
    mood: str = "",
    language: str | None = None,
    vocabulary: Vocabulary | None = None,
    writer: str = "girl",
) -> Scene:
    """Read a diary entry as one scene. Never raises on odd text; something can be drawn for any.

    ``weather`` is the picked icon (sunny cloudy rainy snowy windy, "" = none); weather said in words goes before
    it. ``language``: "ko", "en", None = by script. ``writer``: how "I" is drawn, a subject of the vocabulary.
    """
    return _Reader(lexicon(), vocabulary or STARTER, writer).read(text, title, weather, mood, language)


class _Reader:
    def __init__(self, words: Lexicon, vocabulary: Vocabulary, writer: str) -> None:
        self._lexicon = words
        self._denied: list[Mention] = []
        self._vocabulary = vocabulary
        people = (word for word in (writer, *_PEOPLE) if word in vocabulary.subjects)
        self._writer = next(people, min(vocabulary.subjects))

    def read(self, text: str, title: str, weather: str, mood: str, language: str | None) -> Scene:
        text, title = normalise(text), normalise(title)
        spoken = language if language in ("ko", "en") else detect_language(f"{title}\n{text}")
        body = self._sentences(text, spoken)
        heading = self._sentences(title, spoken)
        if not any(sentence.mentions for sentence in body):
            body, heading = [*heading, *body], []
        denied = {item.concept.name for item in self._denied}
        title_items = [
            item for sentence in heading for item in sentence.mentions if item.concept.name not in denied
        ]
        titled = {item.concept.name for item in title_items}
        parts = self._parts(body)
        part = max(parts, key=lambda each: self._strength(each, titled)) if parts else _Part()
        who, what = self._subjects(part, title_items, body)
        action = self._action(part, title_items)
        concepts = [
            item.concept
            for kinds in (("action",), SUBJECT_KINDS, ("time",))
            for item in part.mentions(*kinds)
        ]
        concepts += [item.concept for item in title_items]
        when = self._when(part, title_items, concepts)
        sky = self._weather(part, body, title_items, denied, weather, mood, concepts)
        where = self._where(part, title_items, concepts, sky)
        return Scene(spoken, who, what, where, when, sky, mood[:_SAID_AT_MOST], action)

    def _sentences(self, text: str, language: str) -> list[Sentence]:
        if not text.strip():
            return []
        sentences = (read_korean if language == "ko" else read_english)(text, self._lexicon)
        for sentence in sentences:
            drop_owners(sentence)
        add_emoji(text, sentences, self._lexicon)
        for sentence in sentences:
            self._denied += [item for item in sentence.mentions if item.status not in ("real", "wished")]
            sentence.mentions = [item for item in sentence.mentions if item.status in ("real", "wished")]
        return sentences

    def _parts(self, body: list[Sentence]) -> list[_Part]:
        """A part ends where a new place or another time of day is said."""
        parts: list[_Part] = []
        for sentence in body:
            place = self._best_place(sentence.mentions)
            times = [item for item in sentence.mentions if item.concept.kind == "time"]
            time = times[0].concept.name if times else ""
            current = parts[-1] if parts else None
            new_place = place and current and current.place and place != current.place
            acted = any(item.concept.kind in ("place", "action") for item in sentence.mentions)
            new_time = time and current and time != current.time and (current.time or acted)
            if current is None or new_place or new_time:
                current = _Part(earlier_time=current.latest_time() if current else None)
                parts.append(current)
            current.sentences.append(sentence)
            current.place = current.place or place
            current.time = current.time or time
        return parts

    def _best_place(self, mentions: list[Mention]) -> str:
        places = [item for item in mentions if item.concept.kind == "place" and self._drawn(item.concept)]
        return max(places, key=_place_score).concept.name if places else ""

    def _strength(self, part: _Part, titled: set[str]) -> float:
        subjects: dict[str, float] = {}
        for item in part.mentions(*SUBJECT_KINDS):
            drawn = self._drawn(item.concept)
            if drawn:
                subjects[drawn] = max(subjects.get(drawn, 0.0), _subject_score(item))
        score = sum(sorted(subjects.values(), reverse=True)[:4])
        places = [_place_score(item) for item in part.mentions("place") if self._drawn(item.concept)]
        score += 1.2 * max(places, default=0.0)
        score += 0.5 * bool([item for item in part.mentions("action") if item.sure])
        score += 0.3 * bool(part.mentions("weather"))
        score += 0.8 * any(sentence.highlight for sentence in part.sentences)
        score += 0.3 * any(sentence.writer is not None for sentence in part.sentences)
        score += 3.0 * len(
            titled & {item.concept.name for sentence in part.sentences for item in sentence.mentions}
        )
        return score

    def _drawn(self, concept: Concept, taken: Iterable[str] = ()) -> str:
        choices = self._lexicon.drawable(concept, self._vocabulary)
        if concept.apart:
            return next((choice for choice in choices if choice not in taken), choices[0] if choices else "")
        return choices[0] if choices else ""

    def _subjects(
        self, part: _Part, title_items: list[Mention], body: list[Sentence]
    ) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        candidates: dict[str, _Candidate] = {}
        items = [(item, 0.0) for item in part.mentions(*SUBJECT_KINDS)]
        items += [(item, 1.5) for item in title_items if item.concept.kind in SUBJECT_KINDS]
        for order, (item, bonus) in enumerate(items):
            choices = self._lexicon.drawable(item.concept, self._vocabulary)
            if not choices:
                continue
            score = _subject_score(item) + bonus
            known = candidates.get(item.concept.name)
            if known:
                known.score = max(known.score, score) + 0.2
            else:
                candidates[item.concept.name] = _Candidate(item.concept, item.said, score, order, choices)
        ranked = sorted(candidates.values(), key=lambda each: (-each.score, each.order))
        people = [each for each in ranked if each.concept.kind == "person"]
        others = [each for each in ranked if each.concept.kind != "person"]
        writers = [sentence.writer for sentence in part.sentences if sentence.writer is not None]
        alive = people or any(each.concept.kind == "animal" for each in others)
        chosen: list[tuple[str, Word]] = []
        taken: list[str] = []
        if writers or not alive:
            said = next((name for name in writers if name), "")
            taken.append(self._writer)
            chosen.append(("person", Word(said, self._writer)))
        for each in _seats(people, others, MOST_SUBJECTS - len(chosen)):
            drawn = self._drawn(each.concept, taken)
            if drawn and drawn not in taken:
                taken.append(drawn)
                chosen.append((each.concept.kind, Word(each.said[:_SAID_AT_MOST], drawn)))
        who = tuple(word for kind, word in chosen if kind == "person")
        return who, tuple(word for kind, word in chosen if kind != "person")

    def _action(self, part: _Part, title_items: list[Mention]) -> Word | None:
        actions = part.mentions("action") + [item for item in title_items if item.concept.kind == "action"]
        sure = [item for item in actions if item.sure]
        return _word(sure[0], sure[0].concept.name) if sure else None

    def _where(
        self, part: _Part, title_items: list[Mention], concepts: list[Concept], sky: Word | None
    ) -> Word | None:
        places = part.mentions("place") + [item for item in title_items if item.concept.kind == "place"]
        drawable = [item for item in places if self._drawn(item.concept)]
        if drawable:
            best = max(drawable, key=_place_score)
            return _word(best, self._drawn(best.concept))
        implied = self._implied(concepts, "place")
        if not implied and sky and sky.said:
            implied = _OUTDOORS.get(sky.drawn, "")
        return self._chosen("place", implied, "home")

    def _when(self, part: _Part, title_items: list[Mention], concepts: list[Concept]) -> Word | None:
        times = part.mentions("time") + [item for item in title_items if item.concept.kind == "time"]
        if part.earlier_time:
            times.append(part.earlier_time)
        for item in times:
            if self._drawn(item.concept):
                return _word(item, self._drawn(item.concept))
        return self._chosen("time", self._implied(concepts, "time"), "day")

    def _weather(
        self,
        part: _Part,
        body: list[Sentence],
        title_items: list[Mention],
        denied: set[str],
        icon: str,
        mood: str,
        concepts: list[Concept],
    ) -> Word | None:
        everywhere = [item for sentence in body for item in sentence.mentions] + title_items
        said = part.mentions("weather") + [item for item in everywhere if item.concept.kind == "weather"]
        for item in said:
            if item.sure and self._drawn(item.concept):
                return _word(item, self._drawn(item.concept))
        if icon in self._vocabulary.weathers:
            return Word("", icon)
        implied = self._implied(concepts, "weather")
        if not implied and (mood in _GLOOMY_MOODS or "sunny" in denied):
            implied = "cloudy"
        return self._chosen("weather", implied if implied not in denied else "", "sunny")

    def _implied(self, concepts: list[Concept], kind: str) -> str:
        names = (getattr(concept, kind) for concept in concepts)
        return next((name for name in names if name and self._vocabulary.has(kind, name)), "")

    def _chosen(self, kind: str, *names: str) -> Word | None:
        """A word that the text does not say: the first of ``names`` that the model draws."""
        return next((Word("", name) for name in names if name and self._vocabulary.has(kind, name)), None)


def _word(item: Mention, drawn: str) -> Word:
    return Word(item.said[:_SAID_AT_MOST], drawn)


def _subject_score(item: Mention) -> float:
    return _ROLE_WEIGHT[item.role] * (1.0 if item.sure else _UNSURE)


def _place_score(item: Mention) -> float:
    return _PLACE_WEIGHT[item.role] * (1.0 if item.sure else _UNSURE)


def _seats(people: list[_Candidate], others: list[_Candidate], seats: int) -> list[_Candidate]:
    """The best candidates, with a seat kept for a person and one for an animal or a thing where both were said."""
    ranked = sorted((*people, *others), key=lambda each: (-each.score, each.order))
    if not people or not others:
        return ranked[:seats]
    first = [people[0], others[0]]
    rest = [each for each in ranked if each not in first]
    return sorted((first + rest)[: max(seats, 2)], key=lambda each: (-each.score, each.order))
