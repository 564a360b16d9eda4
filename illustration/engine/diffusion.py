"""The engine on diffusers' parts: drawings of any style, scheduler and length share each UNet call."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch

from illustration.engine.adapters import Adapters
from illustration.engine.contract import (
    MAX_GUIDANCE_SCALE,
    MAX_SEED,
    MAX_STEPS,
    SCHEDULERS,
    Brief,
    EngineConfig,
    EngineLost,
    EngineUnavailable,
    Failure,
    FailureCode,
    Picture,
    Preview,
    Progress,
)
from illustration.engine.decoding import decode, to_bytes
from illustration.engine.model import load_model
from illustration.engine.precision import choose_device, choose_dtype
from illustration.engine.schedulers import DrawingScheduler
from illustration.engine.screening import screen

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Drawing:
    """A picture in the making. Everything that shapes it is its own, so company cannot change it."""

    brief: Brief
    prompt: str
    states: torch.Tensor  # (1 or 2, tokens, width): the negative prompt's first, where guidance is on
    scheduler: DrawingScheduler
    generator: torch.Generator
    latents: torch.Tensor  # (1, channels, height, width), float32
    admitted: float
    text_seconds: float
    denoise_seconds: float = 0.0
    clean: torch.Tensor | None = None

    @property
    def rows(self) -> int:
        return self.states.shape[0]


class DiffusionEngine:
    """See contract.Engine."""

    def __init__(self, config: EngineConfig) -> None:
        device = choose_device(config.device)
        dtype = choose_dtype(config.dtype, device)
        self._model = load_model(config.model_path, device, dtype)
        self._adapters = Adapters(self._model, config.adapters)
        self._device = device
        self._dtype = dtype
        self._capacity = config.capacity
        self._drawings: dict[str, Drawing] = {}
        self._results: dict[str, Picture | Failure] = {}
        self._check_decoder()

    @property
    def device(self) -> str:
        return str(self._device)

    @property
    def dtype(self) -> str:
        return str(self._dtype).removeprefix("torch.")

    @property
    def model_name(self) -> str:
        return self._model.name

    @property
    def model_hash(self) -> str:
        return self._model.digest

    @property
    def adapter_hashes(self) -> Mapping[str, str]:
        return self._adapters.hashes

    @property
    def unfit_styles(self) -> Mapping[str, str]:
        return self._adapters.unfit

    @property
    def capacity(self) -> int:
        return self._capacity

    @property
    def size_step(self) -> int:
        return self._model.pixels_per_latent

    def free(self) -> int:
        return max(0, self._capacity - len(self._drawings))

    def in_hand(self) -> frozenset[str]:
        return frozenset(self._drawings)

    def admit(self, briefs: Sequence[Brief]) -> None:
        for brief in briefs:
            self.drop(brief.key)
            refusal = self._refusal(brief)
            if refusal:
                self._fail(brief.key, refusal)
                continue
            try:
                with torch.inference_mode():
                    drawing = self._begin(brief)
            except Exception as error:
                self._fail(brief.key, self._code_of(error))
            else:
                if drawing is None:
                    self._fail(brief.key, "prompt_too_long")
                else:
                    self._drawings[brief.key] = drawing

    def step(self) -> Sequence[Progress]:
        progress: list[Progress] = []
        with torch.inference_mode():
            for company in self._companies():
                progress += self._step_company(company)
            for drawing in [drawing for drawing in self._drawings.values() if drawing.scheduler.done]:
                self._finish(drawing)
        return progress

    def finished(self) -> Sequence[Picture | Failure]:
        results = list(self._results.values())
        self._results.clear()
        return results

    def drop(self, key: str) -> None:
        self._drawings.pop(key, None)
        self._results.pop(key, None)

    def preview(self, key: str) -> Preview | None:
        drawing = self._drawings.get(key)
        matrix = self._model.preview_matrix
        if drawing is None or drawing.clean is None or matrix is None:
            return None
        pixels = matrix.pixels(drawing.clean)
        return Preview(width=pixels.shape[2], height=pixels.shape[1], pixels=to_bytes(pixels))

    def _check_decoder(self) -> None:
        """A number type can be wide enough for the UNet and too narrow for the autoencoder."""
        with torch.inference_mode():
            pixels = decode(self._model.vae, self._model.probe()[0])
        if not bool(torch.isfinite(pixels).all()):
            raise EngineUnavailable(
                "unfit_dtype",
                f"the autoencoder of {self._model.name} puts out no numbers in {self._model.vae.dtype}",
            )

    def _refusal(self, brief: Brief) -> FailureCode | None:
        if self.free() == 0:
            return "over_capacity"
        if brief.style not in self._adapters:
            return "unknown_style"
        if brief.scheduler not in SCHEDULERS:
            return "unknown_scheduler"
        fit = (
            1 <= brief.steps <= MAX_STEPS
            and 1.0 <= brief.guidance_scale <= MAX_GUIDANCE_SCALE
            and 0 <= brief.seed <= MAX_SEED
            and all(side > 0 and side % self.size_step == 0 for side in (brief.width, brief.height))
        )
        return None if fit else "bad_brief"

    def _begin(self, brief: Brief) -> Drawing | None:
        """The drawing before its first step; None if its first phrase does not fit."""
        admitted = time.perf_counter()
        words = self._model.words
        prompt = words.fit(brief.phrases)
        if prompt is None:
            return None
        texts = [prompt] if brief.guidance_scale == 1 else [brief.negative_prompt, prompt]
        states = torch.cat([words.encode(text) for text in texts])
        text_seconds = time.perf_counter() - admitted
        scheduler = DrawingScheduler(brief.scheduler, self._model.scheduler_config, brief.steps, self._device)
        # On the CPU, so that a seed means the same picture on every device and in any company.
        generator = torch.Generator("cpu").manual_seed(brief.seed)
        shape = (
            1,
            self._model.unet.config.in_channels,
            brief.height // self.size_step,
            brief.width // self.size_step,
        )
        noise = torch.randn(shape, generator=generator).to(self._device)
        return Drawing(
            brief=brief,
            prompt=prompt,
            states=states,
            scheduler=scheduler,
            generator=generator,
            latents=noise * scheduler.init_noise_sigma,
            admitted=admitted,
            text_seconds=text_seconds,
        )

    def _companies(self) -> Iterator[list[Drawing]]:
        """Drawings that fit one UNet call: those of one size."""
        by_size: dict[torch.Size, list[Drawing]] = {}
        for drawing in self._drawings.values():
            by_size.setdefault(drawing.latents.shape, []).append(drawing)
        yield from by_size.values()

    def _step_company(self, company: Sequence[Drawing]) -> list[Progress]:
        began = time.perf_counter()
        try:
            inputs = [drawing.scheduler.model_input(drawing.latents) for drawing in company]
            predictions = self._predict(company, inputs)
        except Exception as error:
            code = self._code_of(error)
            for drawing in company:
                self._fail(drawing.brief.key, code)
            return []
        progress = []
        for drawing, model_input, prediction in zip(company, inputs, predictions, strict=True):
            scheduler = drawing.scheduler
            try:
                drawing.latents, drawing.clean = scheduler.advance(
                    prediction, model_input, drawing.latents, drawing.generator
                )
            except Exception as error:
                self._fail(drawing.brief.key, self._code_of(error))
                continue
            progress.append(Progress(drawing.brief.key, step=scheduler.step, steps=scheduler.steps))
        if self._device.type == "cuda":
            # Or progress would run ahead of the device, and the decoder be charged for the steps.
            torch.cuda.synchronize(self._device)
        seconds = time.perf_counter() - began
        for drawing in company:
            drawing.denoise_seconds += seconds
        return progress

    def _predict(self, company: Sequence[Drawing], inputs: Sequence[torch.Tensor]) -> list[torch.Tensor]:
        """One UNet call for all rows; each drawing's guided prediction in float32."""
        rows = [drawing.rows for drawing in company]
        latents = torch.cat(
            [model_input.repeat(n, 1, 1, 1) for model_input, n in zip(inputs, rows, strict=True)]
        )
        timesteps = torch.tensor(
            [drawing.scheduler.timestep for drawing, n in zip(company, rows, strict=True) for _ in range(n)],
            dtype=torch.float32,
            device=self._device,
        )
        self._adapters.set_rows(
            [drawing.brief.style for drawing, n in zip(company, rows, strict=True) for _ in range(n)]
        )
        output: torch.Tensor = self._model.unet(
            latents.to(self._dtype),
            timesteps,
            torch.cat([drawing.states for drawing in company]),
            return_dict=False,
        )[0]
        return [
            _guided(own, drawing.brief.guidance_scale)
            for drawing, own in zip(company, torch.split(output.float(), rows), strict=True)
        ]

    def _finish(self, drawing: Drawing) -> None:
        brief = drawing.brief
        began = time.perf_counter()
        try:
            pixels = decode(self._model.vae, drawing.latents)[0]
            verdict = screen(pixels)
            picture = to_bytes(pixels)
        except Exception as error:
            self._fail(brief.key, self._code_of(error))
            return
        if verdict:
            self._fail(brief.key, verdict)
            return
        ended = time.perf_counter()
        spent = {
            "text": drawing.text_seconds,
            "denoise": drawing.denoise_seconds,
            "decode": ended - began,
        }
        waited = ended - drawing.admitted - sum(spent.values())
        del self._drawings[brief.key]
        self._results[brief.key] = Picture(
            key=brief.key,
            pixels=picture,
            width=brief.width,
            height=brief.height,
            seed=brief.seed,
            prompt=drawing.prompt,
            timings={**spent, "waited": max(0.0, waited)},
        )

    def _fail(self, key: str, code: FailureCode) -> None:
        self._drawings.pop(key, None)
        self._results[key] = Failure(key, code)

    def _code_of(self, error: Exception) -> FailureCode:
        """What went wrong, for the drawings that it hit; EngineLost if the device went with it."""
        # The CPU's allocator says so in words only.
        if isinstance(error, torch.OutOfMemoryError) or "can't allocate memory" in str(error):
            if self._device.type == "cuda":
                torch.cuda.empty_cache()
            return "out_of_memory"
        if isinstance(error, torch.AcceleratorError) or "CUDA error" in str(error):
            raise EngineLost(f"{self._device} no longer answers") from error
        # The type and place alone: a message could quote the words of a prompt.
        trace = error.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
        logger.error("a drawing failed: %s at %s", type(error).__name__, place)
        return "engine_failed"


def _guided(rows: torch.Tensor, guidance_scale: float) -> torch.Tensor:
    """Classifier-free guidance over (without, with the prompt); a single row is as it is."""
    if rows.shape[0] == 1:
        return rows
    without, prompted = rows[:1], rows[1:]
    return without + guidance_scale * (prompted - without)
