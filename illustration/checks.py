"""System checks of the drawing settings; they look at files and never import the engine."""

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register


@register()
def model_folder(**kwargs: object) -> list[CheckMessage]:
    """Warn where the model folder is no diffusers folder: writers can write, but nothing can be drawn."""
    if (settings.MODEL_PATH / "model_index.json").is_file():
        return []
    return [
        Warning(
            f"MODEL_PATH {settings.MODEL_PATH} holds no model_index.json: drawings will wait.",
            hint="Name a diffusers Stable Diffusion folder, or leave MODEL_PATH unset for the starter model.",
            id="illustration.W001",
        )
    ]
