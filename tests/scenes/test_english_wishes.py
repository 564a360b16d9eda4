"""What an English sentence only wishes, plans, asks or supposes, and wishes that were then done."""

import pytest

from tests.scenes.english_reading import status

WISHED = (
    ("We meant to go to the beach.", "beach"),
    ("I wanted to eat pizza but we had no money.", "pizza"),
    ("I want a puppy.", "puppy"),
    ("I wish I had a horse.", "horse"),
    ("If only I had a horse.", "horse"),
    ("I hope we can go to the beach.", "beach"),
    ("We hoped it would snow.", "snow"),
    ("We were going to ride the train.", "train"),
    ("We are going to fly to London.", "london"),
    ("We were supposed to have a picnic.", "have"),
    ("I'm going to the zoo tomorrow.", "zoo"),
    ("Tomorrow we're going to the beach with Grandma.", "beach"),
    ("Next week we will see the whales.", "whales"),
    ("It might snow tonight.", "snow"),
    ("The forecast said it would rain.", "rain"),
    ("If it's sunny we will go to the beach.", "sunny"),
    ("If it's sunny we will go to the beach.", "beach"),
    ("Can we get a puppy?", "puppy"),
    ("I begged for a kitten.", "kitten"),
    ("Mom promised to buy me a balloon.", "balloon"),
    ("I can't wait to see my grandma.", "grandma"),
    ("I'm looking forward to the beach.", "beach"),
    ("I would love a rabbit.", "rabbit"),
    ("I'd like a pizza.", "pizza"),
    ("i wanna go to the zoo so bad", "zoo"),
    ("Thinking of getting a cat.", "cat"),
    ("I thought about my dog.", "dog"),
    ("Let's go to the beach!", "beach"),
    ("I have to feed the rabbit later.", "rabbit"),
    ("We planned to go to the lake.", "lake"),
    ("I felt like eating noodles.", "noodles"),
    ("My sister wants a rabbit for her birthday.", "rabbit"),
    ("I would have eaten the cake but my brother was faster.", "cake"),
    ("He says he will be a doctor.", "doctor"),
    ("My dream is to be a doctor.", "doctor"),
)

DONE = (
    ("I wanted to eat ice cream, so Dad bought me one!", "ice cream"),
    ("I always wanted to ride a horse and today I finally did!", "horse"),
    ("We hoped it would snow and it did!", "snow"),
    ("I wanted to go to the beach. So we went there.", "beach"),
    ("Dad asked me to feed the rabbit. I did.", "rabbit"),
    ("We decided to go to the beach.", "beach"),
    ("We had to take the bus.", "bus"),
    ("I got to ride a horse.", "horse"),
    ("I tried to catch a frog.", "frog"),
    ("Why is my cat so cute?", "cat"),
    ("We could see the sea from the train.", "train"),
    ("I was excited about tomorrow.", "excited"),
    ("I bought two balloons for the party tomorrow.", "balloons"),
    ("We wished Grandma a happy birthday.", "grandma"),
    ("I love dogs.", "dogs"),
)


@pytest.mark.parametrize(("text", "said"), WISHED)
def test_wished(text: str, said: str) -> None:
    assert status(text, said) == {"wished"}


@pytest.mark.parametrize(("text", "said"), DONE)
def test_done(text: str, said: str) -> None:
    assert status(text, said) == {"real"}
