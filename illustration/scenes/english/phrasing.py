"""Small questions on English word order that the taggers ask: does a noun, a clause, a verb start here?"""

from __future__ import annotations

from illustration.scenes.english.tokens import Token, is_verb
from illustration.scenes.english.words import IRREGULAR, LISTS
from illustration.scenes.lexicon import lexicon

AUXILIARY = LISTS["be"] | LISTS["have"] | LISTS["do"] | LISTS["modal"]
"""Forms of be, have and do, and the modals."""
BEFORE_NOUN = ("DET", "POSS", "NUM", "A")
"""Tags of what stands before a noun in its phrase."""


def word_at(tokens: list[Token], index: int) -> str:
    return tokens[index].lower if 0 <= index < len(tokens) else ""


def opens_noun(tokens: list[Token], index: int) -> bool:
    """Whether a noun phrase may start here."""
    if index >= len(tokens):
        return False
    token = tokens[index]
    word = token.lower
    if token.tag == "PUNCT" or word in LISTS["preposition"] | AUXILIARY | LISTS["subordinate"] | LISTS["not"]:
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


def is_noun(tokens: list[Token], index: int) -> bool:
    if not opens_noun(tokens, index):
        return False
    token = tokens[index]
    return token.lower in LISTS["adjective"] or token.noun in lexicon().words["en"] or not is_verb(token.verb)


def opens_clause(tokens: list[Token], index: int) -> bool:
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
        noun = tokens[later - 1].lower in LISTS["article"] | LISTS["possessive"]
        if later > index and word in LISTS["third_person"]:
            return True
        if later > index and ((word in AUXILIARY and not noun) or only_verb(tokens[later])):
            return True
    return False


def only_verb(token: Token) -> bool:
    """went, ate, rained: a past form that no noun has."""
    word = token.lower
    return (word in IRREGULAR and word != token.verb and not word.endswith(("ing", "s"))) or (
        word.endswith("ed") and token.verb != word and word not in LISTS["adjective"]
    )


def be_before(tokens: list[Token], index: int) -> bool:
    return index > 0 and tokens[index - 1].lower in LISTS["be"]


def noun_follows(tokens: list[Token], index: int) -> bool:
    """Whether a noun follows in the same phrase: painted eggs, a light bulb."""
    if index + 1 >= len(tokens):
        return False
    after = tokens[index + 1]
    if not opens_noun(tokens, index + 1) or after.lower in LISTS["article"] | LISTS["possessive"]:
        return False
    return after.lower in LISTS["adjective"] or after.noun in lexicon().words["en"] or not is_verb(after.verb)
