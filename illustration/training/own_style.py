"""A style out of somebody's own pictures: an adapter for any model folder that the engine reads, tried before it is
handed over. Who keeps it and under which name is the caller's."""

import fcntl
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers import DDPMScheduler, UNet2DConditionModel
from numpy.typing import NDArray
from PIL import Image
from safetensors import SafetensorError
from torch import Tensor

from illustration.engine.contract import AdapterFile, Brief, EngineConfig, EngineUnavailable, Picture
from illustration.engine.decoding import decode, to_bytes
from illustration.engine.diffusion import DiffusionEngine
from illustration.engine.families import Family, family_of
from illustration.engine.model import Model, load_model
from illustration.training.adapters import (
    ATTENTION,
    CONVOLUTIONS,
    AdapterPlan,
    Batches,
    base_hash,
    save_adapter,
    train_adapter,
)
from illustration.training.album import Album, fingerprint, read_album
from illustration.training.autoencoder import to_tensor
from illustration.training.base import Base
from illustration.training.comparing import LABELS, comparison
from illustration.training.loop import Budget, Machine, TrainingError, write_atomically
from illustration.training.progress import save_picture
from illustration.training.sampling import sample_latents

EMPTY_CAPTIONS = 0.1
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Order:
    """What to train on and how.

    model: a diffusers folder; images and captions: see `read_album`; sample: what the sample picture shows, a caption
    of the model. rank: of the adapter, its alpha is the same; steps of `batch` views; side: pixels, 0 the model's own
    size; prior: how many pictures of the model itself it must go on drawing as before, 0 none. scheduler,
    drawing_steps, guidance_scale: how before and after are drawn; weight: the adapter's strength there.
    learning_rate 0: 3e-3 for the starter model, 1e-3 for any other.
    """

    name: str
    trigger: str
    model: Path
    images: Path
    sample: str
    scheduler: str
    drawing_steps: int
    guidance_scale: float
    captions: Path | None = None
    rank: int = 12
    steps: int = 400
    batch: int = 4
    side: int = 0
    learning_rate: float = 0.0
    prior: int = 0
    mirrored: bool = True
    weight: float = 1.0
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Trained:
    """An adapter that draws: its file and sheet in the work folder, the sample as it came out, and from which seed."""

    file: Path
    sheet: Path
    sample: Image.Image
    prompt: str
    seed: int
    model_hash: str
    adapter_hash: str
    pictures: int


def train_style(
    order: Order,
    work: Path,
    *,
    machine: Machine,
    words_of: Callable[[str], str] = str,
    say: Callable[[str], None] = print,
) -> Trained:
    """Train the ordered style, from its checkpoint in `work` where there is one, and draw with it.

    1. Read and check the pictures, and encode them.
    2. Train the adapter beside the frozen model, as the house styles are trained.
    3. Load it by the product's own engine, and draw the same scenes without and with it.

    words_of: see `read_album`. The checkpoint belongs to these pictures, this model, this rank and rate: with
    others, training begins anew. Raises TrainingError, whose message is one line for the person who ordered it.
    """
    family = family_of(order.model)
    side = order.side or family.size
    try:
        with _alone(work):
            album = read_album(
                order.images, side=side, captions=order.captions, mirrored=order.mirrored, words_of=words_of
            )
            say(f"{album.pictures} pictures, {len(album.views)} views of {side} pixels")
            file = _train(order, family, album, work, machine, say)
            return _try_out(order, side, album, file, machine, say)
    except EngineUnavailable as error:
        raise TrainingError(error.detail) from error
    except RuntimeError as error:
        # The CPU's allocator says so in words only.
        if isinstance(error, torch.OutOfMemoryError) or "can't allocate memory" in str(error):
            raise TrainingError(
                f"{machine.device} has too little memory: try a smaller --batch or --resolution"
            ) from error
        raise
    except (OSError, SafetensorError) as error:
        raise TrainingError(f"{work} cannot be written: {error}") from error


@contextmanager
def _alone(work: Path) -> Iterator[None]:
    work.mkdir(parents=True, exist_ok=True)
    with (work / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TrainingError(f"this style is being trained already, in {work}") from None
        yield


def _train(
    order: Order, family: Family, album: Album, work: Path, machine: Machine, say: Callable[[str], None]
) -> Path:
    """The adapter's file."""
    model = load_model(str(order.model), machine.device, torch.float32)
    _check_side(model, album)
    parts = Base(model.unet, model.words.text_encoder, model.words.tokenizer)
    # A tokenizer saved without its limit would pad captions to an astronomical length.
    parts.tokenizer.model_max_length = model.words.max_tokens
    noise = DDPMScheduler.from_config(dict(model.scheduler_config))
    own = family.name == "starter"
    layers = (*ATTENTION, *CONVOLUTIONS) if own else ATTENTION
    rate = order.learning_rate or (3e-3 if own else 1e-3)
    # The rate as well: what too high a one has spoilt must not be gone on from.
    mark = fingerprint(album, base_hash(model.unet), order.trigger, order.rank, layers, order.prior, rate)
    latents = latents_of(model.vae, album.views, machine)
    prior = None
    if order.prior:
        say(f"drawing {order.prior} pictures of the model itself, to hold it to them")
        prior = _prior(order, album, parts, noise, work / f"prior-{mark}.pt", machine)
    shown = _shown(order, album)

    def show(unet: UNet2DConditionModel) -> Image.Image:
        return _drawn_now(Base(unet, parts.text_encoder, parts.tokenizer), model, shown, noise, machine)

    if not own:
        model.unet.enable_gradient_checkpointing()
    train_adapter(
        model.unet,
        parts.text_encoder,
        parts.tokenizer,
        _batches(latents, album.captions, order, trigger=order.trigger),
        AdapterPlan(
            rank=order.rank,
            alpha=float(order.rank),
            layers=layers,
            subject_weight=1.0,
            seed=order.seed,
            budget=Budget(
                minutes=0,
                learning_rate=rate,
                steps=order.steps,
                warm_up_steps=20,
                average=0.98,
                checkpoint_seconds=60,
                sheet_seconds=300,
            ),
        ),
        machine=machine,
        checkpoint=work / f"adapter-{mark}.pt",
        scheduler=noise,
        prior=prior,
        show=show,
        say=say,
    )
    file = work / f"{order.name}.safetensors"
    notes = {"trigger": order.trigger, "base": model.name, "pictures": str(album.pictures)}
    save_adapter(model.unet, file, notes=notes)
    # Written readable for their owner alone; the site's workers may run as somebody else.
    file.chmod(0o644)
    return file


def _check_side(model: Model, album: Album) -> None:
    step = model.pixels_per_latent * 2 ** (len(model.unet.config["down_block_types"]) - 1)
    side = album.views.shape[1]
    if side % step:
        raise TrainingError(f"{side} pixels do not suit {model.name}: take a multiple of {step}")


@torch.no_grad()
def latents_of(vae: Any, views: NDArray[Any], machine: Machine, *, batch: int = 4) -> Tensor:
    """Latents of pictures uint8 (n, h, w, 3), scaled as the UNet sees them: float32 on the CPU.

    The counterpart of `engine.decoding.decode`, for the same autoencoders. TrainingError where they are no numbers.
    """
    found = []
    for start in range(0, len(views), batch):
        encoded = vae.encode(to_tensor(views[start : start + batch], machine), return_dict=False)[0]
        # Stable Diffusion's autoencoder gives a distribution, the others the latents themselves.
        found.append((encoded if isinstance(encoded, Tensor) else encoded.mode()).float().cpu())
    latents = (torch.cat(found) - (vae.config.get("shift_factor") or 0.0)) * vae.config.scaling_factor
    if not bool(torch.isfinite(latents).all()):
        raise TrainingError("the model's autoencoder puts out no numbers for these pictures")
    return latents


def _batches(latents: Tensor, captions: Sequence[str], order: Order, *, trigger: str) -> Batches:
    """Views picked by step alone, their captions led by the trigger, some of them empty as guidance needs it."""

    def batch(step: int) -> tuple[Tensor, Tensor, Sequence[str]]:
        rng = random.Random(f"{order.seed}/{trigger}/{step}")
        picked = [rng.randrange(len(latents)) for _ in range(order.batch)]
        said = ["" if rng.random() < EMPTY_CAPTIONS else joined(trigger, captions[index]) for index in picked]
        chosen = latents[picked]
        return chosen, torch.zeros(len(picked), 1, *chosen.shape[2:]), said

    return batch


def joined(trigger: str, caption: str) -> str:
    """A caption led by a style's trigger words; either may be empty."""
    return ", ".join(part for part in (trigger, caption) if part)


def _prior(
    order: Order, album: Album, parts: Base, noise: DDPMScheduler, path: Path, machine: Machine
) -> Batches:
    """Pictures that the model draws itself, of the same captions without the trigger."""
    captions = list(dict.fromkeys(album.captions))
    captions = [captions[index % len(captions)] for index in range(order.prior)]
    if not path.exists():
        found = [
            sample_latents(
                parts,
                captions[start : start + order.batch],
                machine=machine,
                seed=order.seed + start,
                steps=order.drawing_steps,
                guidance=order.guidance_scale,
                noise=noise,
            )
            for start in range(0, len(captions), order.batch)
        ]
        write_atomically(path, torch.cat(found))
    return _batches(torch.load(path, weights_only=True), captions, order, trigger="")


def _shown(order: Order, album: Album) -> list[str]:
    """What before and after show: the sample's scene and some of the album's."""
    return [joined(order.trigger, said) for said in dict.fromkeys((order.sample, *album.captions))][:SHOWN]


def _drawn_now(
    parts: Base, model: Model, captions: Sequence[str], noise: DDPMScheduler, machine: Machine
) -> Image.Image:
    parts.unet.eval()
    latents = sample_latents(parts, captions, machine=machine, steps=12, noise=noise)
    pictures = []
    for each in latents:
        pixels = decode(model.vae, each[None].to(machine.device))[0]
        size = pixels.shape[2], pixels.shape[1]
        pictures.append(Image.frombytes("RGB", size, to_bytes(pixels)))
    return comparison({"": pictures})


def _try_out(
    order: Order, side: int, album: Album, file: Path, machine: Machine, say: Callable[[str], None]
) -> Trained:
    """Draw without and with the adapter, by the engine that will draw with it."""
    say("drawing before and after")
    adapter = AdapterFile(order.name, str(file), order.trigger, order.weight)
    engine = DiffusionEngine(
        EngineConfig(
            str(order.model), (adapter,), device=str(machine.device), dtype=_engine_dtype(machine), capacity=2
        )
    )
    if why := engine.unfit_styles.get(order.name):
        raise TrainingError(f"the trained style cannot be used: {why}")
    briefs = [
        Brief(
            key=f"{style}/{number}",
            phrases=tuple(caption.split(", ")),
            negative_prompt="",
            style=style,
            seed=order.seed + number,
            scheduler=order.scheduler,
            steps=order.drawing_steps,
            guidance_scale=order.guidance_scale,
            width=side,
            height=side,
        )
        for style in ("", order.name)
        for number, caption in enumerate(_shown(order, album))
    ]
    drawn = _draw(engine, briefs)
    rows = {LABELS[0]: [Image.fromarray(album.views[first]) for first in album.firsts[: len(briefs) // 2]]}
    for label, style in zip(LABELS[1:], ("", order.name), strict=True):
        rows[label] = [_image(drawn[f"{style}/{number}"]) for number in range(len(briefs) // 2)]
    sheet = file.with_name(f"{order.name}-before-after.png")
    save_picture(comparison(rows), sheet)
    sample = drawn[f"{order.name}/0"]
    return Trained(
        file=file,
        sheet=sheet,
        sample=_image(sample),
        prompt=sample.prompt,
        seed=sample.seed,
        model_hash=engine.model_hash,
        adapter_hash=engine.adapter_hashes[order.name],
        pictures=album.pictures,
    )


def _engine_dtype(machine: Machine) -> str:
    return "auto" if machine.device.type == "cuda" else "float32"


def _draw(engine: DiffusionEngine, briefs: Sequence[Brief]) -> Mapping[str, Picture]:
    waiting, found = list(briefs), {}
    while waiting or engine.in_hand():
        while waiting and engine.free():
            engine.admit([waiting.pop(0)])
        engine.step()
        for result in engine.finished():
            if not isinstance(result, Picture):
                raise TrainingError(f"the model cannot draw with this style: {result.code}")
            found[result.key] = result
    return found


def _image(picture: Picture) -> Image.Image:
    return Image.frombytes("RGB", (picture.width, picture.height), picture.pixels)
