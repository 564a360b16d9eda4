"""Which English words are names of somebody. Who is meant by them is told in ``people``."""

from __future__ import annotations

from illustration.scenes.english.phrasing import AUXILIARY, only_verb, word_at
from illustration.scenes.english.tokens import Token, known
from illustration.scenes.english.words import LISTS
from illustration.scenes.lexicon import lexicon


def is_name(tokens: list[Token], index: int, may_verb: bool) -> bool:
    """A capital inside a sentence on a word that nothing else explains, or that is a given name as well."""
    token = tokens[index]
    word = token.lower
    if word in LISTS["first_name"] and token.form.islower() and _called(tokens, index):
        return True
    if (
        not token.form[:1].isupper()
        or {word, token.noun} & LISTS["not_name"]
        or (token.form.isupper() and len(token.form) > 1)
    ):
        return False
    if word in LISTS["first_name"] or word_at(tokens, index - 1) in LISTS["title"]:
        return True
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
            return capitals_only_here and word_at(tokens, index - 1) not in LISTS["article"] | LISTS[
                "possessive"
            ] | frozenset(("in", "at", "to", "this", "last", "next", "until", "since", "every"))
        birdlike = {near.noun for near in tokens} & LISTS["bird_place"] and word in ("robin", "jay", "martin")
        return (
            index + 1 < len(tokens)
            and not birdlike
            and word in LISTS["opening_name"]
            and (
                only_verb(tokens[index + 1])
                or tokens[index + 1].lower in AUXILIARY | frozenset(("and", "'s", "'d", "'ll", "never"))
            )
        )
    if named or may_verb or (not index and word.endswith(("ed", "ing"))):
        return False
    if index and tokens[index - 1].tag != "PUNCT":
        return not known(word) or (capitals_only_here and token.capital)
    return not known(word)


def _called(tokens: list[Token], index: int) -> bool:
    """Whether a name without its capital stands where somebody is named: with minji, emma and i."""
    before, after = word_at(tokens, index - 1), word_at(tokens, index + 1)
    return (
        before in ("with", "and", "named", "called")
        or after in ("and", "'s")
        or (index + 1 < len(tokens) and only_verb(tokens[index + 1]))
    )
