"""Parts of speech of the closed classes of English: pronouns, auxiliaries, prepositions, conjunctions, adverbs."""

from __future__ import annotations

from illustration.scenes.english.phrasing import (
    AUXILIARY,
    BEFORE_NOUN,
    is_noun,
    opens_clause,
    opens_noun,
    word_at,
)
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS
from illustration.scenes.lexicon import lexicon
from illustration.scenes.vocabulary import SUBJECT_KINDS


def closed_tag(tokens: list[Token], index: int) -> str:
    """The tag of a word of the closed lists, "" for others."""
    word, after, before_word = tokens[index].lower, word_at(tokens, index + 1), word_at(tokens, index - 1)
    previous = tokens[index - 1].tag if index else ""
    if tokens[index].hangul:
        return "KO"
    if word[0].isdigit() or word in LISTS["number"]:
        return (
            "PRON"
            if word == "one" and previous in ("V", "DET", "VED") and not opens_noun(tokens, index + 1)
            else "NUM"
        )
    if word in LISTS["not"] and word != "never":
        return "NEG"
    if word == "'s":
        return _apostrophe(tokens, index)
    if word in ("'d", "'ll", "'m", "'re", "'ve") or word in AUXILIARY:
        if word in ("will", "may", "can", "might") and previous in BEFORE_NOUN:
            return "N"
        if word in ("will", "may") and after in LISTS["be"] - {"be"} | {"came", "said", "went"}:
            return "NAME" if word == "will" else "N"
        return "NAME" if word in ("will", "may") and tokens[index].capital and index else "AUX"
    if word == "her":
        alone = after in LISTS["article"] | LISTS["possessive"]
        return "POSS" if opens_noun(tokens, index + 1) and not alone else "PRON"
    if word in LISTS["possessive"]:
        return "POSS"
    if word == "back" and previous == "POSS" and not is_noun(tokens, index + 1):
        return "N"
    if word == "better" and (after == "not" or before_word in ("had", "'d")):
        return "AUX"
    if word == "miss" and tokens[index].capital and _names_next(tokens, index):
        return "NAME"
    if word in LISTS["article"]:
        return "DET"
    if word == "to":
        return "P"
    if word == "that":
        if index and tokens[index - 1].verb in LISTS["clause_verb"] and opens_clause(tokens, index + 1):
            return "C"
        return (
            "DET"
            if previous in ("P", "V", "VING") and is_noun(tokens, index + 1)
            else ("PRON" if after in AUXILIARY or after == "'s" or not after else "C")
        )
    if word == "like":
        return "V" if _like_is_verb(tokens, index) else "P"
    if word in ("so", "yet", "then"):
        nexts = tokens[index + 1] if index + 1 < len(tokens) else None
        clause = nexts is not None and (
            nexts.lower in LISTS["subject_pronoun"] | LISTS["possessive"] | LISTS["article"]
            or nexts.lower == "that"
            or (nexts.capital and word != "yet")
            or (
                word == "so"
                and bool(index)
                and previous not in ("AUX", "NEG")
                and before_word not in LISTS["be"] | LISTS["linking"]
                and nexts.lower not in LISTS["adjective"] | LISTS["adverb"] | {"many", "much", "few"}
                and not nexts.lower.endswith(("ed", "ly"))
                and opens_clause(tokens, index + 1)
            )
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
        if word in ("both", "all") and previous == "PRON":
            return "ADV"
        if word in ("which",) and index and previous != "P":
            return "C"
        return "DET" if opens_noun(tokens, index + 1) or word in ("no", "every", "another") else "PRON"
    if word in LISTS["subject_pronoun"] | LISTS["object_pronoun"]:
        return "C" if word == "who" and index else "PRON"
    if word in LISTS["subordinate"] | frozenset(("and", "or", "but", "&", "nor", "whether", "however")):
        if word in ("before", "after", "since", "until", "till", "as", "once"):
            return "C" if opens_clause(tokens, index + 1) else ("ADV" if not after or word == "once" else "P")
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
            and not opens_noun(tokens, index + 1)
            and after not in LISTS["object_pronoun"]
            and not after.endswith("ing")
            else "P"
        )
    if word in LISTS["adverb"] and not (
        word in ("fast", "hard", "long", "late", "early", "well", "pretty", "next", "first", "last", "all")
        and is_noun(tokens, index + 1)
    ):
        return "ADV"
    meant = lexicon().words["en"].get(word)
    if (
        word.endswith("ly")
        and len(word) > 4
        and (meant is None or meant.kind not in (*SUBJECT_KINDS, "place"))
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


def _names_next(tokens: list[Token], index: int) -> bool:
    """Whether a name that no lexicon knows follows: Miss Alvarez."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return after is not None and after.form[:1].isupper() and after.lower not in LISTS["not_name"]


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
    stated = tokens[index + 2] if index + 2 < len(tokens) else None
    if (
        after is not None
        and after.lower in LISTS["state"]
        and (
            stated is None or stated.tag == "PUNCT" or stated.lower in LISTS["joiner"] | LISTS["preposition"]
        )
    ):
        return "AUX"
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
