"""Parts of speech of an English sentence, as far as the reading needs them: a few rules over closed lists.

Tags: N noun, NAME, V verb (finite or base), VING, VED (participle after be or have, or before a noun), AUX, NEG, PRON,
POSS, DET, NUM, A adjective, ADV, P preposition, C conjunction, CLITIC ('s of an owner), KO (Korean), PUNCT.
"""

from __future__ import annotations

from illustration.scenes.english.tokens import Token, is_verb, known
from illustration.scenes.english.words import IRREGULAR, LISTS
from illustration.scenes.lexicon import lexicon

_AUXILIARY = LISTS["be"] | LISTS["have"] | LISTS["do"] | LISTS["modal"]
_BEFORE_NOUN = ("DET", "POSS", "NUM", "A")
_NOMINAL = ("N", "NAME", "PRON")


def tag(tokens: list[Token]) -> None:
    """Set ``tag`` of every token in place."""
    for index, token in enumerate(tokens):
        if token.tag != "PUNCT":
            token.tag = _closed(tokens, index) or _open(tokens, index)
    _settle_auxiliaries(tokens)


def _lower(tokens: list[Token], index: int) -> str:
    return tokens[index].lower if 0 <= index < len(tokens) else ""


def _closed(tokens: list[Token], index: int) -> str:
    """The tag of a word of the closed lists, "" for others."""
    word, after, _before = tokens[index].lower, _lower(tokens, index + 1), _lower(tokens, index - 1)
    previous = tokens[index - 1].tag if index else ""
    if tokens[index].hangul:
        return "KO"
    if word[0].isdigit() or word in LISTS["number"]:
        return (
            "PRON"
            if word == "one" and previous in ("V", "DET", "VED") and not _opens_noun(tokens, index + 1)
            else "NUM"
        )
    if word in LISTS["not"] and word != "never":
        return "NEG"
    if word == "'s":
        return _apostrophe(tokens, index)
    if word in ("'d", "'ll", "'m", "'re", "'ve") or word in _AUXILIARY:
        if word in ("will", "may", "can", "might") and previous in _BEFORE_NOUN:
            return "N"
        return "NAME" if word in ("will", "may") and tokens[index].capital and index else "AUX"
    if word == "her":
        return "POSS" if _opens_noun(tokens, index + 1) else "PRON"
    if word in LISTS["possessive"]:
        return "POSS"
    if word in LISTS["article"]:
        return "DET"
    if word == "to":
        return "P"
    if word == "that":
        return (
            "DET"
            if previous in ("P", "V", "VING") and _is_noun(tokens, index + 1)
            else ("PRON" if after in _AUXILIARY or after == "'s" or not after else "C")
        )
    if word == "like":
        return "V" if _like_is_verb(tokens, index) else "P"
    if word in ("so", "yet", "then"):
        nexts = tokens[index + 1] if index + 1 < len(tokens) else None
        clause = nexts is not None and (
            nexts.lower in LISTS["subject_pronoun"] | LISTS["possessive"] | LISTS["article"]
            or nexts.lower == "that"
            or (nexts.capital and word != "yet")
            or nexts.tag == "KO"
            or nexts.hangul
        )
        return "C" if clause or (word == "then" and not index) else "ADV"
    if word in (
        "no",
        "any",
        "some",
        "every",
        "each",
        "another",
        "all",
        "both",
        "this",
        "these",
        "those",
        "what",
        "which",
        "either",
        "neither",
        "such",
        "much",
        "many",
    ):
        if word in ("which",) and index and previous != "P":
            return "C"
        return "DET" if _opens_noun(tokens, index + 1) or word in ("no", "every", "another") else "PRON"
    if word in LISTS["subject_pronoun"] | LISTS["object_pronoun"]:
        return "C" if word == "who" and index else "PRON"
    if word in LISTS["subordinate"] | frozenset(("and", "or", "but", "&", "nor", "whether", "however")):
        if word in ("before", "after", "since", "until", "till", "as", "once"):
            return (
                "C" if _opens_clause(tokens, index + 1) else ("ADV" if not after or word == "once" else "P")
            )
        return "C"
    if word in LISTS["intensifier"] and word not in ("pretty", "rather"):
        return "ADV"
    if word in LISTS["preposition"]:
        return (
            "ADV"
            if word
            in (
                "up",
                "down",
                "out",
                "off",
                "over",
                "around",
                "along",
                "by",
                "inside",
                "outside",
                "about",
                "in",
                "on",
            )
            and not _opens_noun(tokens, index + 1)
            and after not in LISTS["object_pronoun"]
            and not after.endswith("ing")
            else "P"
        )
    if word in LISTS["adverb"] and not (
        word in ("fast", "hard", "long", "late", "early", "well", "pretty", "next", "first", "last", "all")
        and _is_noun(tokens, index + 1)
    ):
        return "ADV"
    if (
        word.endswith("ly")
        and len(word) > 4
        and word
        not in (
            "family",
            "belly",
            "jelly",
            "butterfly",
            "dragonfly",
            "lily",
            "fly",
            "ally",
            "bully",
            "assembly",
            "italy",
            "july",
            "lovely",
            "friendly",
            "curly",
            "ugly",
            "silly",
            "chilly",
            "firefly",
            "emily",
            "kelly",
            "molly",
            "sally",
            "holly",
            "billy",
            "lonely",
            "elderly",
            "smelly",
            "bubbly",
            "wobbly",
            "wrinkly",
            "cuddly",
            "sparkly",
            "early",
            "daily",
            "trolley",
        )
    ):
        return "ADV"
    return ""


def _apostrophe(tokens: list[Token], index: int) -> str:
    """'s of an owner, or a short is or has: it's raining, she's a nurse."""
    before, after = (
        tokens[index - 1] if index else None,
        tokens[index + 1] if index + 1 < len(tokens) else None,
    )
    if before is None:
        return "PUNCT"
    if before.lower == "let":
        return "PRON"
    if before.tag in ("PRON", "C", "ADV") and before.lower not in ("one", "everyone", "someone", "today"):
        return "AUX"
    if after is None:
        return "CLITIC"
    short = (
        after.lower in LISTS["article"] | LISTS["not"] | LISTS["possessive"] | LISTS["intensifier"]
        or after.lower.endswith("ing")
        or after.lower in LISTS["preposition"]
    )
    return (
        "AUX"
        if short and after.lower not in ("one", "more", "most") and after.lower not in LISTS["noun_like"]
        else "CLITIC"
    )


def _like_is_verb(tokens: list[Token], index: int) -> bool:
    """I like dogs, don't like, would like; not: looks like, is like, clouds like sheep."""
    back = index - 1
    while (
        back >= 0
        and tokens[back].tag == "ADV"
        and tokens[back].lower not in ("just", "almost", "exactly", "kind")
    ):
        back -= 1
    if back < 0:
        return False
    before = tokens[back]
    if before.lower in ("do", "does", "did", "n't", "would", "'d", "to", "will", "might", "may", "not"):
        return not (before.lower == "not" and tokens[back - 1].lower in LISTS["be"])
    if before.tag == "PRON" and before.lower in LISTS["subject_pronoun"]:
        return not any(token.tag in ("V", "VING", "VED") for token in tokens[max(0, back - 2) : back])
    plain = before.tag in ("N", "NAME") and before.noun == before.lower
    return plain and False


def _opens_noun(tokens: list[Token], index: int) -> bool:
    """Whether a noun phrase may start here."""
    if index >= len(tokens):
        return False
    token = tokens[index]
    word = token.lower
    if (
        token.tag == "PUNCT"
        or word in LISTS["preposition"] | _AUXILIARY | LISTS["subordinate"] | LISTS["not"]
    ):
        return False
    if word in ("and", "or", "but", "so", "very", "really"):
        return False
    if word in LISTS["subject_pronoun"] | LISTS["object_pronoun"] and word not in ("one", "her"):
        return False
    if (
        word in LISTS["adverb"]
        and word not in LISTS["adjective"]
        and word not in ("next", "first", "last", "all", "both", "only", "home")
    ):
        return False
    return not (
        word.endswith("ly")
        and word
        not in (
            "family",
            "lovely",
            "lonely",
            "butterfly",
            "lily",
            "silly",
            "jelly",
            "ugly",
            "curly",
            "friendly",
            "smelly",
        )
    )


def _is_noun(tokens: list[Token], index: int) -> bool:
    if not _opens_noun(tokens, index):
        return False
    token = tokens[index]
    return token.lower in LISTS["adjective"] or token.noun in lexicon().words["en"] or not is_verb(token.verb)


def _opens_clause(tokens: list[Token], index: int) -> bool:
    """Whether a subject and its verb, or a gerund, start here."""
    if index >= len(tokens):
        return False
    if tokens[index].lower in LISTS["subject_pronoun"] and tokens[index].lower != "one":
        return True
    if (
        tokens[index].lower.endswith("ing")
        and is_verb(tokens[index].verb)
        and tokens[index].lower not in LISTS["noun_like"]
    ):
        return True
    for later in range(index, min(index + 5, len(tokens))):
        word = tokens[later].lower
        if tokens[later].tag == "PUNCT" or word in (
            "and",
            "but",
            "so",
            "because",
            "we",
            "i",
            "he",
            "she",
            "they",
            "it",
        ):
            return False
        if later > index and (word in _AUXILIARY or _only_verb(tokens[later])):
            return True
    return False


def _only_verb(token: Token) -> bool:
    """went, ate, rained: a past form that no noun has."""
    word = token.lower
    return (word in IRREGULAR and word != token.verb and not word.endswith(("ing", "s"))) or (
        word.endswith("ed") and token.verb != word and word not in LISTS["adjective"]
    )


def _open(tokens: list[Token], index: int) -> str:
    token = tokens[index]
    word = token.lower
    back = index - 1
    while (
        back >= 0
        and tokens[back].tag == "ADV"
        and tokens[back].lower not in ("up", "down", "out", "off", "over", "away", "around", "home")
    ):
        back -= 1
    before = tokens[back] if back >= 0 else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    previous = before.tag if before else ""
    verb = token.verb
    may_verb = is_verb(verb) or (verb != word and word.endswith(("ed", "ing")))
    may_noun = token.noun in lexicon().words["en"] or word in lexicon().words["en"]
    if _is_name(tokens, index, may_verb):
        return "NAME"
    if word in LISTS["noun_like"]:
        return "N"
    if word in LISTS["adjective"] and not (
        word in ("close", "clean", "dry", "free", "open", "warm", "cool", "slow", "calm")
        and (
            (previous in ("PRON", "AUX", "NEG") and before is not None and before.lower not in LISTS["be"])
            or (before is not None and before.lower == "to")
        )
    ):
        if (
            word in ("fun", "cold", "local", "light", "fair", "kind", "mean", "square", "orange", "dark")
            and not _noun_follows(tokens, index)
            and (
                previous in ("DET", "POSS", "A") or (before is not None and before.lower in ("in", "of", "a"))
            )
        ):
            return "N"
        return "A"
    if (
        word in LISTS["also_adjective"]
        and before is not None
        and (
            tokens[index - 1].lower in LISTS["intensifier"] or (before.lower in LISTS["be"] and not may_verb)
        )
    ):
        return "A"
    if not may_verb:
        meant = lexicon().words["en"].get(word)
        return "A" if meant is not None and meant.kind in ("mood", "look") and not _is_det(before) else "N"
    if word.endswith("ing") and verb != word:
        noun = previous in ("DET", "POSS", "A", "NUM") and may_noun
        return "N" if noun else "VING"
    past = _only_verb(token)
    if past:
        if (
            before is not None
            and before.lower in LISTS["be"] | LISTS["have"] | frozenset(("get", "got", "'s"))
        ) or (previous == "NEG" and _be_before(tokens, back)):
            return "VED"
        if previous in ("DET", "POSS", "NUM", "A", "P", "CLITIC") and (
            _noun_follows(tokens, index) or previous in ("DET", "POSS")
        ):
            return "A"
        return (
            "N"
            if may_noun
            and previous in _BEFORE_NOUN
            and word in ("felt", "ground", "rose", "saw", "left", "found")
            else "V"
        )
    return _verb_or_noun(tokens, index, before, previous, after, may_noun)


def _verb_or_noun(
    tokens: list[Token], index: int, before: Token | None, previous: str, after: Token | None, may_noun: bool
) -> str:
    token = tokens[index]
    plural = token.lower.endswith("s") and token.lower != token.verb
    if before is None:
        return _opening(tokens, index, after, plural, may_noun)
    if before.lower == "to":
        article = after is not None and (
            after.lower in LISTS["article"] | LISTS["possessive"] | LISTS["object_pronoun"]
            or after.tag in ("P", "ADV")
        )
        goes = any(
            item.verb in LISTS["move"] and item.tag in ("V", "VING", "VED")
            for item in tokens[max(0, index - 4) : index]
        )
        if goes and not _motion_noun(token) and may_noun and not article:
            return "N"
        return "N" if goes and _motion_noun(token) else "V"
    if previous == "CLITIC" or previous in _BEFORE_NOUN:
        if previous == "A" and before.lower in ("able", "ready", "happy"):
            return "V"
        if previous == "NUM" and plural is False and before.lower in ("one",):
            return "N"
        return "N"
    if previous == "P":
        return "N"
    if (
        previous in ("AUX", "NEG")
        and before.lower not in LISTS["be"] | LISTS["have"]
        and not (previous == "NEG" and _be_before(tokens, index - 1))
    ):
        return "V"
    if previous in ("AUX", "NEG"):
        return "N" if may_noun else "VED"
    if previous == "PRON":
        if (
            before.lower in LISTS["subject_pronoun"] and before.lower not in ("it", "you", "one", "there")
        ) or before.lower == "'s":
            return "V"
        verb_before = any(item.tag in ("V", "VING") for item in tokens[max(0, index - 4) : index - 1])
        return (
            "V" if not may_noun or verb_before or (before.lower in ("it", "you", "who") and plural) else "N"
        )
    if previous in ("N", "NAME"):
        if token.lower == token.verb and token.verb in (
            "hit",
            "put",
            "cut",
            "let",
            "shut",
            "hurt",
            "read",
            "set",
            "quit",
            "bet",
            "burst",
            "beat",
            "split",
            "spread",
            "cost",
            "fit",
            "come",
            "run",
        ):
            return "V"
        if plural and not before.lower.endswith("s"):
            follows = (
                after is None
                or after.lower in LISTS["article"] | LISTS["possessive"] | LISTS["object_pronoun"]
                or after.tag in ("P", "ADV")
                or after.lower in LISTS["preposition"]
            )
            return "V" if not may_noun or follows else "N"
        if before.lower.endswith("s") and before.noun != before.lower and not may_noun:
            return "V"
        return "N" if may_noun or not (after is not None and after.lower in LISTS["article"]) else "V"
    if previous in ("V", "VING", "VED"):
        if before.verb in LISTS["cause"] | frozenset(("go", "come")) and not may_noun:
            return "V"
        return "N" if may_noun or token.lower in lexicon().verbs["en"] else "V"
    if previous in ("C", "PUNCT", "KO"):
        parallel = any(
            item.tag == "V" and item.lower == item.verb for item in tokens[:index]
        ) and before.lower in ("and", "or", "then", ",")
        if (
            parallel
            and after is not None
            and (
                after.lower in LISTS["article"] | LISTS["possessive"] | LISTS["object_pronoun"]
                or (not may_noun and not plural)
            )
        ):
            return "V"
        return _opening(tokens, index, after, plural, may_noun)
    return "N" if may_noun else "V"


def _opening(tokens: list[Token], index: int, after: Token | None, plural: bool, may_noun: bool) -> str:
    """A word that may be verb or noun where a clause opens: "Put the toys away" and "Lights went out"."""
    token = tokens[index]
    if after is None:
        return "N" if may_noun or token.lower in lexicon().verbs["en"] else "V"
    if token.lower in (
        "read",
        "put",
        "hit",
        "cut",
        "let",
        "set",
        "shut",
        "hurt",
        "beat",
        "quit",
        "come",
        "run",
    ):
        return "V" if after.lower not in _AUXILIARY else "N"
    takes = after.lower in LISTS["article"] | LISTS["possessive"] | LISTS["object_pronoun"]
    if takes and not plural:
        return "V"
    return "N" if may_noun or plural or token.lower in lexicon().verbs["en"] else "V"


def _is_det(token: Token | None) -> bool:
    return token is not None and token.tag in ("DET", "POSS")


def _motion_noun(token: Token) -> bool:
    """Nouns of "go to …" that are verbs as well, but not there: school, work, bed, sleep."""
    return token.lower in (
        "school",
        "work",
        "bed",
        "sleep",
        "church",
        "practice",
        "lunch",
        "dinner",
        "camp",
        "town",
        "market",
        "class",
        "band",
        "dance",
        "picnic",
    )


def _be_before(tokens: list[Token], index: int) -> bool:
    return index > 0 and tokens[index - 1].lower in LISTS["be"]


def _noun_follows(tokens: list[Token], index: int) -> bool:
    """Whether a noun follows in the same phrase: painted eggs, a light bulb."""
    if index + 1 >= len(tokens):
        return False
    after = tokens[index + 1]
    if not _opens_noun(tokens, index + 1) or after.lower in LISTS["article"] | LISTS["possessive"]:
        return False
    return after.lower in LISTS["adjective"] or after.noun in lexicon().words["en"] or not is_verb(after.verb)


def _is_name(tokens: list[Token], index: int, may_verb: bool) -> bool:
    """A capital inside a sentence on a word that nothing else explains, or that is a given name as well."""
    token = tokens[index]
    word = token.lower
    if (
        not token.form[:1].isupper()
        or word in LISTS["not_name"]
        or (token.form.isupper() and len(token.form) > 1)
    ):
        return False
    words = lexicon()
    named = word in words.words["en"] or token.noun in words.words["en"]
    capitals_only_here = not (
        index + 1 < len(tokens)
        and all(item.form[:1].isupper() for item in tokens if item.tag != "PUNCT")
        and len(tokens) > 4
    )
    if word in LISTS["given_name"]:
        opens = index == 0 or (tokens[index - 1].tag == "PUNCT" and tokens[index - 1].lower != ",")
        if not opens:
            return capitals_only_here and _lower(tokens, index - 1) not in LISTS["article"] | LISTS[
                "possessive"
            ] | frozenset(("in", "at", "to", "this", "last", "next", "until", "since", "every"))
        return (
            index + 1 < len(tokens)
            and (
                _only_verb(tokens[index + 1]) or tokens[index + 1].lower in ("and", "'s", "is", "was", "has")
            )
            and not named
        )
    if named or may_verb:
        return False
    if index and tokens[index - 1].tag != "PUNCT":
        return not known(word) or (capitals_only_here and token.capital)
    after = _lower(tokens, index + 1)
    verb_next = index + 1 < len(tokens) and (
        _only_verb(tokens[index + 1]) or after in _AUXILIARY or after in ("and", "'s", "&")
    )
    return not known(word) or (verb_next and word not in LISTS["adjective"] and not known(word))


def _settle_auxiliaries(tokens: list[Token]) -> None:
    """An auxiliary with no verb after it is the verb: I had noodles, it was cold, did the dishes."""
    for index, token in enumerate(tokens):
        if (
            token.tag != "AUX"
            or token.lower in LISTS["modal"]
            or (token.lower == "'s" and index + 1 >= len(tokens))
        ):
            continue
        ahead = index + 1
        while ahead < len(tokens) and tokens[ahead].tag in ("ADV", "NEG"):
            ahead += 1
        question = (
            ahead < len(tokens) and tokens[ahead].lower in LISTS["subject_pronoun"] and token.verb == "do"
        )
        follows = tokens[ahead].tag if ahead < len(tokens) else ""
        if (
            (follows not in ("V", "VING", "VED", "AUX") and not question)
            or (token.verb == "have" and follows in ("VING",))
            or (token.verb == "have" and follows == "V" and not _only_verb(tokens[ahead]))
        ):
            token.tag = "V"
