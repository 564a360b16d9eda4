"""The cast: the people and pets on the writer's cards. Their names find them in a text and never go further."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from illustration.scenes.lexicon import Concept, Lexicon
from illustration.scenes.mentions import Mention, Sentence
from illustration.scenes.scene import Item

# No word of the lexicon may begin so.
_MARK = "cast#"
_LIVING = ("person", "animal")
WRITER_NAMES = frozenset(("나", "저", "내", "본인", "i", "me", "myself"))
"""What a card or a keyword calls the writer."""
_LOOK_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONGEST_LOOK = 3
# What follows a name of one syllable; else any word that begins with it would be taken for it: 별로, 솔직히.
_PARTICLE = (
    "(?:이?가|이?는|은|이?를|을|이?와|과|이?랑|하고|이?의|이?도|이?만|이|이?한테|이?에게|께|이?네|아|야|씨|님)?"
    "(?![가-힣A-Za-z])"
)


@dataclass(frozen=True, slots=True)
class CastMember:
    """One card. ``names``: what the diary calls them; ``word``: girl, boy, woman, man, dog, poodle…, a word of the
    lexicon in either language; ``look``: how they look, in the writer's words, of which only the lexicon's count;
    ``key``: stands beside whatever of the scene is the card's."""

    names: tuple[str, ...]
    word: str
    look: str = ""
    key: str = ""


class Cast:
    """The cards of one diary, made ready for reading with one lexicon."""

    def __init__(self, members: Sequence[CastMember], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._members = [member for member in members if member.names]
        self._concepts = [_living(member.word, lexicon) for member in self._members]
        self.writer: int | None = None
        # The concept that a card is about, where its name is a word of the lexicon (엄마).
        self._family: dict[str, int] = {}
        self._names: dict[str, int] = {}
        for number, member in enumerate(self._members):
            for name in (name.strip().lower() for name in member.names):
                if name in WRITER_NAMES:
                    self.writer = number
                    continue
                known = next((lexicon.words[each].get(name) for each in lexicon.words), None)
                known = known or lexicon.words["en"].get(name)
                if known is not None and known.kind == "person":
                    self._family.setdefault(known.name, number)
                elif name:
                    self._names.setdefault(name, number)

    def lexicon(self) -> Lexicon:
        """The lexicon with the cards' names in it, in the place of whatever else they mean (a dog called 초코)."""
        if not self._names:
            return self._lexicon
        named = {
            name: Concept(f"{_MARK}{number}", self._kind(number), broader=(self._word(number),))
            for name, number in self._names.items()
        }
        return replace(
            self._lexicon,
            words={language: {**words, **named} for language, words in self._lexicon.words.items()},
            senses={
                language: {word: senses for word, senses in table.items() if word not in named}
                for language, table in self._lexicon.senses.items()
            },
        )

    def put_names(self, text: str, sentences: list[Sentence]) -> None:
        """Give every name in ``text`` its card, where the languages' readers passed it over or took it for another."""
        for name, number in self._names.items():
            concept = Concept(f"{_MARK}{number}", self._kind(number))
            ends = f"(?={_PARTICLE})" if len(name) == 1 else "(?![A-Za-z])"
            for match in re.finditer(rf"(?<!\w){re.escape(name)}{ends}", text, re.IGNORECASE):
                sentence = next((each for each in reversed(sentences) if each.start <= match.start()), None)
                if sentence is not None:
                    _put_name(Mention(concept, match.group(), "bare", match.start()), sentence)

    def member_of(self, concept: Concept) -> int | None:
        """The number of the card that ``concept`` is about."""
        if concept.name.startswith(_MARK):
            return int(concept.name.removeprefix(_MARK))
        return self._family.get(concept.name)

    def word_of(self, name: str) -> str:
        """The word of the scene for a concept's name: a card's own mark becomes the card's word."""
        return self._word(int(name.removeprefix(_MARK))) if name.startswith(_MARK) else name

    def put_on(self, item: Item, number: int) -> Item:
        """An item of the scene as its card has it: the card's word, the concepts of its look, and its key."""
        card = self._members[number]
        return replace(
            item,
            cast=self._word(number),
            looks=looks(card.look, self._lexicon),
            card=card.key,
            source="cast",
        )

    def same(self, number: int) -> str:
        """What tells one card's people from another's, both boys."""
        return f"{_MARK}{number}"

    def _word(self, number: int) -> str:
        concept = self._concepts[number]
        return concept.name if concept else "friend"

    def _kind(self, number: int) -> str:
        concept = self._concepts[number]
        return concept.kind if concept else "person"


def _put_name(named: Mention, sentence: Sentence) -> None:
    end = named.start + len(named.said)
    for number, item in enumerate(sentence.mentions):
        if item.start <= named.start < item.start + len(item.said):
            if (
                item.start == named.start
                and not item.concept.name.startswith(_MARK)
                # 솔이가: 솔 with the 이 of speech
                and len(item.said.removesuffix("이")) <= end - item.start
            ):
                sentence.mentions[number] = replace(item, concept=named.concept, said=named.said)
            return
    following = next((item for item in sentence.mentions if item.start > named.start), None)
    sentence.mentions.append(replace(named, status=following.status if following else "real"))
    sentence.mentions.sort(key=lambda item: item.start)


def _living(word: str, lexicon: Lexicon) -> Concept | None:
    for table in lexicon.words.values():
        concept = table.get(word.strip().lower())
        if concept is not None and concept.kind in _LIVING:
            return concept
    return None


def looks(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The concepts of looks that a card's text names, in its order; its other words are passed over."""
    words = [word.lower() for word in _LOOK_WORD.findall(text[:500])]
    found: dict[str, None] = {}
    first = 0
    while first < len(words):
        for length in range(min(_LONGEST_LOOK, len(words) - first), 0, -1):
            concept = _look(words[first : first + length], lexicon.looks)
            if concept is not None:
                found[concept.name] = None
                first += length
                break
        else:
            first += 1
    return tuple(found)


def _look(words: Iterable[str], tables: Mapping[str, Mapping[str, Concept]]) -> Concept | None:
    """The look that ``words`` name, a Korean one with its particle or ending (안경을)."""
    phrase = " ".join(words)
    if phrase in tables["en"]:
        return tables["en"][phrase]
    for end in range(len(phrase), 1, -1):
        if phrase[:end] in tables["ko"]:
            return tables["ko"][phrase[:end]]
    return None
