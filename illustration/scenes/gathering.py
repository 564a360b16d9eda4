"""The items of a scene in the making: what is said twice comes together, and what goes without saying is filled in."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from illustration.scenes.cast import Cast
from illustration.scenes.lexicon import IMPLIED_KINDS, Concept, Lexicon
from illustration.scenes.mentions import MOST_COUNTED, Mention
from illustration.scenes.moments import PLACE_WEIGHT, Moment
from illustration.scenes.scene import SECTION_OF_KIND, SECTIONS, WRITER, Item
from illustration.scenes.vocabulary import SUBJECT_KINDS

MOST_ITEMS = 24
"""Of one section; a scene of a very long text stays small enough to be kept and read."""
SAID_AT_MOST = 40
"""Characters kept of what the text says for an item."""
WHOLE_DAY = ("weather", "mood", "season", "occasion")
"""Kinds that hold for the day, whichever of its moments is drawn."""
_SAID_MOST = 5
_AGAIN, _HEART = 0.2, 0.4
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
# A text that tells none of these by its words tells of nothing to do or to see.
_TELLING = (*SUBJECT_KINDS, "action", "occasion")
_TOLD = ("text", "title", "keyword", "cast")
_OUTDOORS = {"rainy": "street", "snowy": "park", "windy": "park"}
_SEASONS = ("winter", "spring", "summer", "autumn")
"""From December, three months each."""
_CLOUDS = frozenset({"cloud", "cloudy"})
_GLOOMY = frozenset({"sad", "angry"})


@dataclass(slots=True)
class _Draft:
    """An item in the making."""

    item: Item
    order: int
    codes: dict[str, float] = field(default_factory=dict)


class Gathering:
    """The drafts of one scene's items, by kind and word (or card of the cast)."""

    def __init__(self, words: Lexicon, cast: Cast, without: Collection[str]) -> None:
        self._lexicon = words
        self._cast = cast
        self._without = without
        self._drafts: dict[tuple[str, str], _Draft] = {}

    def words(self) -> set[str]:
        """The words of all items so far."""
        return {draft.item.word for draft in self._drafts.values()}

    def put(self, mention: Mention, *, source: str = "", bonus: float = 0.0, code: str = "") -> None:
        """Add a mention to the scene's items; of a thing said twice the words, roles and counts come together."""
        kind = mention.concept.kind
        if kind not in SECTION_OF_KIND:
            return
        number = self._cast.member_of(mention.concept)
        word = self._cast.word_of(mention.concept.name)
        key = (kind, self._cast.same(number) if number is not None else word)
        weights = PLACE_WEIGHT if kind == "place" else _ROLE_WEIGHT
        score = weights.get(mention.role, 1.0) + bonus
        said = (mention.said[:SAID_AT_MOST],) if mention.said else ()
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
                item = self._cast.put_on(item, number)
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

    def add(self, item: Item, code: str, weight: float = 1.0) -> None:
        key = (item.kind, item.word)
        if key not in self._drafts and item.word not in self._without:
            self._drafts[key] = _Draft(item, len(self._drafts), {code: weight})

    def put_moment(self, moment: Moment) -> None:
        """Add what the moment that is drawn says, with its reasons."""
        before = set(self._drafts)
        beside = {id(mention) for mention in moment.mentions(beside=True)}
        for mention in moment.mentions():
            if mention.concept.kind not in WHOLE_DAY:
                self.put(mention, bonus=0.0 if id(mention) in beside else _HEART)
        for key in set(self._drafts) - before:
            for code in moment.why:
                self._drafts[key].codes.setdefault(code, 0.0)

    def feel(self, mood: Concept, strength: float) -> None:
        """Add a sentence's feeling; one that is there already weighs more."""
        known = self._drafts.get(("mood", mood.name))
        if known is None:
            self.add(Item(mood.name, "mood", score=1.0 + strength), "feeling")
        else:
            known.item = replace(known.item, score=known.item.score + strength)

    def put_together(self) -> None:
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
                    and broad.item.word in list(self._lexicon.chain(draft.item.word))[1:]
                    and _is_one(draft.item, broad.item)
                ),
                None,
            )
            if finer is not None:
                item = finer.item
                said = tuple(dict.fromkeys((*item.said, *broad.item.said)))[:_SAID_MOST]
                finer.item = replace(item, said=said, score=max(item.score, broad.item.score) + _AGAIN)
                finer.codes["repeated"] = _AGAIN
                del self._drafts[key]

    def add_writer(self, said: tuple[str, ...], source: str) -> None:
        """Add the writer, by their own card where they have one."""
        item = Item(WRITER, "person", said=said, source=source, score=1.4)
        if self._cast.writer is not None:
            item = self._cast.put_on(item, self._cast.writer)
        self.add(item, "writer")

    def imply(self, denied: set[str], unreal: set[str], date: datetime.date | None) -> None:
        """Fill what nobody said: from the things there, from the date, and at last as a calm day at home.

        Nothing of ``unreal`` is implied: what the text only wishes, dreams, shows or compares with.
        """
        concepts = [
            concept
            for draft in sorted(self._drafts.values(), key=lambda each: each.order)
            if (concept := self._lexicon.concepts.get(draft.item.word)) is not None
        ]
        if not any(draft.item.kind in ("person", "animal") for draft in self._drafts.values()):
            self.add_writer((), "implied")
        for kind in IMPLIED_KINDS:
            if kind not in ("place", "mood"):
                self._imply_kind(kind, concepts, denied | unreal)
        self._imply_kind("mood", self._own_deeds(), denied | unreal)
        if date is not None and not self._has("season"):
            self.add(Item(_SEASONS[date.month % 12 // 3], "season", source="implied"), "date")
        self._imply_sky(denied, unreal)
        self._imply_kind("place", concepts, denied | unreal)
        self._imply_place(denied | unreal)

    def _imply_sky(self, denied: set[str], unreal: set[str]) -> None:
        """A gloomy day, or one that was not sunny, is cloudy, one without a cloud sunny; of others nobody said."""
        if denied & _CLOUDS and not self._has("weather") and "sunny" not in denied:
            self.add(Item("sunny", "weather", source="implied"), "no_clouds")
        moods = {draft.item.word for draft in self._drafts.values() if draft.item.kind == "mood"}
        known = (self._lexicon.concepts.get(name) for name in unreal)
        likened = any(concept is not None and concept.kind == "weather" for concept in known)
        gloomy = bool(moods & _GLOOMY and not likened) or "sunny" in denied
        if gloomy and "cloudy" not in denied and not self._has("weather"):
            self.add(Item("cloudy", "weather", source="implied"), "gloomy")

    def _imply_place(self, denied: set[str]) -> None:
        """Where the sky was seen, outdoors; where nothing at all was said, a calm room."""
        if self._has("place"):
            return
        skies = [draft.item for draft in self._drafts.values() if draft.item.kind == "weather"]
        seen = [name for sky in skies if sky.source == "text" for name in self._lexicon.chain(sky.word)]
        place = next((_OUTDOORS[name] for name in seen if name in _OUTDOORS), "")
        told = [
            draft.item
            for draft in self._drafts.values()
            if draft.item.kind in _TELLING and draft.item.source in _TOLD and draft.item.word != WRITER
        ]
        if not place and not told:
            place = "home"
        if "home" in denied and place in ("", "home"):
            place = "street"
        if place and place not in denied:
            self.add(Item(place, "place", source="implied"), "usual")

    def _has(self, kind: str) -> bool:
        return any(draft.item.kind == kind for draft in self._drafts.values())

    def _own_deeds(self) -> list[Concept]:
        """What the writer does, or nobody is said to do: who cries in a diary without a subject is its writer."""
        items = [draft.item for draft in sorted(self._drafts.values(), key=lambda each: each.order)]
        return [
            self._lexicon.concepts[item.word]
            for item in items
            if item.kind == "action" and item.actor in ("", WRITER) and item.word in self._lexicon.concepts
        ]

    def _imply_kind(self, kind: str, concepts: Iterable[Concept], denied: set[str]) -> None:
        if self._has(kind):
            return
        for concept in concepts:
            name = self._implied(concept, kind)
            if name and name not in denied:
                self.add(Item(name, kind, source="implied"), f"implied_by:{concept.name}")
                return

    def _implied(self, concept: Concept, kind: str) -> str:
        """What a concept implies of a kind; an animal, a plant or a place also what the nearest broader one does.

        Broader words of other kinds tell what a thing is drawn as, not what it is: no bear's forest for a humidifier.
        """
        own = kind in ("time", "occasion", "mood") or concept.kind not in ("animal", "plant", "place")
        for name in (concept.name,) if own else self._lexicon.chain(concept.name):
            near = self._lexicon.concepts.get(name)
            word = getattr(near, kind) if near is not None and near.kind == concept.kind else ""
            known = self._lexicon.concepts.get(word)
            if known is not None and known.kind == kind:
                return known.name
        return ""

    def sections(self) -> dict[str, tuple[Item, ...]]:
        """The items by section, ranked, with the codes of their ranks."""
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


def _is_one(fine: Item, broad: Item) -> bool:
    """Whether a broader word names the same thing again: the birthday cake, the cake; but tea is no coffee."""
    if fine.kind in ("animal", "plant"):
        return True
    # Of food a word inside another is another dish: 김밥 and 밥.
    mark = " " if fine.kind == "food" else ""
    if fine.word == broad.word or fine.word.endswith(mark + broad.word):
        return True
    return any(name == again or name.endswith(mark + again) for name in fine.said for again in broad.said)
