"""What an English sentence dreams, sees on a screen, reads or hears of: it is not there. Only spans; no lexicon."""

from __future__ import annotations

from illustration.scenes.english.clauses import Clause
from illustration.scenes.english.scopes import Scope, clause_of, phrase_end
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS

_PHRASE = ("DET", "POSS", "A", "NUM", "N", "NAME")
_TELLS = ("who", "that", "which", "where", "when", "how", "why", "what", "whether")


def shows(tokens: list[Token], clauses: list[Clause]) -> list[Scope]:
    """The shown and dreamt spans of a sentence."""
    found: list[Scope] = []
    for index, token in enumerate(tokens):
        clause = clause_of(clauses, index)
        verbal = token.tag in ("V", "VING", "VED")
        if (token.noun in LISTS["dream"] or token.verb in LISTS["dream"]) and (verbal or token.tag == "N"):
            found += _dream(tokens, clauses, clause, index)
        elif token.lower == "on" and index < clause.last and _screen(tokens, index + 1):
            found.append(_on_screen(clause, index))
        elif (
            token.noun in LISTS["show"]
            and token.tag in ("N", "NAME", "VING")
            and not _heads_on(tokens, index)
        ):
            found += _shown(tokens, clauses, clause, index)
        elif token.lower in ("one", "ones") and index < clause.last and tokens[index + 1].lower == "about":
            # The book was out, so I borrowed one about knights.
            found += _content(tokens, clauses, clause, index, "about")
        elif token.verb in LISTS["watch"] and verbal:
            found += _titles(tokens, clause, index)
        if token.verb in LISTS["tell_about"] and verbal:
            found += _about(tokens, clauses, clause, index)
        if token.verb == "describe" and verbal:
            found.append(Scope(index + 1, len(tokens) - 1, "shown"))
        if index in clause.subject and token.noun in LISTS["show_in"]:
            found += _stars(tokens, clause)
        if token.noun in LISTS["printed"] and token.tag in ("N", "NAME"):
            found += _printed(tokens, clause, index)
    return found


def _heads_on(tokens: list[Token], index: int) -> bool:
    """Whether a noun only tells the kind of the next one: movie theater, photo album."""
    return index + 1 < len(tokens) and tokens[index + 1].tag == "N"


def _on_screen(clause: Clause, index: int) -> Scope:
    """On TV: the object of the verb before is shown; where the phrase opens, all that follows."""
    before = [group.head for group in clause.verbs if group.head < index]
    if before:
        return Scope(before[-1] + 1, index - 1, "shown")
    return Scope(index + 2, clause.last, "shown")


def _shown(tokens: list[Token], clauses: list[Clause], clause: Clause, index: int) -> list[Scope]:
    """A film about penguins, the bear in the book, a dinosaur documentary."""
    found = []
    back = index - 1
    while back >= clause.first and tokens[back].tag in (*_PHRASE, "CLITIC"):
        back -= 1
    noun = tokens[index].noun
    kinds = [
        place
        for place in range(back + 1, index)
        if tokens[place].tag in ("N", "NAME") and tokens[place + 1].tag != "CLITIC"
    ]
    live = noun in LISTS["live"] and any(tokens[place].noun in LISTS["stage_of"] for place in kinds)
    if kinds and not live and noun not in LISTS["show_event"]:
        found.append(Scope(kinds[0], index - 1, "shown"))
    if back >= clause.first and tokens[back].lower in ("in", "from", "inside") and noun in LISTS["show_in"]:
        fronted = (
            not any(group.head < back for group in clause.verbs) and not clause.subject[:1]
        ) or back == clause.first
        found.append(
            Scope(index + 1, clause.last, "shown") if fronted else Scope(clause.first, back - 1, "shown")
        )
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    beyond = tokens[index + 2].lower if index + 2 < len(tokens) else ""
    if (noun in LISTS["advert"] and following == "for") or (noun in LISTS["treats"] and following == "on"):
        seat = {near.noun for near in tokens[index + 2 : index + 5]} & LISTS["watched_at"]
        if not seat:
            found.append(Scope(index + 2, phrase_end(tokens, index + 2, clause.last), "shown"))
    elif (following == "full" and beyond == "of" and noun in LISTS["printed_matter"]) or (
        following == "set" and beyond in ("in", "on", "at", "during")
    ):
        found.append(Scope(index + 3, phrase_end(tokens, index + 3, clause.last), "shown"))
    if following in ("about", "of", "featuring", "called") or (
        following in ("in", "on", "with", "where") and noun in LISTS["show_in"]
    ):
        found += _content(tokens, clauses, clause, index, following)
    elif following in ("that", "which", "who") and noun in LISTS["show_in"]:
        later = clauses[clauses.index(clause) + 1 :]
        found += [Scope(later[0].first, later[0].last, "shown")] if later else []
    return found


def _stars(tokens: list[Token], clause: Clause) -> list[Scope]:
    """The cartoon had a talking train, the book was about bees."""
    group = clause.finite
    if group is None or group.head >= clause.last:
        return []
    about = tokens[group.head].verb == "be" and tokens[group.head + 1].lower in ("about", "set", "full")
    if tokens[group.head].verb not in LISTS["stars"] and not about:
        return []
    return [Scope(group.head + 1, clause.last, "shown")]


def _content(
    tokens: list[Token], clauses: list[Clause], clause: Clause, index: int, link: str
) -> list[Scope]:
    """What a film or picture shows; not with whom it is seen, nor what a camera took."""
    if index + 2 >= len(tokens) or link in ("in", "on"):
        return []
    first = tokens[index + 2]
    if link == "with" and (first.tag in ("POSS", "NAME", "PRON") or first.lower in LISTS["kin"]):
        return []
    taken = any(token.verb in LISTS["take_picture"] for token in tokens[clause.first : index])
    drawn = any(token.verb in LISTS["draw"] for token in tokens[clause.first : index])
    if link == "of" and (taken or drawn) and tokens[index].noun in LISTS["picture"]:
        return []
    if link == "with" and any(token.verb in ("tell", "share") for token in tokens[clause.first : index]):
        # We told ghost stories with a flashlight.
        return []
    hangs = tokens[index].noun in LISTS["hung"]
    return [Scope(index + 2, _story_end(tokens, clauses, clause, index + 2, hangs=hangs), "shown")]


def _story_end(
    tokens: list[Token], clauses: list[Clause], clause: Clause, first: int, *, hangs: bool = False
) -> int:
    """Where what is told from ``first`` on ends: with the clauses on who, where and when it was."""
    end = _about_end(tokens, first, clause.last, hangs=hangs) if first <= clause.last else clause.last
    if end < clause.last:
        return end
    told = ""
    for later in clauses[clauses.index(clause) + 1 :]:
        bare = later.opening == "" and tokens[later.first].tag == "PRON" and not told
        goes_on = later.opening == "and" and told and not later.subject
        if not (later.opening in _TELLS or bare or goes_on):
            break
        told = later.opening or "bare"
        end = later.last
    return end


def _about_end(tokens: list[Token], first: int, last: int, *, hangs: bool) -> int:
    """A film about penguins | with Grandpa | on the sofa; ``hangs``: a drawing of me | on the fridge."""
    for index in range(first + 1, last + 1):
        token = tokens[index]
        after = tokens[index + 1] if index < last else None
        person = after is not None and (after.tag in ("POSS", "NAME", "PRON") or after.lower in LISTS["kin"])
        listed = (
            token.lower == "and"
            and tokens[index - 1].tag == "N"
            and after is not None
            and after.tag in _PHRASE
        )
        place = (
            token.lower in ("in", "on")
            and tokens[index - 1].tag in ("N", "NAME", "PRON")
            and (
                hangs
                or bool(
                    {near.noun for near in tokens[index + 1 : min(index + 4, last + 1)]} & LISTS["watched_at"]
                )
            )
        )
        shelter = token.lower in ("under", "by", "beside", "near") and tokens[index - 1].tag in ("N", "NAME")
        if shelter and not hangs and after is not None and after.tag in ("DET", "POSS"):
            return index - 1
        if (token.lower == "with" and person) or (token.lower in LISTS["about_end"] and not listed) or place:
            return index - 1
    return last


def _about(tokens: list[Token], clauses: list[Clause], clause: Clause, index: int) -> list[Scope]:
    """Learned about whales, talked about our trip: none of it is there."""
    for place in range(index + 1, min(index + 5, clause.last + 1)):
        if tokens[place].lower == "about":
            if tokens[min(place + 1, clause.last)].lower in ("it", "that", "this", "them", "everything"):
                return []
            end = _story_end(tokens, clauses, clause, place + 1)
            return [Scope(place + 1, end, "shown")] if end > place else []
        told_how = tokens[index].verb == "tell" and place + 1 < len(tokens) and tokens[place].lower == "how"
        if told_how and tokens[place + 1].tag in ("PRON", "DET", "POSS", "NAME"):
            # Grandpa told me how he crossed the ocean.
            return [Scope(place + 1, _story_end(tokens, clauses, clause, place + 1), "shown")]
        if tokens[place].tag in ("V", "VING", "C") or (
            tokens[place].tag == "P" and tokens[place].lower not in ("to", "with")
        ):
            break
    return []


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
    return word in LISTS["screen"]


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
    alone = end == start
    first = tokens[min(start, clause.last)]
    somebody = alone and (
        first.lower in LISTS["kin"] | LISTS["first_name"]
        or (first.tag == "NAME" and tokens[index].verb != "watch")
        or tokens[index].verb == "see"
        or (end < clause.last and tokens[end + 1].tag in ("V", "VING"))
    )
    if end >= start and not somebody and first.lower != "i":
        return [Scope(start, end, "shown")]
    return []


def _printed(tokens: list[Token], clause: Clause, index: int) -> list[Scope]:
    """A shirt with a cat on it, a sticker of a lion, a dinosaur mask."""
    found = []
    after = tokens[index + 1].lower if index < clause.last else ""
    if after in ("has", "had", "have"):
        after = "with"
    on_it = any(
        tokens[place].lower == "on"
        and place < clause.last
        and tokens[place + 1].lower in ("it", "them", "top")
        for place in range(index + 2, clause.last)
    )
    if (after == "with" and on_it) or (
        after == "of" and tokens[index].noun in LISTS["hung"] | LISTS["depicts"]
    ):
        found.append(Scope(index + 2, phrase_end(tokens, index + 2, clause.last), "shown"))
    return found
