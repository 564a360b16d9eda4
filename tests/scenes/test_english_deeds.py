"""Deeds of English days that a verb and its object name, and words that mean another thing beside another word."""

import pytest

from illustration.scenes import read

DEEDS = [
    ("I kneaded the dough and let it rise.", "baking"),
    ("I grated the cheese.", "cooking"),
    ("We skipped breakfast.", "skipping a meal"),
    ("I unloaded the dishwasher.", "emptying the dishwasher"),
    ("The rooster crowed at five.", "crowing"),
    ("I bottle-fed the lamb.", "feeding"),
    ("We rounded up the sheep.", "herding animals"),
    ("I pruned the roses.", "gardening"),
    ("I restocked the shelves.", "stocking shelves"),
    ("I delivered 140 parcels.", "delivering parcels"),
    ("I retook my driving test.", "driving"),
    ("We had recess in the yard.", "playing"),
    ("I auditioned for the play.", "auditioning"),
    ("We told ghost stories.", "telling stories"),
    ("I told a joke to the nurse.", "telling a joke"),
    ("We clinked glasses.", "celebrating"),
    ("Dad took us out for pizza.", "eating"),
    ("I met Sue for coffee.", "having coffee"),
    ("I gave up my seat on the bus.", "giving up a seat"),
    ("I plaited my sister's hair.", "brushing hair"),
    ("I burned my thumb on the pan.", "getting hurt"),
    ("I sorted the buttons.", "sorting"),
    ("I traded my apple for a cookie.", "swapping"),
    ("I set off the smoke alarm.", "setting off an alarm"),
    ("We crossed the river on a rope.", "crossing a river"),
    ("I tapped on the window.", "knocking"),
    ("We headed home.", "going home"),
]
THERE_AND_NOT = [
    ("I had cold pizza for lunch.", "pizza", "being sick"),
    ("I had a bad cold.", "being sick", "pizza"),
    ("I slipped on the ice.", "falling down", "getting dressed"),
    ("I slipped on my shoes.", "getting dressed", "falling down"),
    ("I tripped on the stairs.", "falling down", "traveling"),
    ("We took a trip to Rome.", "traveling", "falling down"),
    ("I ate a french fry.", "french fries", "cooking"),
    ("My trousers split.", "pants", "sharing"),
    ("My eyes watered.", "me", "watering"),
    ("I got my cast off today.", "plaster cast", "knitting"),
    ("I nicked my thumb.", "getting hurt", "stealing"),
    ("We put them on the windowsill.", "window", "getting dressed"),
    ("I lost my wallet.", "losing", "getting lost"),
    ("I put a bandage on my knee.", "knee", "playing"),
    ("We folded a thousand cranes.", "origami", "crane"),
    ("I held onto my uncle's sleeve.", "uncle", "umbrella"),
    ("I was in a jam.", "me", "jam"),
    ("She stole the show.", "me", "stealing"),
    ("The soup needs a pinch of salt.", "soup", "pinching"),
]


def words(text: str) -> set[str]:
    return {item.word for item in read(text).items()}


@pytest.mark.parametrize(("text", "deed"), DEEDS)
def test_the_deed_is_in_the_scene(text: str, deed: str) -> None:
    assert deed in words(text)


@pytest.mark.parametrize(("text", "there", "absent"), THERE_AND_NOT)
def test_a_word_means_what_its_neighbors_tell(text: str, there: str, absent: str) -> None:
    found = words(text)
    assert there in found
    assert absent not in found
