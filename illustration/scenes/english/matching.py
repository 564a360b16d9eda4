"""English tokens → the concepts they name, each with its place in the sentence. Nothing of denial or of actors."""

from __future__ import annotations

from functools import cache

from illustration.scenes.english.found import Found
from illustration.scenes.english.modifying import without_modifiers
from illustration.scenes.english.tokens import Token, verb_of
from illustration.scenes.english.words import LISTS
from illustration.scenes.lexicon import Concept, Lexicon, Surroundings, lexicon
from illustration.scenes.vocabulary import SUBJECT_KINDS

_VERBAL = ("V", "VING", "VED")
_NOUNS = ("N", "A", "KO")
_SKIPPED = ("DET", "POSS", "A", "NUM", "ADV")
_POS = {"N": "noun", "V": "verb", "VING": "verb", "VED": "verb", "A": "adj", "NAME": "name"}
_PARTICLES = sorted(LISTS["korean_particle"], key=len, reverse=True)


@cache
def _gerunds() -> dict[str, Concept]:
    """Actions that the lexicon names by their -ing form alone, by their base form."""
    verbs = lexicon().verbs["en"]
    forms = {verb_of(name): verbs[name] for name in sorted(verbs) if name.endswith("ing") and name.isalpha()}
    return {name: concept for name, concept in forms.items() if name not in LISTS["no_gerund"]}


class Matcher:
    """Looks a sentence up in the lexicon."""

    def __init__(self, lexicon: Lexicon, tokens: list[Token], aliases: dict[str, Concept]) -> None:
        self._lexicon = lexicon
        self._tokens = tokens
        self._aliases = aliases
        self._longest = max(lexicon.longest["en"], 6)
        self._lemmas = frozenset(
            form for token in tokens if token.tag != "PUNCT" for form in (token.lower, token.noun, token.verb)
        )

    def all(self, bounds: list[tuple[int, int]]) -> list[Found]:
        """What the tokens of each (first, last) name, in order."""
        found: list[Found] = []
        for first, last in bounds:
            index = first
            governor = frozenset(
                form
                for token in self._tokens[first : last + 1]
                for form in (token.lower, token.noun, token.verb)
            )
            while index <= last:
                hits, index = self._at(index, last, governor)
                found += hits
        return without_modifiers(self._tokens, found)

    def _at(self, index: int, last: int, governor: frozenset[str]) -> tuple[list[Found], int]:
        """What starts at ``index``, and where to go on."""
        token = self._tokens[index]
        if token.tag in ("PUNCT", "CLITIC", "AUX", "NEG", "C") and token.lower not in ("may",):
            phrase = self._phrase(index, last, governor) if token.tag in ("AUX", "C") else None
            return phrase or ([], index + 1)
        if token.hangul:
            concept = self._korean(token.form)
            return ([Found(concept, index, index)] if concept else []), index + 1
        return self._phrase(index, last, governor) or ([], index + 1)

    def _phrase(self, index: int, last: int, governor: frozenset[str]) -> tuple[list[Found], int] | None:
        token = self._tokens[index]
        for length in range(min(self._longest, last - index + 1), 1, -1):
            end = index + length - 1
            if self._tokens[end].tag in ("PUNCT", "DET", "POSS") and self._tokens[end].lower != "it":
                continue
            outcome = self._named(index, end, governor)
            if outcome is None:
                continue
            if token.tag == "DET" and end < last and self._named(index + 1, end + 1, governor):
                # The Han River: the name may be longer without its article.
                return None
            return outcome, end + 1
        phrase = self._verb_phrase(index, last, governor)
        if phrase is not None:
            return phrase
        single = self._single(index, governor)
        return (single, index + 1) if single is not None else None

    def _around(self, index: int, end: int, name: str, governor: frozenset[str]) -> Surroundings:
        before = self._tokens[index - 1] if index else None
        after = self._tokens[end + 1] if end + 1 < len(self._tokens) else None
        own = {
            form for token in self._tokens[index : end + 1] for form in (token.lower, token.noun, token.verb)
        }
        return Surroundings(
            governor=governor - {name} - own,
            sentence=self._lemmas - {name} - own,
            before=frozenset((before.lower, before.noun, before.verb)) if before else frozenset(),
            next=frozenset((after.lower, after.noun, after.verb)) if after else frozenset(),
            pos=_POS.get(self._tokens[end if end > index else index].tag, ""),
        )

    def _named(self, index: int, end: int, governor: frozenset[str]) -> list[Found] | None:
        """What the tokens index..end name together: [] = known to be nothing, None = no such name."""
        piece = self._tokens[index : end + 1]
        if end == index:
            return self._single(index, governor)
        if any(token.lower in (",", ".") for token in piece):
            return None
        forms = [token.lower for token in piece]
        owned = ["one's" if token.tag == "POSS" else token.lower for token in piece]
        verbal = piece[0].tag in (*_VERBAL, "AUX")
        if piece[-1].tag == "CLITIC" and end + 1 < len(self._tokens) and self._tokens[end + 1].tag in _NOUNS:
            # Grandma's farm: hers, not her house.
            return None
        bare = [token.verb if token.tag in _VERBAL else token.lower for token in piece]
        names = (
            " ".join(forms),
            " ".join([*forms[:-1], piece[-1].noun]),
            *(
                (
                    " ".join([piece[0].verb, *forms[1:]]),
                    " ".join([piece[0].verb, *forms[1:-1], piece[-1].noun]),
                    " ".join(bare),
                    " ".join([piece[0].verb, *owned[1:]]),
                )
                if verbal
                else ()
            ),
            " ".join(owned),
            " ".join(token.noun for token in piece),
            *(("-".join(forms), "".join(forms)) if all(token.tag in ("N", "A") for token in piece) else ()),
        )
        for name in dict.fromkeys(names):
            if not self._lexicon.knows("en", name) or name in LISTS["no_join"]:
                continue
            concept = self._lexicon.meaning("en", name, self._around(index, end, name, governor))
            if concept is None:
                return []
            a_thing = index > 0 and self._tokens[index - 1].tag in ("DET", "POSS", "A", "NUM")
            if concept.kind == "action" and a_thing and piece[0].tag == "N" and piece[-1].tag == "P":
                # At a leaf through a microscope: nobody leafs through it.
                continue
            if concept.kind == "action" and piece[0].tag in _VERBAL and name in self._lexicon.verbs["en"]:
                return [
                    Found(concept, index, end, whole=True),
                    *self._inside(index + 1, end, governor, concept),
                ]
            gear = [
                hit
                for place in range(index, end + 1)
                if concept.kind == "action" and self._tokens[place].tag == "N"
                for hit in self._single(place, governor) or ()
                if hit.concept.kind in ("thing", "place")
            ]
            rooms = self._room_inside(index, end, concept)
            return [*self._hour_inside(index, end, concept), *rooms, Found(concept, index, end), *gear]
        return None

    def _hour_inside(self, index: int, end: int, whole: Concept) -> list[Found]:
        """The night of a night train or a night market; not the morning of a morning glory."""
        hour = self._lexicon.words["en"].get(self._tokens[index].lower)
        if (hour is None or hour.kind != "time") and self._tokens[index + 1].lower == "night":
            # Movie night, game night.
            hour, index = self._lexicon.words["en"].get("night"), index + 1
        last = self._lexicon.words["en"].get(self._tokens[end].lower)
        if whole.kind in ("mood", "weather") and last is not None and last.kind == "time":
            # A quiet evening, a stormy night.
            return [Found(last, end, end)]
        told = (
            whole.kind in ("place", "action")
            or self._tokens[index].lower == "night"
            or set(self._lexicon.chain(whole.name)) & LISTS["vehicle"]
        )
        return [Found(hour, index, index)] if hour is not None and hour.kind == "time" and told else []

    def _room_inside(self, index: int, end: int, whole: Concept) -> list[Found]:
        """The kitchen of a kitchen table, the classroom of a classroom window."""
        room = self._lexicon.words["en"].get(self._tokens[index].lower)
        told = room is not None and room.kind == "place" and whole.kind == "thing"
        stands = (
            self._tokens[end].noun in LISTS["furniture"] | LISTS["fitting"]
            and self._tokens[index].lower in LISTS["room"]
        )
        return [Found(room, index, index)] if room is not None and told and stands else []

    def _inside(self, first: int, last: int, governor: frozenset[str], action: Concept) -> list[Found]:
        """The things named inside an action of several words: the piano of "play the piano"."""
        found = []
        index = first
        while index <= last:
            for end in range(last, index - 1, -1):
                outcome = (
                    self._named(index, end, governor)
                    if self._tokens[index].tag in ("N", "A", "NAME") or self._tokens[index].lower == "home"
                    else None
                )
                if outcome and outcome[0].concept is not action and outcome[0].concept.kind != "action":
                    found.append(outcome[0])
                    index = end
                    break
            index += 1
        return found

    def _verb_phrase(self, index: int, last: int, governor: frozenset[str]) -> tuple[list[Found], int] | None:
        """A verb with its object apart: "brushed my small teeth" for "brush teeth"."""
        token = self._tokens[index]
        if token.tag not in _VERBAL:
            return None
        words = [token.verb]
        for ahead in range(index + 1, min(index + 7, last + 1)):
            later = self._tokens[ahead]
            if later.tag in _SKIPPED or (later.tag == "PRON" and later.lower in LISTS["object_pronoun"]):
                continue
            if later.tag not in ("N", "P", "VING", "ADV"):
                break
            words.append(later.lower if later.tag != "N" else later.noun)
            if (
                later.tag == "P"
                and later.lower != "about"
                and ahead > index + 1
                and self._place_follows(ahead, last)
            ):
                # Put them on the windowsill: nobody puts them on.
                continue
            for name in (" ".join(words), " ".join([*words[:-1], later.lower])):
                concept = self._lexicon.verbs["en"].get(name)
                if concept is not None and name not in self._lexicon.senses["en"]:
                    hits = [
                        Found(concept, index, index, whole=True),
                        *self._inside(index + 1, ahead, governor, concept),
                    ]
                    return hits, ahead + 1
        return None

    def _place_follows(self, index: int, last: int) -> bool:
        return index < last and self._tokens[index + 1].tag in ("DET", "POSS", "N")

    def _single(self, index: int, governor: frozenset[str]) -> list[Found] | None:
        token = self._tokens[index]
        if token.lower in self._aliases and (
            token.form[:1].isupper() or not self._lexicon.knows("en", token.lower)
        ):
            return [Found(self._aliases[token.lower], index, index, alias=True)]
        if token.tag in ("NAME", "NUM", "POSS", "DET", "P", "AUX", "C", "NEG") and token.lower not in (
            "inside",
            "outside",
        ):
            return None
        if token.tag == "PRON":
            return None
        if token.lower == "outside" and token.tag == "P":
            return []
        if token.tag in _VERBAL:
            return self._verb(index, governor)
        if (
            token.lower in LISTS["colour"]
            and self._noun_after(index)
            and self._tokens[index + 1].noun
            not in LISTS["measure"] | LISTS["husk"] | LISTS["drink_word"] | LISTS["grown_in"]
        ):
            return []
        names = (
            token.lower,
            token.noun,
            *(
                (token.verb,)
                if token.verb not in (token.lower, token.noun) and token.lower.endswith(("ing", "ed"))
                else ()
            ),
        )
        for name in dict.fromkeys(names):
            if not self._lexicon.knows("en", name):
                continue
            concept = self._lexicon.meaning("en", name, self._around(index, index, name, governor))
            if concept is None:
                return []
            if token.tag == "A" and concept.kind in (*SUBJECT_KINDS, "place"):
                return []
            if token.tag == "ADV" and concept.kind in SUBJECT_KINDS and token.lower not in LISTS["stairs"]:
                continue
            if concept.kind == "action" and (
                (token.tag == "A" and token.lower != "asleep") or self._measures(index)
            ):
                return []
            return [Found(concept, index, index)]
        return self._hyphened(index, governor)

    def _verb(self, index: int, governor: frozenset[str]) -> list[Found] | None:
        token = self._tokens[index]
        if token.verb in LISTS["sense_verb"] and self._says_how(index):
            return []
        if token.verb == "make" and self._makes_do(index):
            return []
        verbs, senses = self._lexicon.verbs["en"], self._lexicon.senses["en"]
        names = dict.fromkeys(
            (token.verb, token.lower) if token.verb in senses else (token.lower, token.verb)
        )
        for name in names:
            if any(
                sense.concept is not None and sense.concept.kind == "action" for sense in senses.get(name, ())
            ):
                concept = self._lexicon.meaning("en", name, self._around(index, index, name, governor))
                thing = concept is None or concept.kind in (*SUBJECT_KINDS, "place")
                return (
                    []
                    if concept is None or (thing and token.tag != "VED")
                    else [Found(concept, index, index)]
                )
        again = token.verb.removeprefix("re")
        action = (
            next((verbs[name] for name in names if name in verbs), None)
            or _gerunds().get(token.verb)
            or (verbs.get(again) if token.verb.startswith("re") and len(again) > 3 else None)
        )
        if action is not None:
            return [Found(action, index, index)]
        for name in names:
            if not self._lexicon.knows("en", name):
                continue
            known = self._lexicon.meaning("en", name, self._around(index, index, name, governor))
            if known is None:
                return []
            if known.kind not in (*SUBJECT_KINDS, "place", "time", "season"):
                return [Found(known, index, index)]
        return None

    def _makes_do(self, index: int) -> bool:
        """Made us wait, made my eyes water, made Mom happy: nothing is made."""
        ahead = index + 1
        while ahead < len(self._tokens) and self._tokens[ahead].tag in ("POSS", "DET", "A", "NUM"):
            ahead += 1
        if ahead + 1 >= len(self._tokens) or self._tokens[ahead].tag not in ("PRON", "N", "NAME"):
            return False
        after = self._tokens[ahead + 1]
        noun = ahead + 2 < len(self._tokens) and self._tokens[ahead + 2].tag == "N"
        return (
            after.tag == "V" or (after.tag == "A" and not noun) or self._tokens[ahead].noun in LISTS["body"]
        )

    def _says_how(self, index: int) -> bool:
        """It smelled amazing, it tasted so good, it smelled of rain: nobody smells at anything."""
        after = [
            token for token in self._tokens[index + 1 : index + 3] if token.lower not in LISTS["intensifier"]
        ]
        return not after or after[0].tag in ("A", "ADV", "PUNCT", "C") or after[0].lower in ("like", "of")

    def _hyphened(self, index: int, governor: frozenset[str]) -> list[Found] | None:
        """snow-covered, choco-banana: a compound that the lexicon lacks is its last part, where that is a noun."""
        token = self._tokens[index]
        if "-" not in token.lower:
            return None
        name = token.lower.replace("-", " ")
        for form in (name, name.replace(" ", "")):
            if self._lexicon.knows("en", form):
                concept = self._lexicon.meaning("en", form, Surroundings(governor, self._lemmas, pos="noun"))
                return [Found(concept, index, index)] if concept else []
        first, _, tail = token.lower.rpartition("-")
        if tail in ("covered", "filled", "capped") and first in self._lexicon.words["en"]:
            return [Found(self._lexicon.words["en"][first], index, index)]
        concept = self._lexicon.words["en"].get(tail)
        return [Found(concept, index, index)] if concept and concept.kind in SUBJECT_KINDS else None

    def _noun_after(self, index: int) -> bool:
        after = self._tokens[index + 1] if index + 1 < len(self._tokens) else None
        return after is not None and after.tag in ("N", "A", "NAME")

    def _measures(self, index: int) -> bool:
        """Two slices of pie: no slicing."""
        after = self._tokens[index + 1].lower if index + 1 < len(self._tokens) else ""
        measured = self._tokens[index].noun in LISTS["measure"]
        return measured and (after == "of" or (index > 0 and self._tokens[index - 1].tag == "N"))

    def _korean(self, form: str) -> Concept | None:
        words = self._lexicon.words["ko"]
        stem = form
        if stem in words:
            return words[stem]
        for particle in _PARTICLES:
            if stem.endswith(particle) and stem.removesuffix(particle) in words:
                return words[stem.removesuffix(particle)]
        return None
