"""Finds the lexicon's names in a Korean sentence, with the role that the particle after each gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from illustration.scenes.korean.clauses import Clause
from illustration.scenes.korean.morphemes import WORDS, Morpheme
from illustration.scenes.korean.roles import role_of
from illustration.scenes.lexicon import Concept, Lexicon, Surroundings
from illustration.scenes.mentions import Status

_LONGEST_NAME = 6
_LONE_NAME = frozenset({"NNG", "NNP", "XR", "MAG", "SL", "NR", "IC"})
_STARTS = _LONE_NAME | {"MM", "NR", "SN", "XPN", "NNB", "IC"}
_ENDS = frozenset({"NNG", "NNP", "NNB", "XR", "XSN", "SL", "SN", "ETN", "MAG", "NR"})
_OPENING = 2
_SHORTEST_HEAD = 2
_HANDLED = frozenset({"thing", "animal", "food", "plant"})
_PAIRING = frozenset({"NNG", "NNP", "XR", "SL", "MAG", "NR"})
_NEVER_DONE = frozenset({"person", "animal", "plant", "food", "place"})


@dataclass(slots=True)
class Found:
    """A name found at the morphemes ``first``..``last`` of a sentence, in the clause with the number ``clause``."""

    concept: Concept
    said: str
    first: int
    last: int
    clause: int
    role: str = "bare"
    status: Status = "real"
    count: int = 1
    actor: str | None = None
    target: str = ""


class Matcher:
    """The names in the sentences of ``text``, which the morphemes' offsets count in."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon
        self._words = lexicon.words["ko"]
        table = _table(lexicon)
        self._pairs, self._openings = table.pairs, table.openings
        self._tokens: list[Morpheme] = []
        self._clauses: list[Clause] = []
        self._reached = 0
        self._all: frozenset[str] = frozenset()

    def found(self, tokens: list[Morpheme], clauses: list[Clause]) -> list[Found]:
        """All names in a sentence, in the order of the text; of names that overlap, the longest."""
        self._tokens, self._clauses, self._reached = tokens, clauses, 0
        self._all = frozenset(form for token in tokens for form in (token.lemma, token.form, *_heads(token)))
        return [item for number in range(len(self._clauses)) for item in self._in_clause(number)]

    def _in_clause(self, number: int) -> Iterator[Found]:
        clause = self._clauses[number]
        index = max(clause.first, self._reached)
        told: list[Concept] = []
        while index <= clause.last:
            hit = self._at(index, clause)
            if hit is None:
                index += 1
                continue
            concept, last = hit
            first, index = index, last + 1
            within = self._within(concept, first, last, clause)
            if within is not None:
                where = within.kind in ("place", "time", "occasion")
                role = "at" if where else "with" if within.kind == "person" else role_of(self._tokens, last)
                yield Found(within, self._tokens[first].form, first, first, number, role)
            self._reached = index
            # 화가 났다, 발표를 했다: the noun has said what the verb says.
            said_before = self._tokens[first].tag in ("VV", "VA") and concept in told
            if concept is None or said_before:
                continue
            told.append(concept)
            said = self._text[self._tokens[first].start : self._said_end(last)]
            # 비 오는 날: a name that goes over the edge of a clause belongs where it ends.
            over = sum(other.last < last for other in self._clauses[number:])
            yield Found(concept, said, first, last, number + over, self._role(concept, last))
            # 출근길: a way, and that somebody goes to work.
            way = concept.name == "street"
            going = self._lexicon.verbs["ko"].get(said.replace(" ", "")) if way else None
            if going is not None and going.kind == "action":
                yield Found(going, said, first, last, number + over, "at")

    def _role(self, concept: Concept, last: int) -> str:
        """스키장 초보 코스에서, 아파트 옆집에: a place whose part is told is where it was, too."""
        tokens, role = self._tokens, role_of(self._tokens, last)
        if role != "owner" or concept.kind != "place":
            return role
        end = last + 1
        while end + 1 < len(tokens) and tokens[end + 1].tag in ("NNG", "NNP"):
            end += 1
        part = self._words.get(tokens[end].form)
        within = tokens[end].form in WORDS["part"] or (part is not None and part.kind == "place")
        where = role_of(tokens, end)
        return where if within and where in ("at", "to") else role

    def _within(self, concept: Concept | None, first: int, last: int, clause: Clause) -> Concept | None:
        """편의점 맥주, 새벽 수영, 강아지 산책: where a food was had, when or with what a thing was done, too."""
        if concept is None or concept.kind not in ("food", "action", "place") or first == last:
            return None
        if self._tokens[last].form in ("실험", "모형", "퀴즈"):
            # 화산 폭발 실험: no volcano.
            return None
        opening = self._tokens[first]
        apart = opening.end < self._tokens[first + 1].start and self._lexicon.knows("ko", opening.form)
        named = self._meaning(opening.form, first, first, clause) if apart else None
        # 밤 까기: chestnuts
        told = ("place", "time", "occasion")
        kinds = (*told, *_HANDLED) if concept.kind == "action" else told
        if concept.kind == "place":
            # 친구 집, 할머니 댁: who lives there is met there.
            kinds = ("person",)
        return named if named is not None and named.kind in kinds and len(opening.form) > 1 else None

    def _at(self, index: int, clause: Clause) -> tuple[Concept | None, int] | None:
        """The longest name that starts at ``index`` and where it ends; no concept: known to name nothing."""
        token = self._tokens[index]
        verb = token.tag in ("VV", "VA")
        if not verb and token.tag not in _STARTS:
            return None
        opening = self._text[token.start : token.start + _OPENING]
        if token.tag == "SL" or opening in self._openings or opening[:1] in self._openings:
            for last in range(min(index + _LONGEST_NAME, len(self._tokens)) - 1, index - 1, -1):
                concept = self._noun(index, last, clause) if self._may_be_name(index, last) else None
                if concept is not None and last == index and token.tag == "MAG" and concept.kind in _HANDLED:
                    # 빵 터졌다: an adverb that looks like a thing.
                    concept = None
                if concept is not None:
                    return concept, last
                if last > index and self._may_be_name(index, last) and self._names_nothing(index, last):
                    return None, last
        concept = None
        if verb:
            concept = self._verb(index, clause)
        elif token.tag in ("NNG", "NNP"):
            concept = self._head(token, index, clause)
        return (concept, index) if concept else None

    def _may_be_name(self, first: int, last: int) -> bool:
        tokens = self._tokens
        if first == last:
            return tokens[first].tag in _LONE_NAME
        if tokens[first].tag in ("VV", "VA") and tokens[last].end - tokens[first].start == 1:
            # 노을 봄, 집에 감: what was done, told in brief.
            return False
        # 비 오는 날, 자전거 타기: a name may hold verbs, but ends as a noun.
        return tokens[last].tag in _ENDS

    def _names_nothing(self, first: int, last: int) -> bool:
        """쉬는 시간 is in the lexicon so that nobody rests in it; a longer name decides, whatever it names here."""
        return self._text[self._tokens[first].start : self._tokens[last].end] in self._lexicon.senses["ko"]

    def _noun(self, first: int, last: int, clause: Clause) -> Concept | None:
        tokens = self._tokens
        if all(token.tag == "SL" for token in tokens[first : last + 1]):
            return self._english(first, last)
        after = tokens[last + 1] if last + 1 < len(tokens) else None
        if after is not None and after.tag in ("XSV", "XSA"):
            name = f"{tokens[last].form}{after.lemma}" if first == last else ""
            for back in range(first - 1, clause.first - 1, -1) if name else ():
                paired = self._paired(clause.first, back, name) if tokens[back].tag in _PAIRING else None
                if paired is not None:
                    return paired
            if name and self._lexicon.knows("ko", name):
                return self._meaning(name, first, last, clause)
            done = self._words.get(tokens[last].form)
            if first == last and done is not None and done.kind in _NEVER_DONE:
                # 사과했다, 역전했다: no apple, no station.
                return None
        for name in self._names(first, last):
            if first != last and tokens[last].tag == "MAG" and name.endswith("다"):
                # 속이 다 시원하다 is no 속이다.
                continue
            if self._lexicon.knows("ko", name):
                return self._meaning(name, first, last, clause)
        return self._exclaimed(first, after) if first == last else None

    def _exclaimed(self, index: int, after: Morpheme | None) -> Concept | None:
        """A feeling called out by its root: 뿌듯!"""
        alone = after is None or after.tag in ("SF", "SE", "SW", "SP")
        felt = self._words.get(f"{self._tokens[index].form}하다") if alone else None
        return felt if felt is not None and felt.kind == "mood" else None

    def _names(self, first: int, last: int) -> list[str]:
        """How the lexicon may spell what stands there: as written, without spaces, in whole forms."""
        tokens = self._tokens
        surface = self._text[tokens[first].start : tokens[last].end]
        joined = "".join(token.form for token in tokens[first : last + 1])
        names = [surface, joined]
        if len(surface.replace(" ", "")) > 2:
            names.append(surface.replace(" ", ""))
        return list(dict.fromkeys(names))

    def _english(self, first: int, last: int) -> Concept | None:
        tokens = self._tokens[first : last + 1]
        own = self._words.get(self._text[tokens[0].start : tokens[-1].end])
        if own is not None:
            # MT, which Koreans write so and others do not.
            return own
        words = [token.form.lower().strip(".,!?") for token in tokens]
        name = " ".join(words)
        for spelt in (name, name.removesuffix("s"), f"{name}s"):
            if self._lexicon.knows("en", spelt):
                return self._lexicon.meaning("en", spelt, Surroundings(pos="noun"))
        return None

    def _head(self, token: Morpheme, index: int, clause: Clause) -> Concept | None:
        """A compound that the lexicon lacks is the thing that its last part names: 해물파전 is a 파전."""
        if token.form in self._lexicon.senses["ko"]:
            # 코딱지 is no 딱지.
            return None
        shortest = _SHORTEST_HEAD if token.tag == "NNG" else _SHORTEST_HEAD + 1
        for cut in range(1, len(token.form) - shortest + 1):
            if self._lexicon.knows("ko", token.form[cut:]):
                return self._meaning(token.form[cut:], index, index, clause)
        return None

    def _meaning(self, name: str, first: int, last: int, clause: Clause) -> Concept | None:
        tokens = self._tokens
        before = tokens[first - 1] if first else None
        after = tokens[last + 1] if last + 1 < len(tokens) else None
        near = {after.form, after.lemma} if after else set()
        if after and after.tag in ("JKO", "JKS", "JX") and last + 2 < len(tokens):
            near |= {tokens[last + 2].lemma} & WORDS["light"]
        around = Surroundings(
            governor=clause.lemmas,
            sentence=self._all - {name},
            particle=after.form if after and after.tag.startswith("J") else "",
            before=frozenset({before.tag, before.lemma}) if before else frozenset(),
            next=frozenset(near),
            pos="noun",
        )
        return self._lexicon.meaning("ko", name, around)

    def _verb(self, index: int, clause: Clause) -> Concept | None:
        lemma = self._tokens[index].lemma
        before = self._tokens[index - 1] if index else None
        if lemma == "만들다" and before is not None and before.tag == "EC" and before.form == "게":
            # 방을 환하게 만들었다
            return None
        earliest = self._earliest(clause)
        for back in range(index - 1, earliest - 1, -1):
            if self._tokens[back].tag in _PAIRING:
                if lemma in WORDS["light"] and self._modifies(back):
                    # 안마 쿠폰을 받았다: no massage.
                    continue
                if self._at_meal(back):
                    continue
                paired = self._paired(earliest, back, lemma)
                if paired is not None:
                    return paired
                if lemma == "하다" and self._tokens[back + 1].tag == "JKO":
                    # 이사님이 농담을 하셨다: what was done is said.
                    break
        lemma = self._joined(index) or lemma
        if not self._lexicon.knows("ko", lemma):
            return None
        return self._lexicon.meaning("ko", lemma, self._around_verb(index, clause))

    def _at_meal(self, index: int) -> bool:
        """저녁에 두부를 샀다: an hour, no supper that somebody paid for."""
        after = self._tokens[index + 1]
        return self._tokens[index].form in ("아침", "점심", "저녁") and after.tag == "JKB"

    def _joined(self, index: int) -> str:
        """곯아떨어지다, 얼싸안다: a verb of two that the analyser takes apart, "" where the lexicon has none."""
        parts = self._tokens[index : index + 3]
        if len(parts) < 3 or parts[1].tag != "EC" or parts[2].tag not in ("VV", "VX") or parts[0].tag != "VV":
            return ""
        if parts[2].start > parts[1].end:
            return ""
        name = f"{self._text[parts[0].start : parts[2].start]}{parts[2].lemma}"
        return name if self._lexicon.knows("ko", name) else ""

    def _earliest(self, clause: Clause) -> int:
        """Where to look for a verb's noun: 음악을 크게 틀었다, before the adverb that the analyser has for a clause."""
        before = self._tokens[max(0, clause.first - 2) : clause.first]
        if len(before) == 2 and before[0].tag == "VA" and before[1].form == "게":
            return next(
                (other.first for other in self._clauses if other.last == clause.first - 1), clause.first
            )
        return clause.first

    def _modifies(self, index: int) -> bool:
        after = self._tokens[index + 1]
        return after.tag == "NNG" and after.form not in WORDS["not_owned"] | WORDS["counter"] | WORDS["spot"]

    def _paired(self, earliest: int, last: int, verb: str) -> Concept | None:
        """What the noun that ends at ``last`` and ``verb`` name together: 사진을 찍다."""
        named = None
        if self._tokens[last + 1].tag == "XSN":
            # 이사님, 발표들: no 이사, but 손님 and 교정기 are words.
            whole = self._text[self._tokens[last].start : self._tokens[last + 1].end]
            return self._lexicon.pairs["ko"].get((whole, verb))
        for first in range(max(earliest, last - 2), last + 1):
            for noun in self._names(first, last):
                paired = self._lexicon.pairs["ko"].get((noun, verb))
                if paired is not None:
                    return paired
                named = named or self._words.get(noun)
            if named is None and all(token.tag == "SL" for token in self._tokens[first : last + 1]):
                # cake 만들다
                named = self._english(first, last)
                korean = named.korean if named is not None else ""
                own = self._lexicon.pairs["ko"].get((korean, verb)) or self._lexicon.verbs["ko"].get(
                    f"{korean}{verb}" if verb == "하다" else ""
                )
                if korean and own is not None:
                    # board game을 했다
                    return own
        if named is None:
            return None
        # 붕어를 잡다 is to fish, as 물고기를 잡다 is; what food is drawn as says nothing of what is done with it.
        chain = self._lexicon.chain(named.name) if named.kind == "animal" else (named.name,)
        return next((self._pairs[name, verb] for name in chain if (name, verb) in self._pairs), None)

    def _around_verb(self, index: int, clause: Clause) -> Surroundings:
        token = self._tokens[index]
        inside = frozenset(
            form
            for each in self._tokens[clause.first : clause.last + 1]
            for form in (each.form, each.lemma, *_heads(each))
        )
        return Surroundings(
            governor=inside - {token.lemma},
            sentence=self._all - {token.lemma},
            pos="verb" if token.tag == "VV" else "adj",
        )

    def _said_end(self, last: int) -> int:
        """Where a word ends for a reader: a verb with its endings (흐렸다), a noun without its particles."""
        tokens = self._tokens
        while (
            tokens[last].tag in ("VV", "VA", "EP")
            and last + 1 < len(tokens)
            and tokens[last + 1].tag[0] == "E"
        ):
            last += 1
        return tokens[last].end


@dataclass(frozen=True, slots=True)
class _Table:
    """What is looked up of a lexicon at every word: the letters names begin with, and pairs by what the noun is."""

    lexicon: Lexicon
    openings: frozenset[str]
    pairs: dict[tuple[str, str], Concept]


_tables: dict[int, _Table] = {}
_MOST_TABLES = 4


def _table(lexicon: Lexicon) -> _Table:
    known = _tables.get(id(lexicon))
    if known is None or known.lexicon is not lexicon:
        words = lexicon.words["ko"]
        if len(_tables) >= _MOST_TABLES:
            # Lexicons with a cast's names in them come and go with each diary.
            _tables.clear()
        known = _tables[id(lexicon)] = _Table(
            lexicon,
            # 칠했다: of a root of one letter, no more than that is written as it is listed.
            frozenset(
                name[: 1 if name[1:] == "하다" else _OPENING]
                for name in (
                    *words,
                    *lexicon.senses["ko"],
                    *(verb for _, verb in lexicon.pairs["ko"] if verb.endswith("하다")),
                )
            ),
            # 두발자전거를 타다 goes with 자전거 타다.
            {
                (words[noun].name, verb): action
                for (noun, verb), action in lexicon.pairs["ko"].items()
                if noun in words and verb != "하다" and words[noun].kind in _HANDLED
            },
        )
    return known


def _heads(token: Morpheme) -> list[str]:
    """What a compound ends in: a 털모자 is worn as a 모자 is."""
    if token.tag not in ("NNG", "NNP") or len(token.form) <= _SHORTEST_HEAD:
        return []
    return [token.form[cut:] for cut in range(1, len(token.form) - 1)]
