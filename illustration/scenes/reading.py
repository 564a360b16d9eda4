"""Diary text → Scene: gathers what the languages' readers found into the one scene of the day."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import replace

from illustration.scenes.cast import WRITER_NAMES, Cast, CastMember
from illustration.scenes.gathering import MOST_ITEMS, SAID_AT_MOST, WHOLE_DAY, Gathering
from illustration.scenes.language import detect_language, read_sentences
from illustration.scenes.lexicon import Lexicon, lexicon
from illustration.scenes.mentions import (
    MOST_COUNTED,
    Mention,
    Sentence,
    Status,
    add_emoji,
    drop_owners,
    normalise,
)
from illustration.scenes.moments import Moment, choose, moments
from illustration.scenes.scene import SECTION_OF_KIND, Item, Scene
from illustration.scenes.vocabulary import SUBJECT_KINDS

MOST_KEYWORDS = 12
_HAPPENED: tuple[Status, ...] = ("real", "past", "denied")
_TOLD: tuple[Status, ...] = ("dreamt", "shown", "past")


def read(
    text: str,
    *,
    weather: str | None = None,
    mood: str | None = None,
    keywords: Sequence[str] = (),
    cast: Sequence[CastMember] = (),
    title: str = "",
    without: Collection[str] = (),
    date: datetime.date | None = None,
    language: str | None = None,
) -> Scene:
    """Read a diary entry as one scene. Never raises on odd text; something can be drawn for any.

    ``weather`` and ``mood`` are the picked icons, ``keywords`` the writer's own; they go before the text. ``cast``:
    the cards of the writer's people and pets. ``without``: words of items that are not to be in the scene, nor
    anything that they imply. ``date`` tells the season where the text does not. ``language``: "ko",
    "en", "mixed" or "other"; None = as the text looks.
    """
    reading = _Reading(lexicon(), cast, frozenset(without))
    return reading.read(text, title, weather or "", mood or "", keywords, date, language)


class _Reading:
    """One text's way to a scene."""

    def __init__(self, words: Lexicon, members: Sequence[CastMember], without: frozenset[str]) -> None:
        self._plain = words
        self._without = without
        self._cast = Cast(members, words)
        self._lexicon = self._cast.lexicon()
        self._items = Gathering(words, self._cast, without)
        self._notes: list[str] = []

    def read(
        self,
        text: str,
        title: str,
        weather: str,
        mood: str,
        keywords: Sequence[str],
        date: datetime.date | None,
        language: str | None,
    ) -> Scene:
        text, title = normalise(text), normalise(title)
        spoken = language or detect_language(f"{title}\n{text}", self._lexicon)
        if spoken == "other" and any(letter.isalpha() for letter in f"{title}{text}"):
            self._notes.append("unknown_language")
        body, heading = self._sentences(text, spoken), self._sentences(title, spoken)
        denied = {item.concept.name for each in body for item in each.mentions if item.status == "denied"}
        denied |= self._without
        unreal = {
            item.concept.name for each in body for item in each.mentions if item.status not in _HAPPENED
        }
        titled = [
            item
            for each in heading
            for item in each.mentions
            if item.status == "real" and item.concept.name not in denied
        ]
        body = self._with_told(body, titled)
        wanted = self._keywords(keywords)
        chosen, others = self._moments(text, body, titled, wanted)
        picks = {"weather": weather, "mood": mood}
        for kind, word in picks.items():
            self._pick(kind, word)
        for mention in titled:
            self._items.put(mention, source="title", bonus=1.5, code="title")
        self._items.put_moment(chosen)
        self._items.put_together()
        self._put_whole_day(body, [kind for kind, word in picks.items() if word])
        if any(each.writer is not None for each in chosen.sentences):
            said = tuple(dict.fromkeys(each.writer for each in chosen.sentences if each.writer))
            self._items.add_writer(said[:1], "text")
        self._items.imply(denied, unreal, date)
        leftovers = self._leftovers(body, others, self._items.words())
        notes = tuple(self._notes)
        return Scene(language=spoken, leftovers=leftovers, notes=notes, **self._items.sections())

    def _sentences(self, text: str, language: str) -> list[Sentence]:
        sentences = read_sentences(text, self._lexicon, language)
        for sentence in sentences:
            drop_owners(sentence)
        if language != "other":
            self._cast.put_names(text, sentences)
        add_emoji(text, sentences, self._lexicon)
        for sentence in sentences:
            sentence.mentions = [
                item
                for item in sentence.mentions
                if self._cast.word_of(item.concept.name) not in self._without
            ]
            if sentence.feeling in self._without:
                sentence.feeling = ""
        return sentences

    def _with_told(self, body: list[Sentence], titled: list[Mention]) -> list[Sentence]:
        """Take a dream, a film or another day for the scene where the text says nothing else."""
        everything = [item for sentence in body for item in sentence.mentions]
        kinds = (*SUBJECT_KINDS, "action", "place", "occasion")
        if titled or any(item.status == "real" and item.concept.kind in kinds for item in everything):
            return body
        for status in _TOLD:
            if any(item.status == status and item.concept.kind in kinds for item in everything):
                self._notes.append(f"only_{status}")
                for sentence in body:
                    sentence.mentions = [
                        replace(item, status="real")
                        if item.status == status and item.concept.kind not in ("weather", "mood")
                        else item
                        for item in sentence.mentions
                    ]
                break
        return body

    def _moments(
        self, text: str, body: list[Sentence], titled: list[Mention], wanted: list[str]
    ) -> tuple[Moment, list[Moment]]:
        found = moments(body, text)
        chosen, others = choose(found, titled={item.concept.name for item in titled}, wanted=wanted)
        if chosen is None:
            if not self._notes:
                self._notes.append("nothing_said")
            return Moment(), []
        if others:
            self._notes.append("several_moments")
        return chosen, others

    def _put_whole_day(self, body: list[Sentence], picked: Collection[str]) -> None:
        """Put in what holds for the whole day; of the kinds that the writer ``picked`` nothing that the text says."""
        for sentence in body:
            for mention in sentence.mentions:
                kind = mention.concept.kind
                if mention.status == "real" and kind in WHOLE_DAY and kind not in picked:
                    self._items.put(mention)
            feeling = self._plain.concepts.get(sentence.feeling)
            if feeling is not None and feeling.kind == "mood" and "mood" not in picked:
                self._items.feel(feeling, sentence.strength)

    def _pick(self, kind: str, word: str) -> None:
        known = self._plain.concepts.get(word)
        if known is None or known.kind != kind:
            known = next((table[word] for table in self._plain.words.values() if word in table), None)
        if known is not None and known.kind == kind:
            self._items.add(Item(known.name, kind, source="picked", score=20.0), "picked", 20.0)

    def _keywords(self, keywords: Sequence[str]) -> list[str]:
        """Put the writer's keywords in, those that the lexicon does not know as well; return their concepts."""
        wanted: list[str] = []
        for number, text in enumerate(keywords[:MOST_KEYWORDS]):
            keyword = normalise(text)[:SAID_AT_MOST].strip()
            if not keyword:
                continue
            if keyword.lower() in WRITER_NAMES:
                self._items.add_writer((keyword,), "keyword")
                continue
            score = 12.0 - number * 0.1
            concepts = self._meanings(keyword)
            for mention in concepts:
                wanted.append(mention.concept.name)
                self._items.put(replace(mention, said=keyword), source="keyword", bonus=score, code="keyword")
            if not concepts:
                item = Item(keyword, "thing", said=(keyword,), source="keyword", score=score)
                self._items.add(item, "unknown_keyword", score)
        return wanted

    def _meanings(self, keyword: str) -> list[Mention]:
        lower = keyword.lower()
        for language in ("ko", "en"):
            concept = self._lexicon.words[language].get(lower)
            if concept is not None:
                return [Mention(concept, keyword)]
        spoken = detect_language(keyword, self._lexicon)
        found = read_sentences(keyword, self._lexicon, spoken)
        add_emoji(keyword, found, self._lexicon)
        # A word inside another (이별 in 뿡뿡이별) is not what the writer wrote.
        return [
            item
            for sentence in found
            for item in sentence.mentions
            if item.start < 1 or not keyword[item.start - 1].isalnum()
        ]

    def _leftovers(self, body: list[Sentence], others: list[Moment], shown: set[str]) -> tuple[Item, ...]:
        """What the day's other moments, dreams, films and other days hold; denied or wished things nowhere."""
        found: dict[tuple[str, str], Item] = {}
        mentions = [item for moment in others for item in moment.mentions()]
        mentions += [item for sentence in body for item in sentence.mentions if item.status in _TOLD]
        for mention in mentions:
            kind = mention.concept.kind
            word = self._cast.word_of(mention.concept.name)
            if kind not in SECTION_OF_KIND or word in shown:
                continue
            code = "other_moment" if mention.status == "real" else mention.status
            item = Item(
                word,
                kind,
                said=(mention.said[:SAID_AT_MOST],) if mention.said else (),
                count=min(max(mention.count, 1), MOST_COUNTED),
                why=(code,),
                status=mention.status,
            )
            found.setdefault((kind, word), item)
        return tuple(found.values())[: 2 * MOST_ITEMS]
