"""What an English sentence only compares with, and what it dreams, sees on a screen or reads of. Only spans."""

from __future__ import annotations

from illustration.scenes.english.clauses import Clause
from illustration.scenes.english.scopes import Scope, clause_of, phrase_end
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS


def comparisons(tokens: list[Token], clauses: list[Clause]) -> list[Scope]:
    """The likened, shown and dreamt spans of a sentence."""
    found: list[Scope] = []
    for index, token in enumerate(tokens):
        clause = clause_of(clauses, index)
        word = token.lower
        if word == "like" and token.tag == "P":
            found += _like(tokens, clauses, clause, index)
        elif word == "as":
            found += _as(tokens, clause, index)
        elif word == "than" and not (index and tokens[index - 1].lower in ("rather", "other")):
            found.append(Scope(index + 1, _short_phrase(tokens, index + 1, clause.last), "likened"))
        elif word in ("pretended", "pretend", "pretending", "imagined", "imagine", "imagining"):
            found.append(Scope(index + 1, clause.last, "likened"))
        elif word in ("size", "shape", "color") and index < clause.last and tokens[index + 1].lower == "of":
            found.append(Scope(index + 2, phrase_end(tokens, index + 2, clause.last), "likened"))
        elif token.verb in ("curl", "roll", "fold", "shape", "form", "cut", "twist") and "into" in [
            item.lower for item in tokens[index + 1 : index + 5]
        ]:
            into = next(place for place in range(index + 1, index + 5) if tokens[place].lower == "into")
            found.append(Scope(into + 1, phrase_end(tokens, into + 1, clause.last), "likened"))
        elif (token.verb == "turn" and index < clause.last and tokens[index + 1].lower == "into") or (
            token.verb == "call"
            and index < clause.last
            and tokens[index + 1].lower in ("me", "him", "her", "us")
        ):
            found.append(Scope(index + 2, clause.last, "likened"))
        elif token.noun in LISTS["dream"] and token.tag in ("N", "V", "VING"):
            found += _dream(tokens, clauses, clause, index)
        elif word == "on" and index < clause.last and _screen(tokens, index + 1):
            found.append(Scope(_shown_from(tokens, clause, index), index - 1, "shown"))
        elif token.noun in LISTS["show"] and token.tag in ("N", "NAME", "VING"):
            found += _shown(tokens, clauses, clause, index)
        elif token.verb in ("draw", "paint", "sketch", "doodle") and token.tag in ("V", "VING", "VED"):
            found += _drawn(tokens, clause, index)
        elif token.verb in LISTS["watch"] and token.tag in ("V", "VING", "VED"):
            found += _titles(tokens, clause, index)
        elif token.verb in (
            "read",
            "learn",
            "teach",
            "tell",
            "study",
            "know",
            "talk",
            "chat",
            "sing",
            "write",
            "hear",
        ) and token.tag in ("V", "VING", "VED"):
            found += _about(tokens, clauses, clause, index)
        elif token.noun in LISTS["printed"] and token.tag in ("N", "NAME"):
            found += _printed(tokens, clause, index)
        elif "-" in word and word.endswith(
            ("-shaped", "-like", "-themed", "-flavored", "-colored", "-print")
        ):
            found.append(Scope(index, index, "likened"))
    return found


def _short_phrase(tokens: list[Token], first: int, last: int) -> int:
    """The noun phrase alone: "like a puppy | all afternoon", "like a wolf | and I hid"."""
    end = phrase_end(tokens, first, last, lists=False)
    for index in range(first, end + 1):
        if (
            tokens[index].lower in ("all", "every", "today", "yesterday", "this")
            and index > first
            and tokens[index - 1].tag in ("N", "NAME")
        ):
            return index - 1
    return end


def _like(tokens: list[Token], clauses: list[Clause], clause: Clause, index: int) -> list[Scope]:
    if index == clause.last:
        following = clauses[clauses.index(clause) + 1 :]
        return [Scope(following[0].first, following[0].last, "likened")] if following else []
    before = tokens[index - 1] if index else None
    if before is not None and before.noun in LISTS["such_as"] and before.tag == "N":
        return []
    if (
        index + 1 <= clause.last
        and tokens[index + 1].lower in ("this", "that", "it", "crazy", "always", "usual")
        and index + 1 == clause.last
    ):
        return []
    clausal = any(token.tag in ("V", "AUX") for token in tokens[index + 1 : clause.last + 1])
    subject = tokens[index + 1].tag == "PRON" and tokens[index + 1].lower in LISTS["subject_pronoun"]
    feels = before is not None and before.verb in ("feel", "look", "seem", "sound") and clausal and subject
    if before is not None and before.verb == "feel" and tokens[index + 1].tag == "VING":
        return [Scope(index + 1, clause.last, "wished")]
    if feels or (subject and clausal):
        return [Scope(index + 1, clause.last, "likened")]
    if (
        before is not None
        and before.verb in ("look", "feel", "seem", "sound", "smell", "taste")
        and before.tag in ("V", "VING", "VED")
    ):
        end = phrase_end(tokens, index + 1, clause.last)
        if (
            end < clause.last
            and tokens[end + 1].tag in ("P", "VING")
            and tokens[end + 1].lower in ("in", "on", "with", "from", "of")
        ):
            end = phrase_end(tokens, end + 2, clause.last)
        return [Scope(index + 1, max(end, index + 1), "likened")]
    return [Scope(index + 1, max(_short_phrase(tokens, index + 1, clause.last), index + 1), "likened")]


def _as(tokens: list[Token], clause: Clause, index: int) -> list[Scope]:
    """As big as a house, white as snow; not: as soon as, as a present, dressed as."""
    before = tokens[index - 1] if index > clause.first else None
    if index == clause.last:
        return []
    following = tokens[index + 1]
    if following.lower in ("if", "though"):
        return [Scope(index + 2, clause.last, "likened")]
    if before is None:
        return []
    far = tokens[index - 2].lower if index - 2 >= clause.first else ""
    compared = before.tag in ("A", "ADV") or before.lower in ("fun", "light", "cold", "hot")
    if (
        before.lower in LISTS["real_as"]
        or not compared
        or following.tag not in ("DET", "POSS", "N", "NAME", "A", "PRON", "NUM")
    ):
        return []
    if far == "same":
        return []
    return [Scope(index + 1, max(_short_phrase(tokens, index + 1, clause.last), index + 1), "likened")]


def _dream(tokens: list[Token], clauses: list[Clause], clause: Clause, index: int) -> list[Scope]:
    token = tokens[index]
    before = tokens[index - 1].lower if index else ""
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if (
        after in ("job", "house", "come", "came", "vacation", "team", "car", "catcher", "true")
        or before == "day"
    ):
        return []
    if (
        after in ("is", "was")
        and tokens[min(index + 2, len(tokens) - 1)].lower in ("to", "becoming", "being")
    ) or (
        after == "of"
        and token.tag != "N"
        and tokens[min(index + 2, len(tokens) - 1)].tag == "VING"
        and token.lower in ("dream", "dreaming")
    ):
        return [Scope(index + 1, clause.last, "wished")]
    last = len(tokens) - 1
    for later in clauses:
        if later.first > index and any(
            tokens[place].lower in LISTS["wake"] for place in range(later.first, later.last + 1)
        ):
            last = later.first - 1
            break
        if later.first > index and later.opening in ("but", "so") and later.subject:
            last = later.first - 1
            break
    first = index + 1
    if (
        token.tag == "N"
        and before in ("my", "a", "the", "strange", "weird", "scary", "bad", "funny")
        and index >= 2
        and tokens[index - 2].lower == "in"
    ) or (
        token.tag == "N"
        and clause.first < index
        and any(
            token.tag in ("V",) and token.verb in ("see", "fly", "meet")
            for token in tokens[clause.first : index]
        )
    ):
        first = clause.first
    return [Scope(first, last, "dreamt")] if first <= last else []


def _screen(tokens: list[Token], index: int) -> bool:
    word = tokens[index].lower
    if word in ("the", "my", "our", "a") and index + 1 < len(tokens):
        word = tokens[index + 1].lower
    return word in (
        "tv",
        "television",
        "youtube",
        "netflix",
        "screen",
        "tiktok",
        "instagram",
        "facebook",
        "zoom",
        "facetime",
        "internet",
        "news",
        "radio",
        "ipad",
        "tablet",
    )


def _shown_from(tokens: list[Token], clause: Clause, index: int) -> int:
    """On TV: what is the object of its verb is shown; a person who calls is not there either."""
    verbs = [group.head for group in clause.verbs if group.head < index]
    return verbs[-1] + 1 if verbs else clause.first


def _shown(tokens: list[Token], clauses: list[Clause], clause: Clause, index: int) -> list[Scope]:
    found = []
    before, after = (
        tokens[index - 1] if index else None,
        tokens[index + 1] if index < len(tokens) - 1 else None,
    )
    back = index - 1
    while back >= clause.first and tokens[back].tag in ("DET", "POSS", "A", "NUM", "CLITIC", "N", "NAME"):
        back -= 1
    noun = tokens[index].noun
    modifier = [
        place
        for place in range(back + 1, index)
        if tokens[place].tag in ("N", "NAME")
        and not (place + 1 <= index and tokens[place + 1].tag == "CLITIC")
    ]
    if modifier and noun not in (
        "show_",
        "lesson",
        "class",
        "mask_",
        "opera",
        "album",
        "internet",
        "online",
        "costume",
        "news",
        "musical",
        "talk",
        "speech",
        "essay",
        "report",
        "unit",
        "quiz",
    ):
        found.append(Scope(modifier[0], index - 1, "shown"))
    inside = (
        before is not None
        and back >= clause.first
        and tokens[back].lower in ("in", "from", "inside")
        and noun not in LISTS["show_real"]
    )
    if inside and noun in (
        "movie",
        "film",
        "cartoon",
        "documentary",
        "drama",
        "show",
        "episode",
        "book",
        "story",
        "tale",
        "video",
        "novel",
        "comic",
        "anime",
        "minecraft",
        "roblox",
        "fortnite",
        "pokemon",
        "zelda",
        "manga",
        "poem",
        "fairytale",
        "series",
        "webtoon",
    ):
        last = clause.last
        found.append(Scope(clause.first, last, "shown"))
    if (
        after is not None
        and after.lower in LISTS["show_of"]
        and index + 2 < len(tokens)
        and not (
            after.lower in ("in", "on", "with")
            and noun in LISTS["show_real"] - {"picture", "photo", "screen"}
        )
    ):
        if after.lower in ("with", "in", "on") and (
            tokens[index + 2].tag == "POSS"
            or tokens[index + 2].tag in ("NAME", "PRON")
            or after.lower in ("in", "on")
            or noun
            in (
                "show",
                "movie",
                "film",
                "drama",
                "series",
                "episode",
                "video",
                "book",
                "picture",
                "photo",
            )
        ):
            # A film with Mom, a photo with my friends: they are here.
            return found
        place = clauses.index(clause)
        last = clause.last
        taking = noun in (
            "picture",
            "photo",
            "photograph",
            "video",
            "selfie",
            "poem",
            "song",
            "sketch",
            "painting",
            "drawing",
        ) and any(
            token.verb in ("take", "film", "snap", "shoot", "click") for token in tokens[clause.first : index]
        )
        if taking:
            return found
        for later in clauses[place + 1 :]:
            if later.opening in ("who", "that", "which", "where"):
                last = later.last
            else:
                break
        end = _about_end(tokens, index + 2, last)
        found.append(Scope(index + 2, end, "shown"))
    elif (
        after is not None
        and after.lower in ("where", "that", "which", "who")
        and noun not in LISTS["show_real"]
    ):
        following = clauses[clauses.index(clause) + 1 :]
        if following:
            found.append(Scope(following[0].first, following[0].last, "shown"))
    return found


def _about_end(tokens: list[Token], first: int, last: int) -> int:
    """A film about penguins | with Grandpa | on the sofa."""
    for index in range(first + 1, last + 1):
        token = tokens[index]
        person = index < last and (
            tokens[index + 1].tag in ("POSS", "NAME")
            or tokens[index + 1].lower
            in (
                "mom",
                "dad",
                "grandma",
                "grandpa",
                "mum",
                "everyone",
                "friends",
                "family",
                "me",
                "him",
                "her",
                "them",
                "class",
            )
        )
        if (token.lower == "with" and person) or (
            token.lower
            in ("at", "before", "after", "during", "tonight", "today", "together", "while", ",", "and")
            and not (
                token.lower == "and"
                and tokens[index - 1].tag == "N"
                and index < last
                and tokens[index + 1].tag in ("N", "DET", "A")
            )
        ):
            return index - 1
        if (
            token.lower in ("in", "on")
            and index < last
            and tokens[index + 1].tag in ("DET", "POSS", "N")
            and tokens[index - 1].tag in ("N", "NAME")
        ):
            return index - 1
    return last


def _drawn(tokens: list[Token], clause: Clause, index: int) -> list[Scope]:
    """Drew a rocket: the rocket is on paper. Painted the fence, painted my nails: those are there."""
    if index >= clause.last:
        return []
    following = tokens[index + 1]
    if (
        tokens[index].verb == "paint"
        and following.lower in ("the", "my", "our", "his", "her", "their")
        and following.tag != "PRON"
    ):
        return []
    return []


def _titles(tokens: list[Token], clause: Clause, index: int) -> list[Scope]:
    """Watched Frozen, read "The Very Hungry Caterpillar": a title shows, and is not there."""
    start = index + 1
    while (
        start <= clause.last
        and tokens[start].tag in ("DET", "ADV", "P", "NUM")
        and not tokens[start].form[:1].isupper()
    ):
        start += 1
    end = start - 1
    for place in range(start, clause.last + 1):
        token = tokens[place]
        capital = token.form[:1].isupper() and (token.tag != "NAME" or place == start or end >= start)
        if capital or (
            end >= start
            and token.lower in ("the", "of", "and", "in", "to", "'s", "a")
            and place < clause.last
            and tokens[place + 1].form[:1].isupper()
        ):
            end = place
        else:
            break
    family = (
        end == start
        and tokens[start].lower
        in (
            "mom",
            "dad",
            "grandma",
            "grandpa",
            "mum",
            "mommy",
            "daddy",
            "santa",
            "uncle",
            "aunt",
            "mr",
            "mrs",
            "ms",
            "tv",
        )
        if end >= start
        else True
    )
    if end >= start and not family and tokens[start].lower != "i":
        return [Scope(start, end, "shown")]
    return []


def _about(tokens: list[Token], clauses: list[Clause], clause: Clause, index: int) -> list[Scope]:
    """Learned about whales, read about pirates: none are there."""
    for place in range(index + 1, min(index + 5, clause.last)):
        if tokens[place].lower == "about":
            return [Scope(place + 1, _about_end(tokens, place + 1, clause.last), "shown")]
        if tokens[place].tag in ("V", "VING", "P", "C"):
            break
    return []


def _printed(tokens: list[Token], clause: Clause, index: int) -> list[Scope]:
    """A shirt with a cat on it, a sticker of a lion, a dinosaur mask."""
    found = []
    after = tokens[index + 1].lower if index < clause.last else ""
    on_it = any(
        tokens[place].lower == "on"
        and place < clause.last
        and tokens[place + 1].lower in ("it", "them", "top")
        for place in range(index + 2, clause.last)
    )
    if (after == "with" and on_it) or (
        after == "of" and tokens[index].noun not in ("bag", "card", "case", "game", "pencil", "story")
    ):
        found.append(Scope(index + 2, phrase_end(tokens, index + 2, clause.last), "shown"))
    return found
