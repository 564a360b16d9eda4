"""Show what the scene reader makes of a text."""

import json
import sys

from django.core.management.base import BaseCommand, CommandParser

from illustration import loader
from illustration.wishes import Wishes


class Command(BaseCommand):
    help = (
        "Read a diary text on standard input and print "
        '{"language", "scene", "asked", "prompt", "negative_prompt"} as JSON.'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--weather", default="", help="the picked icon: sunny, cloudy, rainy, snowy or windy"
        )
        parser.add_argument("--title", default="")
        parser.add_argument("--mood", default="", help="the picked icon: happy, calm, sad and so on")
        parser.add_argument("--keyword", action="append", default=[], help="may be given several times")

    def handle(
        self, *args: object, weather: str, title: str, mood: str, keyword: list[str], **options: object
    ) -> None:
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
        wishes = Wishes(keywords=keyword)
        scene = loader.read(text=text, title=title, weather=weather, mood=mood, wishes=wishes)
        prompt = loader.compose(scene)
        answer = {
            "language": scene.language,
            "scene": scene.to_dict(),
            "asked": prompt.asked,
            "prompt": prompt.prompt,
            "negative_prompt": prompt.negative_prompt,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
