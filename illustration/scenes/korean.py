"""Korean diary text → sentences of mentions, by the morphemes that kiwipiepy finds. No choosing between them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from illustration.scenes.lexicon import Concept, Lexicon, Surroundings, grammar
from illustration.scenes.mentions import Mention, Sentence, Status

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

_WORDS = grammar("ko")
_LONGEST_NAME = 5
_NAMEABLE = ("NNG", "NNP", "XR", "XSN", "XPN", "SL", "MAG", "NR", "IC", "NNB", "NP")
_PREDICATE = ("VV", "VA", "XSV", "XSA", "VCN")
_lock = threading.Lock()
_kiwi: Kiwi | None = None


def _analyser() -> Kiwi:
    """The one Kiwi of this process; it holds some 500 MB, so it is made on first use."""
    global _kiwi
    with _lock:
        if _kiwi is None:
            from kiwipiepy import Kiwi

            _kiwi = Kiwi(num_workers=1)
            for name in sorted(_WORDS["whole"]):
                _kiwi.add_user_word(name, "NNG")
    return _kiwi


@dataclass(frozen=True, slots=True)
class Morpheme:
    """A token with its dictionary form: nouns as they stand, verbs and adjectives with 다."""

    form: str
    tag: str
    lemma: str
    start: int
    end: int


@dataclass(slots=True)
class Clause:
    """Morphemes first..last (inclusive) with one predicate at their end."""

    first: int
    last: int
    predicates: frozenset[str] = frozenset()
    negated: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Found:
    mention: Mention
    first: int
    last: int


def read_korean(text: str, lexicon: Lexicon) -> list[Sentence]:
    """The sentences of ``text`` (normalised) with their mentions in order."""
    return [_sentence(text, morphemes, lexicon) for morphemes in _sentences(text)]


def _sentences(text: str) -> list[list[Morpheme]]:
    sentences: list[list[Morpheme]] = [[]]
    last_end = 0
    for token in _analyser().tokenize(text):
        tag = str(token.tag).split("-")[0]
        lemma = token.lemma
        if tag in ("XSV", "XSA"):
            lemma = f"{token.form}다"
        if "\n" in text[last_end : token.start] and sentences[-1]:
            sentences.append([])
        last_end = token.start + token.len
        sentences[-1].append(Morpheme(token.form, tag, lemma, token.start, last_end))
        ends = tag in ("SF", "EF") or (tag == "EC" and token.form == "다")
        if ends:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _clauses(tokens: list[Morpheme]) -> list[Clause]:
    clauses: list[Clause] = []
    first = 0
    for index, token in enumerate(tokens):
        if token.tag not in ("EC", "EF", "ETM") and index != len(tokens) - 1:
            continue
        following = [
            later for later in tokens[index + 1 : index + 4] if later.tag not in ("JX", "JKS", "JKO")
        ]
        if following and token.tag == "EC" and (following[0].tag == "VX" or token.form == "지"):
            continue
        if (
            following
            and token.tag == "ETM"
            and following[0].tag == "NNB"
            and following[0].form in _WORDS["dependent"]
        ):
            continue
        clauses.append(_clause(tokens, first, index))
        first = index + 1
    return clauses


def _clause(tokens: list[Morpheme], first: int, last: int) -> Clause:
    inside = tokens[first : last + 1]
    predicates = set()
    for offset, token in enumerate(inside):
        if token.tag in _PREDICATE:
            predicates.add(token.lemma)
            if token.tag in ("XSV", "XSA") and offset:
                predicates.add(inside[offset - 1].form + token.lemma)
    lemmas = {token.lemma for token in inside}
    forms = {token.form for token in inside}
    negators = sum(
        (token.tag == "MAG" and token.form in ("안", "못", "아니"))
        or (token.tag == "VX" and token.lemma in ("않다", "못하다", "말다"))
        or (token.tag == "VV" and token.lemma == "못하다")
        or token.lemma in ("없다", "아니다")
        or (token.form == "없이")
        for token in inside
    )
    only = "밖에" in forms
    wished = (
        bool((lemmas | forms) & _WORDS["wish"])
        or bool(forms & _WORDS["wish_ending"])
        or ("같다" in lemmas and bool(forms & {"ᆯ", "을"}))
    )
    return Clause(first, last, frozenset(predicates), negators % 2 == 1 and not only, not wished)


def _sentence(text: str, tokens: list[Morpheme], lexicon: Lexicon) -> Sentence:
    clauses = _clauses(tokens)
    lemmas = frozenset(token.lemma for token in tokens) | frozenset(token.form for token in tokens)
    found: list[_Found] = []
    for clause in clauses:
        governors = clause.predicates
        index = clause.first
        while index <= clause.last:
            hit = _match(text, tokens, index, lexicon, governors, lemmas)
            if hit is None:
                index += 1
                continue
            concept, last = hit
            said = text[tokens[index].start : _said_end(tokens, last)]
            role = _role(tokens, last)
            status: Status = "real" if clause.sure else "wished"
            found.append(
                _Found(Mention(concept, said, role, tokens[index].start, status=status), index, last)
            )
            index = last + 1
    found = _share_roles(_with_names(text, tokens, found, lexicon), tokens)
    sentence = Sentence(highlight=bool(lemmas & _WORDS["highlight"]), start=tokens[0].start)
    for clause in clauses:
        inside = [item for item in found if clause.first <= item.first <= clause.last]
        denied = _denied(inside, clause, tokens)
        for item in inside:
            sentence.mentions.append(
                replace(item.mention, status="denied") if item in denied else item.mention
            )
    sentence.writer = _writer(text, tokens, clauses, found)
    return sentence


def _said_end(tokens: list[Morpheme], last: int) -> int:
    """Where a word ends for a reader: a verb with its endings (흐렸다), a noun without its particles."""
    while (
        tokens[last].tag in ("VV", "VA", "EP")
        and last + 1 < len(tokens)
        and tokens[last + 1].tag.startswith("E")
    ):
        last += 1
    return tokens[last].end


def _match(
    text: str,
    tokens: list[Morpheme],
    index: int,
    lexicon: Lexicon,
    governors: frozenset[str],
    lemmas: frozenset[str],
) -> tuple[Concept, int] | None:
    """The longest name that starts at ``index``, as its concept and its last morpheme."""
    start = tokens[index]
    if start.tag in ("VV", "VA"):
        around = Surroundings(lemmas - {start.lemma}, lemmas - {start.lemma})
        concept = lexicon.meaning("ko", start.lemma, around)
        return (concept, index) if concept else None
    if start.tag not in _NAMEABLE:
        return None
    for last in range(min(index + _LONGEST_NAME, len(tokens)) - 1, index - 1, -1):
        piece = tokens[index : last + 1]
        if any(
            token.tag not in _NAMEABLE and not (token.form == "의" and last > index) for token in piece[1:]
        ):
            continue
        name = "".join(
            (" " if number and token.start > piece[number - 1].end else "") + token.form
            for number, token in enumerate(piece)
        )
        if last == index and start.tag in ("NNB", "NP", "IC"):
            continue
        concept = _concept(name, tokens, index, last, lexicon, governors, lemmas)
        if concept is not None:
            return concept, last
    return None


def _concept(
    name: str,
    tokens: list[Morpheme],
    first: int,
    last: int,
    lexicon: Lexicon,
    governors: frozenset[str],
    lemmas: frozenset[str],
) -> Concept | None:
    if tokens[first].tag == "SL" and first == last:
        return lexicon.meaning("en", name.lower(), Surroundings())
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after and after.tag in ("XSV", "XSA") and lexicon.knows("ko", f"{name}{after.lemma}"):
        name = f"{name}{after.lemma}"
    if not lexicon.knows("ko", name):
        return None
    before = tokens[first - 1] if first else None
    around = Surroundings(
        governor=governors,
        sentence=lemmas - {name},
        particle=after.form if after and after.tag.startswith("J") else "",
        before=frozenset({before.tag, before.lemma}) if before else frozenset(),
        next=frozenset({after.form, after.lemma}) if after else frozenset(),
    )
    return lexicon.meaning("ko", name, around)


def _role(tokens: list[Morpheme], last: int) -> str:
    following = last + 1
    while following < len(tokens) and tokens[following].tag in ("XSN", "NNB", "SN", "MM", "NR"):
        following += 1
    if following >= len(tokens):
        return "bare"
    token = tokens[following]
    if token.tag == "JKS":
        return "subject"
    if token.tag == "JKO":
        return "object"
    if token.tag == "JKG":
        return "owner"
    if token.tag in ("JKB", "JC"):
        if token.form in _WORDS["with"] or token.tag == "JC":
            return "with"
        return "at" if token.form in _WORDS["at"] else "to" if token.form in _WORDS["to"] else "bare"
    if token.tag == "JX":
        return "topic" if token.form in _WORDS["topic"] else "bare"
    if token.tag in ("NNG", "NNP", "NP"):
        return "owner"
    return "bare"


def _with_names(text: str, tokens: list[Morpheme], found: list[_Found], lexicon: Lexicon) -> list[_Found]:
    """Somebody's name with "with" after it (민수랑), or acting as people do, is drawn as a friend."""
    taken = {index for item in found for index in range(item.first, item.last + 1)}
    friend = lexicon.concepts["friend"]
    names = []
    for index, token in enumerate(tokens):
        if token.tag == "NNP" and index not in taken and 2 <= len(token.form) <= 4:
            role = _role(tokens, index)
            nicknamed = (
                index + 1 < len(tokens) and tokens[index + 1].tag == "XSN" and tokens[index + 1].form == "이"
            )
            acts = any(later.lemma in _WORDS["human"] for later in tokens[index:])
            if role == "with" or nicknamed or (role == "subject" and acts):
                names.append(
                    _Found(Mention(friend, text[token.start : token.end], role, token.start), index, index)
                )
    return sorted([*found, *names], key=lambda item: item.first)


def _share_roles(found: list[_Found], tokens: list[Morpheme]) -> list[_Found]:
    """In a list ("사자, 코끼리와 원숭이를") every member has the role of the last."""
    shared: list[_Found] = []
    for number in range(len(found) - 1, -1, -1):
        item = found[number]
        if shared and item.mention.role in ("with", "owner", "bare"):
            later = shared[-1]
            between = tokens[item.last + 1 : later.first]
            kind = item.mention.concept.kind
            # Two places side by side are one place named closer, not a list.
            listed = bool(between) or kind != "place"
            same = (listed and kind == later.mention.concept.kind) or (
                {kind, later.mention.concept.kind} <= {"animal", "thing", "person"}
                and item.mention.role == "with"
                and all(token.tag == "JC" for token in between)
            )
            joined = all(token.tag in ("JC", "SP", "MAJ", "JKB") for token in between)
            if same and joined:
                item = _Found(replace(item.mention, role=later.mention.role), item.first, item.last)
        shared.append(item)
    return shared[::-1]


def _denied(inside: list[_Found], clause: Clause, tokens: list[Morpheme]) -> list[_Found]:
    denied = []
    for item in inside:
        following = tokens[item.last + 1] if item.last + 1 < len(tokens) else None
        instead = following is not None and bool({following.form, following.lemma} & _WORDS["instead"])
        weather = item.mention.concept.kind == "weather" and item.mention.role != "bare"
        if instead or (weather and clause.predicates & _WORDS["stop"]):
            denied.append(item)
    if not clause.negated:
        return denied
    come = bool(clause.predicates & _WORDS["appear"])
    move = bool(clause.predicates & _WORDS["move"])
    gone_subject = [
        item
        for item in inside
        if come and item.mention.role in ("subject", "topic", "bare") and item.mention.concept.kind != "place"
    ]
    for item in inside:
        kind, role = item.mention.concept.kind, item.mention.role
        lone = kind in ("weather", "action") and tokens[item.first].tag in ("VV", "VA", "XR")
        if (
            lone
            or item in gone_subject
            or (kind in ("weather", "action") and role != "with")
            or (role == "object" and kind != "time")
            or (role in ("topic", "bare") and kind in ("thing", "animal"))
            or (kind == "place" and move and not gone_subject and role in ("to", "bare", "object", "topic"))
        ):
            denied.append(item)
    return denied


def _writer(text: str, tokens: list[Morpheme], clauses: list[Clause], found: list[_Found]) -> str | None:
    """How the writer is named where they act: "나", or "" when Korean drops the subject; None when absent."""
    for index, token in enumerate(tokens):
        if token.tag == "NP" and token.form in _WORDS["writer"]:
            after = tokens[index + 1].tag if index + 1 < len(tokens) else ""
            if after.startswith("J") and after != "JKG":
                return text[token.start : token.end]
    somebody_else = False
    for clause in clauses:
        inside = tokens[clause.first : clause.last + 1]
        items = [item.mention for item in found if clause.first <= item.first <= clause.last]
        alive = any(
            item.concept.kind in ("person", "animal") and item.role in ("subject", "topic") for item in items
        )
        # A subject that lives holds for the clauses after it: 강아지가 신나서 마당을 뛰어다녔다.
        somebody_else = somebody_else or alive
        acting = any(
            token.tag in ("VV", "XSV") and token.lemma not in _WORDS["appear"] - {"오다", "가다"}
            for token in inside
        )
        subject = any(token.tag in ("JKS", "JKC") for token in inside) or any(
            item.role == "topic" and item.concept.kind == "weather" for item in items
        )
        if not acting or somebody_else or subject or tokens[clause.last].tag == "ETM":
            continue
        if any(token.tag == "JKO" for token in inside):
            return ""
        if any(item.role in ("at", "to", "with", "bare") for item in items):
            return ""
    return None
