"""Noise schedulers by the names people use, one object per drawing. The UNet is not known here."""

from collections.abc import Mapping
from typing import Any

import diffusers
import torch

KINDS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "ddpm": ("DDPMScheduler", {}),
    "ddim": ("DDIMScheduler", {}),
    "pndm": ("PNDMScheduler", {"skip_prk_steps": True}),
    "euler": ("EulerDiscreteScheduler", {}),
    "euler_a": ("EulerAncestralDiscreteScheduler", {}),
    "dpmpp_2m_karras": (
        "DPMSolverMultistepScheduler",
        {"algorithm_type": "dpmsolver++", "solver_order": 2, "use_karras_sigmas": True},
    ),
    "unipc": ("UniPCMultistepScheduler", {}),
    "lcm": ("LCMScheduler", {}),
}
DRAWS_NOISE = frozenset({"ddpm", "euler_a", "lcm"})
NO_SAMPLE_PREDICTION = frozenset({"pndm", "euler_a"})


class DrawingScheduler:
    """One drawing's way from noise to picture.

    Latents are float32, (1, channels, height, width). Each round is `timestep`, `model_input`, one UNet
    prediction, `advance`; `done` after the last. The number of rounds is `steps`, but for "pndm" with
    2 steps, which takes 3: it asks the UNet twice near its first timestep.
    """

    def __init__(self, name: str, config: Mapping[str, Any], steps: int, device: torch.device) -> None:
        class_name, overrides = KINDS[name]
        self._name = name
        self._prediction_type: str = config.get("prediction_type", "epsilon")
        extra = dict(overrides)
        if name in NO_SAMPLE_PREDICTION and self._prediction_type == "sample":
            extra["prediction_type"] = "epsilon"
        if name == "lcm":
            extra["original_inference_steps"] = max(steps, config.get("original_inference_steps", 50))
        self._scheduler: Any = getattr(diffusers, class_name).from_config(dict(config), **extra)
        # PNDM spends one call more than its number of timesteps.
        timesteps = steps - 1 if name == "pndm" and steps > 2 else steps
        self._scheduler.set_timesteps(timesteps, device=device)
        self._timesteps: list[float] = self._scheduler.timesteps.tolist()
        self.step = 0

    @property
    def steps(self) -> int:
        return len(self._timesteps)

    @property
    def done(self) -> bool:
        return self.step >= self.steps

    @property
    def timestep(self) -> float:
        return self._timesteps[self.step]

    @property
    def init_noise_sigma(self) -> float:
        return float(self._scheduler.init_noise_sigma)

    def model_input(self, latents: torch.Tensor) -> torch.Tensor:
        """The latents as the UNet expects them at this step: unit variance, as it was trained."""
        scaled: torch.Tensor = self._scheduler.scale_model_input(
            latents, self._scheduler.timesteps[self.step]
        )
        return scaled

    def advance(
        self,
        prediction: torch.Tensor,
        model_input: torch.Tensor,
        latents: torch.Tensor,
        generator: torch.Generator,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Latents of the next step, and the clean latents that `prediction` amounts to."""
        signal, noise = self._mix()
        if self._prediction_type == "sample":
            clean = prediction
        elif self._prediction_type == "v_prediction":
            clean = signal * model_input - noise * prediction
        else:
            clean = (model_input - noise * prediction) / max(signal, 1e-4)
        if self._prediction_type == "sample" and self._name in NO_SAMPLE_PREDICTION:
            prediction = (model_input - signal * clean) / max(noise, 1e-4)
        options = {"generator": generator} if self._name in DRAWS_NOISE else {}
        stepped = self._scheduler.step(
            prediction, self._scheduler.timesteps[self.step], latents, return_dict=False, **options
        )
        self.step += 1
        return stepped[0], clean

    def _mix(self) -> tuple[float, float]:
        """How much clean picture and how much noise the model input holds; their squares add up to 1."""
        sigmas = getattr(self._scheduler, "sigmas", None)
        if sigmas is not None:
            signal_power = 1.0 / (1.0 + float(sigmas[self.step]) ** 2)
        else:
            signal_power = float(self._scheduler.alphas_cumprod[int(self.timestep)])
        return signal_power**0.5, (1.0 - signal_power) ** 0.5
