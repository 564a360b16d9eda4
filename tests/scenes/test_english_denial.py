"""What an English sentence denies, and what its "not" leaves standing."""

import pytest

from tests.scenes.english_reading import status

DENIED = (
    ("I didn't see a dog at the park.", "dog"),
    ("I never saw a bear in the forest.", "bear"),
    ("There were no cats or dogs at the farm.", "cats"),
    ("There were no cats or dogs at the farm.", "dogs"),
    ("No rain today, just sunshine.", "rain"),
    ("The museum was closed so we went to a cafe instead.", "museum"),
    ("It wasn't raining, so I rode my bike.", "raining"),
    ("There wasn't a cloud in the sky.", "cloud"),
    ("Not a single cloud in the sky!", "cloud"),
    ("It didn't snow after all.", "snow"),
    ("I went out without an umbrella.", "umbrella"),
    ("Without my hat or my gloves I was freezing.", "hat"),
    ("Without my hat or my gloves I was freezing.", "gloves"),
    ("Instead of cake we had watermelon.", "cake"),
    ("I had noodles instead of pizza.", "pizza"),
    ("We took the bus rather than the train.", "train"),
    ("Neither the cat nor the dog came.", "cat"),
    ("Neither the cat nor the dog came.", "dog"),
    ("Nobody brought an umbrella.", "umbrella"),
    ("I hardly ate any pizza.", "pizza"),
    ("We didn't have any pizza, so we ate noodles.", "pizza"),
    ("I have never been to the zoo.", "zoo"),
    ("I don't have a dog.", "dog"),
    ("Mom didn't come.", "mom"),
    ("The bus didn't come so I walked.", "bus"),
    ("The sun didn't come out.", "sun"),
    ("Dad wasn't home.", "dad"),
    ("We couldn't go to the beach.", "beach"),
    ("We weren't at school.", "school"),
    ("I forgot my umbrella.", "umbrella"),
    ("I skipped breakfast and forgot to bring my umbrella.", "umbrella"),
    ("I was too tired to cook.", "cook"),
    ("It was too cold to swim.", "swim"),
    ("The rain stopped and we went out.", "rain"),
    ("It stopped snowing.", "snowing"),
    ("Everyone except Dad ate cake.", "dad"),
    ("The picnic was cancelled.", "picnic"),
    ("I decided not to buy the balloon.", "balloon"),
    ("Minsu was absent.", "minsu"),
    ("The cake was gone when I got home.", "cake"),
    ("It's too hot for soccer.", "soccer"),
    ("I almost cried at the park.", "cried"),
    ("didnt see a dog", "dog"),
    ("I cant swim", "swim"),
    ("I wasn't scared of the dark.", "scared"),
    ("I wanted pizza but there was no pizza left.", "pizza"),
)

STANDING = (
    ("I didn't see a dog at the park.", "park"),
    ("There were no cats at the farm.", "farm"),
    ("I didn't cry at the dentist.", "dentist"),
    ("It didn't rain, so we had a picnic.", "had"),
    ("We didn't go to the pool because it was raining.", "raining"),
    ("The bus didn't come so I walked to school.", "school"),
    ("I didn't eat pizza but I ate noodles.", "noodles"),
    ("I couldn't stop eating the strawberries.", "strawberries"),
    ("I couldn't stop laughing.", "laughing"),
    ("The dog wouldn't stop barking.", "dog"),
    ("I saw not only a dog but also a cat.", "dog"),
    ("I saw not only a dog but also a cat.", "cat"),
    ("I've never seen such a big whale!", "whale"),
    ("I couldn't believe we saw a whale.", "whale"),
    ("I didn't mind the rain.", "rain"),
    ("My brother didn't play soccer.", "brother"),
    ("I wasn't scared of the spider at all.", "spider"),
    ("I couldn't sleep because of the thunder.", "thunder"),
    ("The wind nearly took my hat.", "hat"),
    ("The snow didn't melt.", "snow"),
    ("There was no one at the playground.", "playground"),
    ("I had nothing but noodles.", "noodles"),
    ("The water stopped and we fixed the pipe with Dad.", "dad"),
    ("I couldn't have been happier at the beach.", "beach"),
    ("Not bad: pizza at the beach.", "pizza"),
    ("I'm not tired, just hungry.", "hungry"),
    ("No rain, no clouds, just sun.", "sun"),
    ("I'd never ridden a horse before today.", "horse"),
    ("The beach was empty except for a dog.", "dog"),
    ("I couldn't put down my book.", "book"),
)


@pytest.mark.parametrize(("text", "said"), DENIED)
def test_denied(text: str, said: str) -> None:
    assert status(text, said) == {"denied"} or ("denied" in status(text, said) and said == "pizza")


@pytest.mark.parametrize(("text", "said"), STANDING)
def test_left_standing(text: str, said: str) -> None:
    assert status(text, said) == {"real"}
