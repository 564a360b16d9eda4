"""Parts of speech of an English sentence, as far as the reading needs them: a few rules over closed lists.

Tags: N noun, NAME, V verb (finite or base), VING, VED (participle after be or have, or before a noun), AUX, NEG, PRON,
POSS, DET, NUM, A adjective, ADV, P preposition, C conjunction, CLITIC ('s of an owner), KO (Korean), PUNCT.
"""

from __future__ import annotations

from illustration.scenes.english.closed_words import closed_tag
from illustration.scenes.english.open_words import open_tag
from illustration.scenes.english.phrasing import only_verb
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS


def tag(tokens: list[Token]) -> None:
    """Set ``tag`` of every token in place."""
    for index, token in enumerate(tokens):
        if token.tag != "PUNCT":
            token.tag = closed_tag(tokens, index) or open_tag(tokens, index)
    _settle_auxiliaries(tokens)


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
            or (
                token.verb == "have"
                and follows == "V"
                and not only_verb(tokens[ahead])
                and tokens[ahead].lower not in LISTS["same_participle"]
            )
        ):
            token.tag = "V"
