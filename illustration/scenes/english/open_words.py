"""Parts of speech of the open classes of English: nouns, verbs, adjectives and names, by what stands around."""

from __future__ import annotations

from illustration.scenes.english.naming import is_name
from illustration.scenes.english.phrasing import AUXILIARY, BEFORE_NOUN, be_before, noun_follows, only_verb
from illustration.scenes.english.tokens import Token, is_verb
from illustration.scenes.english.words import LISTS
from illustration.scenes.lexicon import lexicon


def open_tag(tokens: list[Token], index: int) -> str:
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
    if is_name(tokens, index, may_verb):
        return "NAME"
    if word in LISTS["noun_like"]:
        return "VING" if word in LISTS["doing_noun"] and _is_doing(tokens, index) else "N"
    if word == "forecast" and before is not None and before.lower in LISTS["be"]:
        return "VED"
    if word in LISTS["colour"] and before is not None and before.verb in ("go", "turn") and previous == "V":
        # My hands went orange.
        return "A"
    if previous == "N" and token.noun in LISTS["medium"] and (word == token.noun or not _somebody(before)):
        # A zombie film; but: my brother films us.
        return "N"
    if (
        word in LISTS["adjective"]
        and not _done_to(word, before, after)
        and not (
            word in ("close", "clean", "dry", "free", "open", "warm", "cool", "slow", "calm")
            and (
                (
                    previous in ("PRON", "AUX", "NEG")
                    and before is not None
                    and before.lower not in LISTS["be"]
                )
                or (before is not None and before.lower == "to")
            )
        )
    ):
        if (
            word
            in ("fun", "cold", "local", "light", "fair", "kind", "mean", "square", "orange", "dark", "flat")
            and not noun_follows(tokens, index)
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
    if not may_verb and previous == "NEG" and index >= 2 and tokens[back - 1].lower in LISTS["do"]:
        # Don't judge me.
        return "V"
    if not may_verb:
        meant = lexicon().words["en"].get(word)
        return "A" if meant is not None and meant.kind in ("mood", "look") and not _is_det(before) else "N"
    if word.endswith("ing") and verb != word:
        compound = after is not None and previous in ("DET", "POSS", "A", "NUM", "P")
        noun = (previous in ("DET", "POSS", "A", "NUM") and may_noun) or (
            compound and after is not None and lexicon().knows("en", f"{word} {after.noun}")
        )
        return "N" if noun else "VING"
    past = only_verb(token)
    if past:
        if (
            before is not None
            and before.lower in LISTS["be"] | LISTS["have"] | frozenset(("get", "got", "'s"))
        ) or (previous == "NEG" and be_before(tokens, back)):
            return "VED"
        if may_noun and previous in BEFORE_NOUN and not noun_follows(tokens, index):
            return "N"
        if previous in ("DET", "POSS", "NUM", "A", "P", "CLITIC") and (
            noun_follows(tokens, index) or previous in ("DET", "POSS")
        ):
            return "A"
        return "V"
    return _verb_or_noun(tokens, index, before, previous, after, may_noun)


def _done_to(word: str, before: Token | None, after: Token | None) -> bool:
    """Lost my keys, stuffed the turkey: deeds, where a thing follows; but: we were lost the whole day."""
    if word not in LISTS["past_adjective"] or after is None:
        return False
    told = before is None or before.lower not in LISTS["be"]
    return told and (
        after.lower in LISTS["article"] | LISTS["possessive"]
        or after.lower.isdigit()
        or after.lower in LISTS["number"]
    )


def _is_doing(tokens: list[Token], index: int) -> bool:
    """We were building a sandcastle; but: it was painting class, the building was tall."""
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before is None or after is None:
        return False
    started = before.lower in LISTS["be"] | frozenset(("'s", "start", "started", "kept", "spent")) or (
        before.tag in ("ADV", "C") or before.lower == ","
    )
    itself = index > 1 and tokens[index - 2].lower in ("it", "this", "that", "there")
    takes = after.lower in LISTS["article"] | LISTS["possessive"] | LISTS["number"] or (
        after.lower.isalpha() and after.noun in lexicon().words["en"] and after.noun not in LISTS["event"]
    )
    return started and takes and not itself


def _is_det(token: Token | None) -> bool:
    return token is not None and token.tag in ("DET", "POSS")


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
            (item.verb in LISTS["move"] and item.tag in ("V", "VING", "VED"))
            or (item.noun in LISTS["commute"] and item.tag in ("N", "ADV", "V"))
            for item in tokens[max(0, index - 4) : index]
        )
        place = lexicon().words["en"].get(token.lower)
        if goes and place is not None and place.kind == "place" and not article and token.lower != "play":
            return "N"
        return "N" if goes and _motion_noun(token) else "V"
    if previous == "CLITIC" or previous in BEFORE_NOUN:
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
        and not (previous == "NEG" and be_before(tokens, index - 1))
    ):
        return "V"
    if previous in ("AUX", "NEG"):
        if token.lower in LISTS["same_participle"] and before.lower not in LISTS["be"]:
            return "VED"
        return "N" if may_noun else "VED"
    if previous == "PRON":
        if (
            before.lower in LISTS["subject_pronoun"] and before.lower not in ("it", "you", "one", "there")
        ) or before.lower == "'s":
            return "V"
        ruling = [item for item in tokens[max(0, index - 4) : index - 1] if item.tag in ("V", "VING")]
        verb_before = bool(ruling)
        if (
            verb_before
            and may_noun
            and before.lower in LISTS["object_pronoun"]
            and (
                ruling[-1].verb
                in ("give", "bring", "buy", "cook", "order", "show", "get", "feed", "send", "serve")
                or (ruling[-1].verb == "make" and before.lower.endswith(("self", "selves")))
            )
        ):
            return "N"
        return (
            "V" if not may_noun or verb_before or (before.lower in ("it", "you", "who") and plural) else "N"
        )
    if previous in ("N", "NAME"):
        if token.lower == token.verb and _made_to(tokens, index):
            return "V"
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
        if plural and token.verb in lexicon().verbs["en"] and _somebody(before) and after is not None:
            return "V"
        if plural and not before.lower.endswith("s"):
            follows = (
                after is None
                or after.lower in LISTS["article"] | LISTS["possessive"] | LISTS["object_pronoun"]
                or after.tag in ("P", "ADV")
                or after.lower in LISTS["preposition"]
            )
            ends = (after is None or after.tag == "PUNCT") and not _alive(before)
            if ends and may_noun and any(item.tag == "V" for item in tokens[:index]):
                return "N"
            return "V" if not may_noun or follows else "N"
        if before.lower.endswith("s") and before.noun != before.lower and not may_noun:
            return "V"
        return "N" if may_noun or not (after is not None and after.lower in LISTS["article"]) else "V"
    if previous in ("V", "VING", "VED"):
        if before.verb in LISTS["cause"] | frozenset(("go", "come")) and not may_noun:
            return "V"
        return "N" if may_noun or token.lower in lexicon().verbs["en"] else "V"
    if previous == "C" and before.lower in ("who", "which", "that") and (plural or not may_noun):
        return "V"
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
        return "V" if after.lower not in AUXILIARY else "N"
    takes = after.lower in LISTS["article"] | LISTS["possessive"] | LISTS["object_pronoun"]
    if takes and (not plural or after.lower in ("me", "him", "us", "them")):
        return "V"
    return "N" if may_noun or plural or token.lower in lexicon().verbs["en"] else "V"


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


def _alive(token: Token) -> bool:
    meant = lexicon().words["en"].get(token.lower)
    return token.tag == "NAME" or (meant is not None and meant.kind in ("person", "animal"))


def _somebody(token: Token | None) -> bool:
    """One person: my roommate knits hats."""
    if token is None:
        return False
    meant = lexicon().words["en"].get(token.lower)
    return token.tag == "NAME" or (meant is not None and meant.kind == "person" and token.lower == token.noun)


def _made_to(tokens: list[Token], index: int) -> bool:
    """Whether a base form follows somebody whom a verb before sees, helps or lets: watched my brother swim."""
    doer = tokens[index - 1]
    words = lexicon().words["en"]
    known = words.get(doer.lower) or words.get(doer.noun)
    if doer.tag != "NAME" and (known is None or known.kind not in ("person", "animal")):
        return False
    for back in range(index - 2, max(-1, index - 6), -1):
        if tokens[back].tag in ("V", "VING"):
            return tokens[back].verb in LISTS["perceive"] | LISTS["cause"] - {
                "have",
                "get",
                "take",
                "ask",
                "tell",
                "want",
                "teach",
            }
        if tokens[back].tag not in ("DET", "POSS", "A", "N", "NAME", "NUM"):
            return False
    return False
