"""Korean names made of everyday words, told by the 이 of speech: 별이가 왔다. Whom they mean is not said."""

from __future__ import annotations

from dataclasses import replace

from illustration.scenes.korean.morphemes import WORDS, Morpheme

_NOUNS = frozenset({"NNG", "NNP", "MM", "NNB", "XR"})
_PARTICLES = frozenset({"는", "를", "가", "도", "네", "랑", "와", "한테", "에게", "야", "만", "의"})
_LONGEST = 3
_POINTING = frozenset({"그", "저", "이", "요", "두", "세", "네", "여러"})


def join_nicknames(tokens: list[Morpheme]) -> list[Morpheme]:
    """``tokens`` with every 이 between a noun and a particle joined to it: 별 + 이 + 가 is 별이 + 가."""
    joined: list[Morpheme] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        taken = _nickname(tokens, index)
        if not taken:
            joined.append(token)
            index += 1
            continue
        call = tokens[index + 1]
        joined.append(
            replace(token, form=f"{token.form}이", tag="NNP", lemma=f"{token.form}이", end=call.end)
        )
        index += 2
        if taken == "house":
            end = tokens[index + 1].end
            joined.append(replace(tokens[index], form="네", tag="XSN", lemma="네", end=end))
            index += 2
        elif taken == "subject":
            joined.append(replace(tokens[index], form="가", tag="JKS", lemma="가"))
            index += 2
    return joined


def _nickname(tokens: list[Morpheme], index: int) -> str:
    """How the name that opens at ``index`` goes on: "house" (별이네), "subject" (a 가 taken for a verb), "particle"."""
    token = tokens[index]
    short = token.tag in _NOUNS and len(token.form) <= _LONGEST and token.form not in _POINTING
    if not short or (token.tag == "NNP" and len(token.form) > 1) or index + 2 >= len(tokens):
        return ""
    call, after = tokens[index + 1], tokens[index + 2]
    touching = call.form == "이" and call.start == token.end and after.start == call.end
    if token.tag != "NNP" and call.form == "이" and call.tag == "JKS" and token.form in WORDS["name_words"]:
        # 하늘이 언니는
        kin = after.tag == "NNG" and after.form in WORDS["kin"] and after.start == call.end + 1
        if kin:
            return "particle"
    if not touching or call.tag not in ("JKS", "XSN", "NNB", "NP"):
        return ""
    later = tokens[index + 3] if index + 3 < len(tokens) else None
    if after.form == "너" and after.tag == "NP" and later is not None and later.form == "의":
        return "house" if later.end - call.end <= 1 else ""
    if after.tag[0] == "J" or (after.tag == "XSN" and after.form == "네"):
        return "particle" if after.form in _PARTICLES or after.tag == "JKS" else ""
    # 겨울이가 짖었다: 가 is no verb.
    closed = later is not None and later.tag == "EC" and later.end - call.end <= 1
    apart = index + 4 < len(tokens) and later is not None and tokens[index + 4].start > later.end
    return "subject" if after.form == "가" and after.tag == "VV" and closed and apart else ""
