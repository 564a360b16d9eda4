"""Diary text → Scene: gathers what the languages' readers found into the one scene of the day."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from illustration.scenes.cast import Cast, CastMember
from illustration.scenes.language import detect_language, read_sentences
from illustration.scenes.lexicon import IMPLIED_KINDS, Concept, Lexicon, lexicon
from illustration.scenes.mentions import (
    MOST_COUNTED,
    Mention,
    Sentence,
    Status,
    add_emoji,
    drop_owners,
    normalise,
)
from illustration.scenes.moments import PLACE_WEIGHT, Moment, choose, moments
from illustration.scenes.scene import SECTION_OF_KIND, SECTIONS, WRITER, Item, Scene
from illustration.scenes.vocabulary import SUBJECT_KINDS

MOST_KEYWORDS = 12
MOST_ITEMS = 24
"""Of one section; a scene of a very long text stays small enough to be kept and read."""
_SAID_AT_MOST, _SAID_MOST = 40, 5
_AGAIN = 0.2
_NAMED_AGAIN = ("animal", "plant", "food", "thing")
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
_OUTDOORS = {"rainy": "street", "snowy": "park", "windy": "park"}
_SEASONS = ("winter", "spring", "summer", "autumn")
"""From December, three months each."""
_GLOOMY = frozenset({"sad", "angry"})
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


@dataclass(slots=True)
class _Draft:
    """An item in the making."""

    item: Item
    order: int
    codes: dict[str, float] = field(default_factory=dict)


class _Reading:
    """One text's way to a scene."""

    def __init__(self, words: Lexicon, members: Sequence[CastMember], without: frozenset[str]) -> None:
        self._plain = words
        self._without = without
        self._cast = Cast(members, words)
        self._lexicon = self._cast.lexicon()
        self._drafts: dict[tuple[str, str], _Draft] = {}
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
        titled = [
            item
            for each in heading
            for item in each.mentions
            if item.status == "real" and item.concept.name not in denied
        ]
        body = self._with_told(body, titled)
        wanted = self._keywords(keywords)
        chosen, others = self._moments(text, body, titled, wanted)
        for kind, word in (("weather", weather), ("mood", mood)):
            self._pick(kind, word)
        for mention in titled:
            self._put(mention, source="title", bonus=1.5, code="title")
        self._put_moment(chosen)
        self._put_together()
        self._put_whole_day(body, weather=bool(weather), mood=bool(mood))
        if any(each.writer is not None for each in chosen.sentences):
            said = tuple(dict.fromkeys(each.writer for each in chosen.sentences if each.writer))
            self._writer(said[:1], "text")
        self._imply(chosen, denied, date)
        scene_words = {draft.item.word for draft in self._drafts.values()}
        leftovers = self._leftovers(body, others, scene_words)
        return Scene(language=spoken, leftovers=leftovers, notes=tuple(self._notes), **self._sections())

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

    # -- putting items in ---------------------------------------------------------------------------------------

    def _put(self, mention: Mention, *, source: str = "", bonus: float = 0.0, code: str = "") -> None:
        """Add a mention to the scene's items; of a thing said twice the words, roles and counts come together."""
        kind = mention.concept.kind
        if kind not in SECTION_OF_KIND:
            return
        number = self._cast.member_of(mention.concept)
        word = self._cast.word_of(mention.concept.name)
        key = (kind, self._cast.same(number) if number is not None else word)
        weights = PLACE_WEIGHT if kind == "place" else _ROLE_WEIGHT
        score = weights.get(mention.role, 1.0) + bonus
        said = (mention.said[:_SAID_AT_MOST],) if mention.said else ()
        source = source or ("emoji" if mention.role == "emoji" else "text")
        actor = mention.actor
        if actor is not None:
            actor = self._cast.word_of(actor) if actor else WRITER
        known = self._drafts.get(key)
        if known is None:
            item = Item(
                word=word,
                kind=kind,
                said=said,
                count=min(max(mention.count, 1), MOST_COUNTED),
                source=source,
                score=score,
                actor=actor or "",
                target=self._cast.word_of(mention.target),
            )
            if number is not None:
                card, looks = self._cast.drawn_as(number)
                item = replace(item, cast=card, looks=looks, source="cast")
            known = self._drafts[key] = _Draft(item, len(self._drafts))
        else:
            item = known.item
            known.item = replace(
                item,
                said=tuple(dict.fromkeys((*item.said, *said)))[:_SAID_MOST],
                count=max(item.count, min(mention.count, MOST_COUNTED)),
                score=max(item.score, score) + _AGAIN,
                actor=item.actor or actor or "",
                target=item.target or self._cast.word_of(mention.target),
            )
            known.codes["repeated"] = _AGAIN
        known.codes[code or mention.role] = max(known.codes.get(code or mention.role, 0.0), score)

    def _add(self, item: Item, code: str, weight: float = 1.0) -> None:
        key = (item.kind, item.word)
        if key not in self._drafts and item.word not in self._without:
            self._drafts[key] = _Draft(item, len(self._drafts), {code: weight})

    def _put_moment(self, moment: Moment) -> None:
        before = set(self._drafts)
        for mention in moment.mentions():
            if mention.concept.kind not in ("weather", "mood"):
                self._put(mention)
        for key in set(self._drafts) - before:
            for code in moment.why:
                self._drafts[key].codes.setdefault(code, 0.0)

    def _put_together(self) -> None:
        """Take what is named again by a broader word (a kitten, then the cat) for one thing."""
        for key, broad in list(self._drafts.items()):
            if broad.item.kind not in _NAMED_AGAIN or broad.item.source in ("keyword", "cast"):
                continue
            finer = next(
                (
                    draft
                    for draft in self._drafts.values()
                    if draft.item.kind == broad.item.kind
                    and draft.order < broad.order
                    and draft.item.count >= broad.item.count
                    and draft.item.source != "cast"
                    and broad.item.word in list(self._plain.chain(draft.item.word))[1:]
                ),
                None,
            )
            if finer is not None:
                item = finer.item
                said = tuple(dict.fromkeys((*item.said, *broad.item.said)))[:_SAID_MOST]
                finer.item = replace(item, said=said, score=max(item.score, broad.item.score) + _AGAIN)
                finer.codes["repeated"] = _AGAIN
                del self._drafts[key]

    def _put_whole_day(self, body: list[Sentence], *, weather: bool, mood: bool) -> None:
        """Weather, mood, season and occasion hold for the day, whichever moment is drawn; a picked icon goes first."""
        for sentence in body:
            for mention in sentence.mentions:
                if mention.status != "real" or mention.concept.kind not in (
                    "weather",
                    "mood",
                    "season",
                    "occasion",
                ):
                    continue
                if {"weather": weather, "mood": mood}.get(mention.concept.kind):
                    continue
                self._put(mention)
            feeling = self._plain.concepts.get(sentence.feeling)
            if feeling is not None and feeling.kind == "mood" and not mood:
                key = ("mood", feeling.name)
                if key in self._drafts:
                    draft = self._drafts[key]
                    draft.item = replace(draft.item, score=draft.item.score + sentence.strength)
                else:
                    self._add(Item(feeling.name, "mood", score=1.0 + sentence.strength), "feeling")

    def _pick(self, kind: str, word: str) -> None:
        known = self._plain.concepts.get(word)
        if known is None or known.kind != kind:
            known = next((table[word] for table in self._plain.words.values() if word in table), None)
        if known is not None and known.kind == kind:
            self._add(Item(known.name, kind, source="picked", score=20.0), "picked", 20.0)

    def _keywords(self, keywords: Sequence[str]) -> list[str]:
        """Put the writer's keywords in, those that the lexicon does not know as well; return their concepts."""
        wanted: list[str] = []
        for number, text in enumerate(keywords[:MOST_KEYWORDS]):
            keyword = normalise(text)[:_SAID_AT_MOST].strip()
            if not keyword:
                continue
            score = 12.0 - number * 0.1
            concepts = self._meanings(keyword)
            for mention in concepts:
                wanted.append(mention.concept.name)
                self._put(replace(mention, said=keyword), source="keyword", bonus=score, code="keyword")
            if not concepts:
                item = Item(keyword, "thing", said=(keyword,), source="keyword", score=score)
                self._add(item, "unknown_keyword", score)
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

    def _writer(self, said: tuple[str, ...], source: str) -> None:
        item = Item(WRITER, "person", said=said, source=source, score=1.4)
        if self._cast.writer is not None:
            card, looks = self._cast.drawn_as(self._cast.writer)
            item = replace(item, cast=card, looks=looks, source="cast")
        self._add(item, "writer")

    # -- what goes without saying -------------------------------------------------------------------------------

    def _imply(self, moment: Moment, denied: set[str], date: datetime.date | None) -> None:
        """Fill what nobody said: from the things there, from the date, and at last as a calm day at home."""
        concepts = [
            concept
            for draft in sorted(self._drafts.values(), key=lambda each: each.order)
            if (concept := self._plain.concepts.get(draft.item.word)) is not None
        ]
        if not any(draft.item.kind in ("person", "animal") for draft in self._drafts.values()):
            self._writer((), "implied")
        for kind in IMPLIED_KINDS:
            if kind == "place":
                continue
            self._imply_kind(kind, concepts, denied)
        if date is not None and not self._has("season"):
            self._add(Item(_SEASONS[date.month % 12 // 3], "season", source="implied"), "date")
        self._imply_sky(denied)
        self._imply_kind("place", concepts, denied)
        self._imply_place(denied)

    def _imply_sky(self, denied: set[str]) -> None:
        """A gloomy day, or one that was not sunny, is cloudy; otherwise nobody said and a caption takes the usual."""
        moods = {draft.item.word for draft in self._drafts.values() if draft.item.kind == "mood"}
        gloomy = bool(moods & _GLOOMY) or "sunny" in denied
        if gloomy and "cloudy" not in denied and not self._has("weather"):
            self._add(Item("cloudy", "weather", source="implied"), "gloomy")

    def _imply_place(self, denied: set[str]) -> None:
        """Where the sky was seen, outdoors; where nothing at all was said, a calm room."""
        if self._has("place"):
            return
        skies = [draft.item for draft in self._drafts.values() if draft.item.kind == "weather"]
        seen = [name for sky in skies if sky.source == "text" for name in self._plain.chain(sky.word)]
        place = next((_OUTDOORS[name] for name in seen if name in _OUTDOORS), "")
        told = ("text", "title", "emoji", "keyword", "cast")
        if not place and not any(draft.item.source in told for draft in self._drafts.values()):
            place = "home"
        if "home" in denied and place in ("", "home"):
            place = "street"
        if place and place not in denied:
            self._add(Item(place, "place", source="implied"), "usual")

    def _has(self, kind: str) -> bool:
        return any(draft.item.kind == kind for draft in self._drafts.values())

    def _imply_kind(self, kind: str, concepts: Iterable[Concept], denied: set[str]) -> None:
        if self._has(kind):
            return
        for concept in concepts:
            name = self._implied(concept, kind)
            if name and name not in denied:
                self._add(Item(name, kind, source="implied"), f"implied_by:{concept.name}")
                return

    def _implied(self, concept: Concept, kind: str) -> str:
        """What a concept implies of a kind, or else what the nearest broader one does."""
        for name in self._plain.chain(concept.name):
            near = self._plain.concepts.get(name)
            word = getattr(near, kind) if near is not None else ""
            known = self._plain.concepts.get(word)
            if known is not None and known.kind == kind:
                return known.name
        return ""

    # -- the scene ----------------------------------------------------------------------------------------------

    def _sections(self) -> dict[str, tuple[Item, ...]]:
        sections: dict[str, list[_Draft]] = {name: [] for name in SECTIONS}
        for draft in self._drafts.values():
            sections[SECTION_OF_KIND[draft.item.kind]].append(draft)
        ranked: dict[str, tuple[Item, ...]] = {}
        for name, drafts in sections.items():
            drafts.sort(key=lambda each: (-each.item.score, each.order))
            ranked[name] = tuple(
                replace(
                    draft.item,
                    score=round(draft.item.score, 2),
                    why=tuple(sorted(draft.codes, key=lambda code: -draft.codes[code])),
                )
                for draft in drafts[:MOST_ITEMS]
            )
        return ranked

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
                said=(mention.said[:_SAID_AT_MOST],) if mention.said else (),
                count=min(max(mention.count, 1), MOST_COUNTED),
                why=(code,),
                status=mention.status,
            )
            found.setdefault((kind, word), item)
        return tuple(found.values())[: 2 * MOST_ITEMS]
