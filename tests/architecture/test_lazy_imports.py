"""The web process stays light: it never loads what only a draw worker needs, and the engine never loads Django."""

import subprocess
import sys

HEAVY = "torch diffusers transformers peft accelerate safetensors kiwipiepy simplemma numpy"
WEB = f"""
import sys
from diarysite.wsgi import application
from django.urls import get_resolver
def names(resolver):
    for pattern in resolver.url_patterns:
        names(pattern) if hasattr(pattern, "url_patterns") else pattern.callback
names(get_resolver())
from diarysite.celery import app
app.loader.import_default_modules()
assert "illustration.tasks.draw_waiting" in app.tasks
print(*sorted(set("{HEAVY}".split()) & set(sys.modules)))
"""
ENGINE = """
import sys
import illustration.engine.diffusion, illustration.scenes
print(*sorted({"django", "celery", "kombu", "redis"} & set(sys.modules)))
"""


def _loaded(program: str) -> list[str]:
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=100)
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


def test_the_web_process_loads_nothing_heavy() -> None:
    assert _loaded(WEB) == [], "these modules leaked into the web process"


def test_the_engine_and_the_scene_reader_load_no_django_and_no_broker() -> None:
    assert _loaded(ENGINE) == [], "these modules leaked into the engine"
