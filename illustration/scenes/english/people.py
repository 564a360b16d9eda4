"""Who is who in an English diary: names, pets with names, he and she, and who does what. No lexicon matching."""

from __future__ import annotations

from dataclasses import dataclass, field

from illustration.scenes.english.clauses import Clause
from illustration.scenes.english.found import Found
from illustration.scenes.english.tokens import RawSentence, Token
from illustration.scenes.english.words import LISTS
from illustration.scenes.lexicon import Concept, Lexicon

_ALIVE = ("person", "animal")


@dataclass(slots=True)
class People:
    """Whom the diary has named so far. ``aliases``: names (lower case) that the text itself explains."""

    lexicon: Lexicon
    aliases: dict[str, Concept] = field(default_factory=dict)
    last_person: Concept | None = None
    last_animal: Concept | None = None
    last_thing: str = ""

    @property
    def friend(self) -> Concept:
        return self.lexicon.concepts["friend"]

    def note(self, found: list[Found], subjects: frozenset[int]) -> None:
        """Remember whom later pronouns may mean: the last who was a subject, else the last."""
        people = [item for item in found if item.concept.kind == "person"]
        acting = [item for item in people if subjects & {*range(item.first, item.last + 1)}]
        if people:
            self.last_person = (acting or people)[-1].concept
        for item in found:
            if item.concept.kind == "animal":
                self.last_animal = item.concept
            elif item.concept.kind in ("thing", "food"):
                self.last_thing = item.concept.name

    def learn(self, sentences: list[RawSentence]) -> None:
        """Read "our dog Biscuit", "a cat named Luna", "Biscuit, our dog" and "my sister Emma" in tagged sentences."""
        seen: Concept | None = None
        for sentence in sentences:
            tokens = sentence.tokens
            for index, token in enumerate(tokens):
                alive = self._alive(token)
                unreal = any(
                    near.tag == "NEG" or near.lower in ("no", "like", "than", "never")
                    for near in tokens[max(0, index - 3) : index]
                )
                if alive is not None and not unreal and (alive.kind == "animal" or seen is None):
                    seen = alive
                if seen is not None and _names_it(tokens, index):
                    self.aliases.setdefault(token.lower, seen)
                    token.tag = "NAME"
                    continue
                if not index:
                    concept = self._following(tokens, index)
                    if concept is not None and token.form[:1].isupper():
                        self.aliases.setdefault(token.lower, concept)
                        token.tag = "NAME"
                    continue
                capital = token.tag == "NAME" or token.form[:1].isupper()
                if not capital and tokens[index - 1].lower not in ("named", "called"):
                    continue
                concept = self._explained(tokens, index) or self._only_named(tokens, index, seen)
                if concept is not None:
                    self.aliases.setdefault(token.lower, concept)
                    token.tag = "NAME"

    def _explained(self, tokens: list[Token], index: int) -> Concept | None:
        """The concept of the noun that a name stands beside, None where it stands alone."""
        back = index - 1
        if back < 0:
            return self._following(tokens, index)
        if tokens[back].lower in LISTS["called"] | {"is"}:
            named = tokens[back].lower != "is"
            name_of = back >= 2 and tokens[back].lower == "is" and tokens[back - 1].lower == "name"
            if named or name_of:
                return next(
                    (known for place in range(back - 1, -1, -1) if (known := self._alive(tokens[place]))),
                    None,
                )
        if tokens[back].lower == "," and back:
            known = self._alive(tokens[back - 1])
            closes = index + 1 >= len(tokens) or tokens[index + 1].lower in (",", "was", "is")
            owned = any(token.tag == "POSS" for token in tokens[max(0, back - 4) : back])
            return (
                known
                if (known and closes and owned and known.kind == "animal")
                or (
                    known
                    and closes
                    and owned
                    and tokens[index].tag == "NAME"
                    and not self._in_list(tokens, index)
                )
                else self._following(tokens, index)
            )
        known = self._alive(tokens[back])
        if known and tokens[back].form[:1].islower() and tokens[back].noun == tokens[back].lower:
            return known
        return self._following(tokens, index)

    def _only_named(self, tokens: list[Token], index: int, seen: Concept | None) -> Concept | None:
        """Her name is June: whoever was spoken of, and no month."""
        back = tokens[index - 1].lower
        said = back == "named" or (
            back in ("is", "'s", "was") and index >= 2 and tokens[index - 2].lower == "name"
        )
        return (seen or self.friend) if said and tokens[index].form[:1].isupper() else None

    def _in_list(self, tokens: list[Token], index: int) -> bool:
        return any(token.lower == "and" for token in tokens[index + 1 : index + 4])

    def _following(self, tokens: list[Token], index: int) -> Concept | None:
        """Biscuit, our dog, …"""
        if index + 3 < len(tokens) and tokens[index + 1].lower == "," and tokens[index + 2].tag == "POSS":
            for place in range(index + 3, min(index + 6, len(tokens))):
                if tokens[place].tag == "N":
                    known = self._alive(tokens[place])
                    if known:
                        return known
        return None

    def _alive(self, token: Token) -> Concept | None:
        if token.tag not in ("N", "NAME", "V"):
            return None
        for name in (token.lower, token.noun):
            known = self.lexicon.words["en"].get(name)
            if known and known.kind in _ALIVE:
                return known
        return None

    def friends(self, tokens: list[Token], found: list[Found]) -> list[Found]:
        """Names that nothing explains are people: drawn as friends. Titles with a name (Mr Kim, Uncle Joe) are one."""
        taken = {index for item in found for index in range(item.first, item.last + 1)}
        made: list[Found] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.tag != "NAME" or index in taken:
                index += 1
                continue
            end = index
            while end + 1 < len(tokens) and tokens[end + 1].tag == "NAME" and end + 1 not in taken:
                end += 1
            if self._is_person(tokens, index, end):
                made.append(Found(self._titled(tokens, index) or self.friend, index, end, alias=True))
            index = end + 1
        return [item for item in made if item.concept is not _PART]

    def _titled(self, tokens: list[Token], index: int) -> Concept | None:
        before = tokens[index - 1].lower if index else ""
        if tokens[index].lower in ("miss", "mr", "mrs", "ms", "dr"):
            before = tokens[index].lower
        elif not index:
            return None
        if before in ("mr", "mister", "sir"):
            return self.lexicon.concepts.get("man")
        if before in ("mrs", "ms", "miss", "madam"):
            return self.lexicon.concepts.get("woman")
        if before in ("dr", "doctor"):
            return self.lexicon.concepts.get("doctor")
        if before in LISTS["title"] or self._alive(tokens[index - 1]):
            # The title itself has been found: Uncle Joe, my friend Tom.
            return _PART
        return None

    def _is_person(self, tokens: list[Token], first: int, last: int) -> bool:
        if len(tokens[first].form) == 1:
            return False
        before = tokens[first - 1].lower if first else ""
        after = tokens[last + 1].lower if last + 1 < len(tokens) else ""
        if {before, tokens[first].lower} & LISTS["before_place"] or after in LISTS["after_place"]:
            return False
        if tokens[first].lower in LISTS["first_name"] and before not in ("in", "at", "the", "to", "from"):
            return True
        if before in LISTS["before_place_or_person"] and after != "'s":
            spoken = tokens[max(0, first - 6) : first]
            return before in ("to", "from", "of", "on") and any(
                token.verb in LISTS["speak_to"] for token in spoken
            )
        if tokens[first - 1].verb in LISTS["done_to_things"] if first else False:
            return False
        return not (tokens[first].quoted and before in ("sang", "sing", "called"))


_PART = Concept("", "person")


def _names_it(tokens: list[Token], index: int) -> bool:
    """We named him Cooper."""
    return (
        index >= 2
        and tokens[index].form[:1].isupper()
        and tokens[index - 1].tag == "PRON"
        and tokens[index - 2].verb in ("name", "call")
    )


def actor_of(
    tokens: list[Token], clause: Clause, index: int, found: list[Found], people: People
) -> str | None:
    """Who does the verb at ``index``: the name of a concept, "" for the writer, None where it is nobody or not said."""
    token = tokens[index]
    if token.lower == "asleep":
        beside = next(
            (item for item in found if item.last == index - 1 and item.concept.kind in _ALIVE), None
        )
        if beside is not None:
            return beside.concept.name
        if index and tokens[index - 1].lower in LISTS["he"] | LISTS["she"] | {"it"}:
            # We found him asleep under the porch.
            near = (
                people.last_animal
                if tokens[index - 1].lower == "it"
                else people.last_person or people.last_animal
            )
            return near.name if near is not None else None
    if token.tag == "VING" or token.tag == "V":
        seen = _object_doer(tokens, clause, index, found)
        if seen is not None:
            return seen
    holder: Clause | None = clause
    if not clause.subject:
        holder = clause.subject_of
    if clause.opening in ("who", "which", "that") and not [
        i for i in clause.subject if tokens[i].lower not in ("who", "which", "that")
    ]:
        before = [item for item in found if item.last < clause.first and item.concept.kind in _ALIVE]
        return before[-1].concept.name if before else None
    if holder is None or not holder.subject:
        # A diary drops the "I": Went to the pool.
        return ""
    return _subject_name(tokens, holder, found, people)


def _subject_name(tokens: list[Token], clause: Clause, found: list[Found], people: People) -> str | None:
    named: str | None = None
    for index in clause.subject:
        word = tokens[index].lower
        if word in LISTS["writer"]:
            return ""
        item = next(
            (item for item in found if item.first <= index <= item.last and item.concept.kind in _ALIVE), None
        )
        if item is not None and named is None:
            named = item.concept.name
        elif word in ("everyone", "everybody") and named is None:
            named = ""
        elif word in LISTS["he"] | LISTS["she"] | LISTS["they"] and named is None:
            near = [
                item.concept for item in found if item.last < clause.first and item.concept.kind == "person"
            ]
            known = near[-1] if near else people.last_person or people.last_animal
            named = known.name if known else people.friend.name
        elif word in ("it", "one") and named is None and people.last_animal is not None:
            named = people.last_animal.name
    return named


def _object_doer(tokens: list[Token], clause: Clause, index: int, found: list[Found]) -> str | None:
    """Who does what was seen or caused: saw a dog running, helped Mom cook, let me ride."""
    verbs = [group for group in clause.verbs if group.head < index]
    if not verbs:
        return None
    ruler = verbs[-1]
    verb = tokens[ruler.head].verb
    between = tokens[ruler.head + 1 : index]
    if (
        tokens[index].tag == "VING" and between and between[-1].tag in ("N", "NAME", "PRON")
    ) or verb in LISTS["perceive"] | LISTS["cause"]:
        if any(token.lower in LISTS["writer"] for token in between):
            return ""
        if verb in ("help", "take") or verb == "go":
            return None
        items = [
            item
            for item in found
            if ruler.head < item.first and item.last < index and item.concept.kind in _ALIVE
        ]
        adjacent = [
            item
            for item in items
            if item.last >= index - 3
            and not any(token.lower in ("with", "for") for token in tokens[ruler.head + 1 : item.first])
        ]
        if adjacent and (verb in LISTS["perceive"] | LISTS["cause"] or tokens[index].tag == "VING"):
            return adjacent[-1].concept.name
    return None
