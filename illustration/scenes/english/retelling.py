"""What the sentences after a film, a book, a tale or a game go on telling of it: none of it is there."""

from __future__ import annotations

from dataclasses import replace

from illustration.scenes.english.scopes import find_phrase
from illustration.scenes.english.tokens import RawSentence, Token
from illustration.scenes.english.words import LISTS
from illustration.scenes.mentions import Mention, Sentence

_ALIVE = ("person", "animal")
_SHOWS = frozenset(("movie", "tv show"))
_STAYS = frozenset(("time", "mood", "season", "occasion"))
_DETERMINERS = frozenset(("the", "a", "an", "some", "two", "three", "one", "this", "that", "there"))


def goes_on_telling(read: list[Sentence], raw: list[RawSentence]) -> None:
    """Mark as shown what tells on: We watched a film. The hero rode away. We played Minecraft. I built a castle."""
    there: set[str] = set()
    medium = ""
    heroes = False
    for number, sentence in enumerate(raw):
        told = medium if number else ""
        pronoun = heroes and sentence.tokens[0].lower in ("he", "she", "they")
        if (told or pronoun) and (pronoun or _tells_on(sentence.tokens, read[number], there, told)):
            people = told == "game"
            read[number].mentions = [_shown(mention, people=people) for mention in read[number].mentions]
            read[number].writer = None if told != "game" else read[number].writer
        else:
            medium = ""
        alive = [mention for mention in read[number].mentions if mention.concept.kind in _ALIVE]
        heroes = bool(alive) and all(mention.status == "shown" for mention in alive)
        opened = _medium(sentence.tokens, read[number])
        medium = opened or medium
        there |= {
            mention.concept.name
            for mention in read[number].mentions
            if mention.status == "real" and mention.concept.kind in _ALIVE
        }


def _shown(mention: Mention, *, people: bool) -> Mention:
    player = people and mention.concept.kind == "person"
    kept = (
        player
        or mention.status != "real"
        or mention.concept.kind in _STAYS
        or mention.concept.name in LISTS["scored"]
    )
    return mention if kept else replace(mention, status="shown")


def _medium(tokens: list[Token], sentence: Sentence) -> str:
    """What the sentence opens: "game", "tale" (told, watched), "book" (read), or "" for none."""
    names = {mention.concept.name for mention in sentence.mentions if mention.status == "real"}
    if "playing video games" in names:
        return "game"
    nouns = {token.noun for token in tokens if token.tag in ("N", "NAME")}
    verbs = {token.verb for token in tokens if token.tag in ("V", "VING", "VED")}
    # Stayed home and watched a film: a diary leaves its writer out.
    if tokens[0].tag not in ("V", "VED") and not any(token.lower in LISTS["writer"] for token in tokens):
        return ""
    if "watch" in verbs and any(mention.concept.name in _SHOWS for mention in sentence.mentions):
        return "tale"
    if verbs & {"watch", "see", "tell", "hear", "listen", "show"} and nouns & LISTS["show_in"] | (
        nouns & LISTS["staged"]
    ):
        return "tale"
    if "watching a movie" in names or "watching a play" in names:
        return "tale"
    return "book" if verbs & {"read", "finish", "start"} and nouns & LISTS["show_in"] else ""


def _tells_on(tokens: list[Token], sentence: Sentence, there: set[str], medium: str) -> bool:
    words = [token.lower for token in tokens]
    first = words[0]
    if medium == "game":
        doer = first in ("i", "we", "he", "she", "they", "my", "our", "and")
        deeds = {token.verb for token in tokens if token.tag in ("V", "VED")}
        return doer and bool(deeds & LISTS["game_deed"])
    if any(token.tag == "NAME" or token.lower in LISTS["kin"] for token in tokens):
        return False
    if find_phrase(tokens, LISTS["about_it"], 0, min(3, len(tokens) - 1)):
        return True
    if {*words} & (LISTS["writer"] | {"our", "my"}):
        return _favorite(words)
    opens = 0 if first not in ("then", "and", "but", "suddenly", "in", ",") else 1
    heads = [token for token in tokens[opens : opens + 5] if token.tag in ("N", "NAME")]
    if not heads or tokens[opens].tag == "P":
        return False
    alive = [
        mention
        for mention in sentence.mentions
        if mention.concept.kind in _ALIVE and tokens[opens].start <= mention.start <= heads[-1].start
    ]
    story = any(head.noun in LISTS["story_role"] for head in heads[:1])
    known = any(mention.concept.name in there for mention in alive) or any(
        head.lower in LISTS["kin"] | LISTS["first_name"] or head.tag == "NAME" for head in heads[:1]
    )
    if known and not story:
        return False
    definite = words[opens] in ("the", "this", "that")
    vague = words[opens] in _DETERMINERS or tokens[opens].noun != tokens[opens].lower
    return story or (bool(alive) and (definite or (vague and medium == "tale")))


def _favorite(words: list[str]) -> bool:
    """The snowman was my favorite; my favorite part was the dragon."""
    return "favorite" in words and bool({"was", "were", "is", "part", "character"} & {*words})
