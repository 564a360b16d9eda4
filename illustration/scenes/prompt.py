"""Scene → ranked phrases in the words of the model's captions. Never any of the diary's own text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from illustration.scenes.lexicon import Lexicon, lexicon
from illustration.scenes.scene import WRITER, Item, Scene
from illustration.scenes.vocabulary import STARTER, Vocabulary

NEGATIVE_PROMPT = "blurry, deformed, extra limbs, text, watermark, frightening, blood, nudity, low quality"
MOST_SUBJECTS = 3
_WRITERS = ("girl", "boy", "woman", "man")
_WRITER_LABELS = {"ko": "나", "en": "me"}
# What captions say of a place, a sky and an hour of which nothing is known.
_USUAL = {"place": "home", "weather": "sunny", "time": "day"}
_SCENERY = ("place", "weather", "time", "season")
# These tell less of another deed than the thing that it is done with: who flies is drawn with an airplane.
_POSTURES = frozenset(("walking", "running", "sitting", "sleeping"))
# How much an exact word, a part in what is done, and life move something towards the picture.
_EXACT, _BY_A_DEED, _ALIVE = 0.4, 0.6, 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one item. ``drawn``: the vocabulary's word for it, "" = it is not in the picture.

    ``state``: "drawn", "broader" (as a word for more than this), "no_word" (the model draws nothing like it) or
    "no_room" (a picture holds three subjects, one place, one sky, one hour). ``count``: how many are drawn.
    """

    item: Item
    drawn: str = ""
    state: str = "no_word"
    count: int = 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a caption and the items that it says; ``text`` "" = they are in no caption."""

    text: str
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """``phrases`` in falling rank (a short text encoder drops from the end); ``prompt`` is all of them joined.

    ``asked``: plain JSON types, one object an item: ``word``, ``kind``, ``said``, ``state``, its name in both languages
    (``ko``, ``en``), and where it is drawn as something else, that thing's (``drawn_ko``, ``drawn_en``); where it is
    several, ``count``, and where fewer are drawn, ``drawn_count``. ``left``: the same of what the day's other moments
    hold.
    """

    phrases: tuple[str, ...]
    prompt: str
    negative_prompt: str
    asked: tuple[dict[str, Any], ...] = ()
    left: tuple[dict[str, Any], ...] = ()


@dataclass(slots=True)
class _Member:
    """A subject on its way into the picture, with what it does."""

    item: Item
    word: str
    score: float
    order: int
    choices: Sequence[str]
    count: int = 1
    deed: str = ""
    others: list[Asked] = field(default_factory=list)


def named(word: str, vocabulary: Vocabulary, count: int = 1) -> str:
    """A subject as captions name it: "a dog", "an apple", "noodles", "the moon", "two dogs".

    A count that the model does not know becomes the next smaller one that it does.
    """
    phrase = vocabulary.subjects[word]
    number = max((known for known in vocabulary.counts if known <= count), default=1)
    if number > 1 and word not in vocabulary.uncountable and word not in vocabulary.definite:
        return f"{vocabulary.counts[number]} {vocabulary.plurals.get(word, f'{phrase}s')}"
    if word in vocabulary.uncountable:
        return phrase
    if word in vocabulary.definite:
        return f"the {phrase}"
    return f"{'an' if phrase[0] in 'aeiou' else 'a'} {phrase}"


def joined(members: Sequence[str]) -> str:
    """ "a girl, a dog and an ice cream"; "" for none."""
    if len(members) < 2:
        return "".join(members)
    return f"{', '.join(members[:-1])} and {members[-1]}"


def subject_phrase(words: Iterable[str], vocabulary: Vocabulary | None = None) -> str:
    """Subjects, one of each, as captions name them."""
    return joined([named(word, vocabulary or STARTER) for word in words])


def phrases(scene: Scene, vocabulary: Vocabulary, *, trigger: str = "") -> tuple[Phrase, ...]:
    """The caption of ``scene`` in falling rank: trigger, subjects, place, weather, time, season.

    Every item is in just one phrase; those that are not drawn come last, in a phrase without text. Captions always
    tell a place, a sky and an hour: the usual ones where the scene does not. A word outside the vocabulary never gets
    in, so a scene that was tampered with cannot bring other text into the prompt.
    """
    return _Composing(vocabulary, lexicon()).phrases(scene, trigger)


def compose(scene: Scene, *, trigger: str = "", vocabulary: Vocabulary | None = None) -> Prompt:
    """The phrases of ``scene`` as the engine and the page of the entry take them."""
    ranked = phrases(scene, vocabulary or STARTER, trigger=trigger)
    texts = tuple(phrase.text for phrase in ranked if phrase.text)
    asked = tuple(_told(each, lexicon()) for phrase in ranked for each in phrase.asked)
    left = tuple(_told(Asked(item, state="left"), lexicon()) for item in scene.leftovers)
    return Prompt(texts, ", ".join(texts), NEGATIVE_PROMPT, asked, left)


def _told(asked: Asked, words: Lexicon) -> dict[str, Any]:
    item = asked.item
    told: dict[str, Any] = {"word": item.word, "kind": item.kind, "state": asked.state}
    if item.said:
        told["said"] = item.said[0]
    if item.count > 1:
        told["count"] = item.count
    if asked.drawn and asked.count < item.count:
        told["drawn_count"] = asked.count
    known = words.concepts.get(item.word)
    drawn = words.concepts.get(asked.drawn)
    for language, writer in _WRITER_LABELS.items():
        told[language] = writer if item.word == WRITER else known.label(language) if known else item.word
        if asked.state == "broader":
            told[f"drawn_{language}"] = drawn.label(language) if drawn else asked.drawn
    if item.source == "implied":
        told["implied"] = True
    if item.source == "keyword":
        told["keyword"] = True
    return told


class _Composing:
    """One scene's way into a caption."""

    def __init__(self, vocabulary: Vocabulary, words: Lexicon) -> None:
        self._vocabulary = vocabulary
        self._lexicon = words
        known = (word for word in _WRITERS if word in vocabulary.subjects)
        self._writer = next(known, min(vocabulary.subjects))
        self._left: list[Asked] = []

    def phrases(self, scene: Scene, trigger: str) -> tuple[Phrase, ...]:
        found = [Phrase(trigger)] if trigger else []
        members = self._members(scene)
        texts, asked = self._deeds(members, scene.doing)
        if texts:
            found.append(Phrase(joined(texts), tuple(asked)))
        else:
            self._left += asked
        second_hand = {id(member.item) for member in members}
        for kind, section in zip(
            _SCENERY, (scene.where, scene.weather, scene.time, scene.season), strict=True
        ):
            phrase = self._scenery(kind, [item for item in section if id(item) not in second_hand])
            found += [phrase] if phrase else self._usual(kind)
        rest = [*scene.mood, *(item for item in scene.occasion if id(item) not in second_hand)]
        self._left += [Asked(item) for item in rest]
        if self._left:
            found.append(Phrase("", tuple(self._left)))
        return tuple(found)

    def _choices(self, item: Item) -> list[str]:
        """Vocabulary words that an item may be drawn as, the nearest first, of whatever kind."""
        names = [item.cast, item.word] if item.cast else [item.word]
        known = self._lexicon.concepts.get(item.word)
        doer = self._lexicon.concepts.get(item.actor)
        if known is not None and known.thing and (doer is None or doer.kind == "person"):
            # A bird that flies does it without an airplane.
            names.append(known.thing)
        if item.word == WRITER:
            names = [item.cast, self._writer] if item.cast else [self._writer]
        found: dict[str, None] = {}
        for name in names:
            for word in self._lexicon.chain(name):
                concept = self._lexicon.concepts.get(word)
                if self._vocabulary.has(concept.kind if concept else item.kind, word):
                    found[word] = None
        return list(found)

    def _of_kind(self, item: Item, kind: str) -> list[str]:
        return [word for word in self._choices(item) if word in self._vocabulary.table(kind)]

    def _state(self, item: Item, drawn: str) -> str:
        return "drawn" if drawn in (item.word, item.cast) or item.word == WRITER else "broader"

    # -- subjects -----------------------------------------------------------------------------------------------

    def _members(self, scene: Scene) -> list[_Member]:
        candidates: list[_Member] = []
        targets = {item.target for item in scene.doing} - {""}
        for order, item in enumerate((*scene.who, *scene.things, *scene.food)):
            choices = self._of_kind(item, item.kind)
            if not choices:
                self._left.append(Asked(item))
                continue
            score = item.score + _EXACT * (choices[0] == item.word) + _BY_A_DEED * (item.word in targets)
            score += _ALIVE * (item.kind in ("person", "animal"))
            candidates.append(_Member(item, choices[0], score, order, choices))
        chosen = self._seated(candidates)
        for item in (*scene.occasion, *scene.doing, *scene.where):
            choices = self._choices(item)
            if item.kind == "action" and item.word not in self._vocabulary.actions:
                choices = [word for word in choices if word not in _POSTURES]
            subject = choices and choices[0] in self._vocabulary.subjects
            own = item.kind == "occasion" or not any(
                self._vocabulary.has(item.kind, word) for word in choices
            )
            taken = {word for member in chosen for word in member.choices}
            if (
                subject
                and own
                and len(chosen) < MOST_SUBJECTS
                and choices[0] not in taken
                and item.source != "implied"
            ):
                chosen.append(_Member(item, choices[0], item.score, len(candidates), choices))
        return chosen

    def _seated(self, candidates: list[_Member]) -> list[_Member]:
        """The best three, a seat kept for a person and one for an animal or a thing; two drawn alike are counted."""
        ranked = sorted(candidates, key=lambda each: (-each.score, each.order))
        people = [each for each in ranked if each.item.kind == "person"]
        others = [each for each in ranked if each.item.kind != "person"]
        first = [*people[:1], *others[:1]]
        chosen: list[_Member] = []
        wanted: dict[str, int] = {}
        for each in (*first, *(each for each in ranked if each not in first)):
            taken = {member.word: member for member in chosen}
            if self._may_differ(each):
                each.word = next((word for word in each.choices if word not in taken), each.choices[0])
            same = taken.get(each.word)
            if same is not None and self._vocabulary.counts and same.item.word != WRITER:
                # Two drawn alike are two of them: mother and aunt, two women.
                wanted[each.word] += each.item.count
                state = self._state(each.item, each.word)
                same.others.append(Asked(each.item, each.word, state))
            elif same is not None or len(chosen) == MOST_SUBJECTS:
                self._left.append(Asked(each.item, state="no_room"))
            else:
                chosen.append(each)
                wanted[each.word] = each.item.count
        self._count(chosen, wanted)
        return sorted(chosen, key=lambda each: (each.item.kind != "person", -each.score, each.order))

    def _count(self, chosen: list[_Member], wanted: Mapping[str, int]) -> None:
        """Give the room that is left to those that are several, the best first."""
        room = MOST_SUBJECTS - len(chosen)
        for member in chosen:
            most = min(wanted[member.word], 1 + room)
            member.count = max((count for count in self._vocabulary.counts if count <= most), default=1)
            room -= member.count - 1

    def _may_differ(self, member: _Member) -> bool:
        concept = self._lexicon.concepts.get(member.item.word)
        return concept is not None and concept.apart and not member.item.cast

    def _deeds(self, members: list[_Member], doing: Sequence[Item]) -> tuple[list[str], list[Asked]]:
        """Each member as its caption names it, with what it does; and what became of members and deeds."""
        asked: list[Asked] = []
        inside: set[int] = set()
        for item in sorted(doing, key=self._distance):
            if any(member.item is item for member in members):
                continue
            words = self._of_kind(item, "action")
            held = next(
                (word for word in self._lexicon.chain(item.word) if word in self._vocabulary.relations), ""
            )
            doer = self._doer(members, item) if words or held else None
            target = next((each for each in members if each.item.word == item.target), None)
            with_thing = next((each.word for each in members if each.word in self._choices(item)), "")
            if doer is None and with_thing:
                asked.append(Asked(item, with_thing, "broader"))
            elif doer is None:
                self._left.append(Asked(item, state="no_room" if words or held else "no_word"))
            elif held and target is not None and target is not doer:
                thing = named(target.word, self._vocabulary, target.count)
                doer.count = 1
                doer.deed = f"{self._vocabulary.relations[held]} {thing}"
                inside.add(id(target))
                asked.append(Asked(item, held, self._state(item, held)))
            elif words:
                doer.count = 1
                doer.deed = self._vocabulary.actions[words[0]]
                inside |= {
                    id(each) for each in members if _says(doer.deed, self._vocabulary.subjects[each.word])
                }
                asked.append(Asked(item, words[0], self._state(item, words[0])))
            else:
                self._left.append(Asked(item))
        texts: list[str] = []
        for member in members:
            state = self._state(member.item, member.word)
            asked += [Asked(member.item, member.word, state, member.count), *member.others]
            if id(member) not in inside:
                text = named(member.word, self._vocabulary, 1 if member.deed else member.count)
                texts.append(f"{text} {member.deed}".rstrip())
        order = {id(member.item): number for number, member in enumerate(members)}
        return texts, sorted(asked, key=lambda each: order.get(id(each.item), len(order)))

    def _distance(self, deed: Item) -> int:
        """How far off the nearest deed is that the model draws; the nearest ones go first."""
        words = self._of_kind(deed, "action")
        return list(self._lexicon.chain(deed.word)).index(words[0]) if words else 99

    def _doer(self, members: list[_Member], deed: Item) -> _Member | None:
        """Whose deed it is: the one named, else the writer, else the first person; each does one thing."""
        people = [each for each in members if each.word in self._vocabulary.people and not each.deed]
        if deed.actor:
            return next((each for each in people if each.item.word == deed.actor), None)
        writer = next((each for each in people if each.item.word == WRITER), None)
        return writer or next(iter(people), None)

    # -- scenery ------------------------------------------------------------------------------------------------

    def _scenery(self, kind: str, items: Sequence[Item]) -> Phrase | None:
        phrase: Phrase | None = None
        for item in items:
            words = self._of_kind(item, kind)
            if words and phrase is None:
                drawn = Asked(item, words[0], self._state(item, words[0]))
                phrase = Phrase(self._vocabulary.table(kind)[words[0]], (drawn,))
            else:
                self._left.append(Asked(item, state="no_room" if words else "no_word"))
        return phrase

    def _usual(self, kind: str) -> list[Phrase]:
        word = _USUAL.get(kind, "")
        if not self._vocabulary.has(kind, word):
            return []
        asked = Asked(Item(word, kind, source="implied", why=("usual",)), word, "drawn")
        return [Phrase(self._vocabulary.table(kind)[word], (asked,))]


def _says(phrase: str, noun: str) -> bool:
    return f" {noun} " in f" {phrase} "
