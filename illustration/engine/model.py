"""A diffusers Stable Diffusion 1.x folder read into memory. Adapters and drawing stay out."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import diffusers
import torch
import transformers

from illustration.engine.contract import EngineUnavailable
from illustration.engine.decoding import AUTOENCODERS, PreviewMatrix, load_preview_matrix, pixels_per_latent
from illustration.engine.text import PromptEncoder

HASH_DIGITS = 16
MESSAGE_LENGTH = 300
VARIANTS = (None, "fp16")
# What makes a UNet of another family: SDXL, class labels, image prompts, guidance distilled into the weights.
OTHER_CONDITIONS = ("addition_embed_type", "class_embed_type", "encoder_hid_dim_type", "time_cond_proj_dim")


@dataclass(frozen=True, slots=True)
class Model:
    """The parts a drawing passes through, on one device, ready for inference."""

    name: str
    digest: str
    words: PromptEncoder
    unet: Any
    vae: Any
    scheduler_config: Mapping[str, Any]
    preview_matrix: PreviewMatrix | None

    @property
    def pixels_per_latent(self) -> int:
        return pixels_per_latent(self.vae)

    def probe(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Small fixed inputs of the UNet: latents, timestep, hidden states; the same every time."""
        generator = torch.Generator("cpu").manual_seed(0)
        side = 2 ** len(self.unet.config.down_block_types)
        latents = torch.randn(1, self.unet.config.in_channels, side, side, generator=generator)
        states = torch.randn(
            1, self.words.max_tokens, self.unet.config.cross_attention_dim, generator=generator
        )
        place = {"device": self.unet.device, "dtype": self.unet.dtype}
        return latents.to(**place), torch.tensor([500.0], device=self.unet.device), states.to(**place)


def load_model(path: str, device: torch.device, dtype: torch.dtype) -> Model:
    """Read the folder at `path`, or raise EngineUnavailable naming what is missing or wrong in it."""
    transformers.utils.logging.disable_progress_bar()
    folder = Path(path)
    for name in ("model_index.json", "scheduler/scheduler_config.json"):
        _require(folder / name)
    if not (folder / "tokenizer/tokenizer.json").is_file():
        _require(folder / "tokenizer/vocab.json")
        _require(folder / "tokenizer/merges.txt")
    index = _read_json(folder / "model_index.json")
    classes = {
        "unet": _class(folder, index, "unet", diffusers, ("UNet2DConditionModel",)),
        "vae": _class(folder, index, "vae", diffusers, AUTOENCODERS),
        "text_encoder": _class(folder, index, "text_encoder", transformers, ("CLIPTextModel",)),
    }
    weights: list[Path] = []
    parts: dict[str, Any] = {}
    for part, part_class in classes.items():
        _require(folder / part / "config.json")
        stem = "model" if part == "text_encoder" else "diffusion_pytorch_model"
        variant, files = _weights(folder / part, stem)
        weights += files
        parts[part] = (
            _load_part(part_class, folder / part, variant, dtype).to(device).eval().requires_grad_(False)
        )
    unet, vae = parts["unet"], parts["vae"]
    if dtype == torch.float16 and vae.config.get("force_upcast"):
        vae.to(torch.float32)
    wants = [name for name in OTHER_CONDITIONS if unet.config.get(name) is not None]
    if unet.config.in_channels != vae.config.latent_channels or wants:
        raise EngineUnavailable(
            "unreadable_model", f"{folder}: its UNet wants more than text: {', '.join(wants) or 'a picture'}"
        )
    try:
        tokenizer = transformers.CLIPTokenizer.from_pretrained(folder / "tokenizer", local_files_only=True)
    except Exception as error:
        raise EngineUnavailable("unreadable_model", f"{folder / 'tokenizer'}: {in_short(error)}") from error
    return Model(
        name=folder.resolve().name,
        digest=digest(weights),
        words=PromptEncoder(tokenizer, parts["text_encoder"]),
        unet=unet,
        vae=vae,
        scheduler_config=_read_json(folder / "scheduler/scheduler_config.json"),
        preview_matrix=load_preview_matrix(folder, vae),
    )


def digest(files: Iterable[Path]) -> str:
    """Hex digits that stand for the contents of `files` together, in their order."""
    together = hashlib.sha256()
    for path in files:
        stat = path.stat()
        together.update(_file_digest(path, stat.st_size, stat.st_mtime_ns))
    return together.hexdigest()[:HASH_DIGITS]


@lru_cache(maxsize=64)
def _file_digest(path: Path, size: int, modified: int) -> bytes:
    """`size` and `modified` are there so that a replaced file is read again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def in_short(error: Exception) -> str:
    """The gist of a library's message, which can run over pages."""
    return " ".join(str(error).split())[:MESSAGE_LENGTH] or type(error).__name__


def _require(path: Path) -> None:
    if not path.is_file():
        raise EngineUnavailable("missing_file", f"no file at {path}")


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text())
    except (ValueError, OSError) as error:
        raise EngineUnavailable("unreadable_model", f"{path}: {error}") from error
    return content


def _class(folder: Path, index: Mapping[str, Any], part: str, library: Any, known: tuple[str, ...]) -> Any:
    name = (index.get(part) or [None, None])[1]
    if name not in known:
        raise EngineUnavailable(
            "unreadable_model", f"{folder / 'model_index.json'}: {part} is {name}, not {' or '.join(known)}"
        )
    return getattr(library, name)


def _weights(folder: Path, stem: str) -> tuple[str | None, list[Path]]:
    """The variant to load and its files; only safetensors, which cannot run code."""
    for variant in VARIANTS:
        suffix = f".{variant}" if variant else ""
        whole = folder / f"{stem}{suffix}.safetensors"
        if whole.is_file():
            return variant, [whole]
        shards = folder / f"{stem}.safetensors.index{suffix}.json"
        if shards.is_file():
            files = [folder / name for name in sorted(set(_read_json(shards)["weight_map"].values()))]
            for path in files:
                _require(path)
            return variant, files
    raise EngineUnavailable("missing_file", f"no file at {folder / stem}.safetensors")


def _load_part(part_class: Any, folder: Path, variant: str | None, dtype: torch.dtype) -> Any:
    spoken = diffusers.utils.logging.get_verbosity()
    # Configurations carry keys for other readers, which diffusers warns about as if something were wrong.
    diffusers.utils.logging.set_verbosity_error()
    try:
        part, report = part_class.from_pretrained(
            folder,
            variant=variant,
            dtype=dtype,
            use_safetensors=True,
            local_files_only=True,
            output_loading_info=True,
        )
    except torch.OutOfMemoryError as error:
        raise EngineUnavailable("unfit_device", f"{folder} does not fit into its memory") from error
    except Exception as error:
        raise EngineUnavailable("unreadable_model", f"{folder}: {in_short(error)}") from error
    finally:
        diffusers.utils.logging.set_verbosity(spoken)
    if report["missing_keys"]:
        raise EngineUnavailable(
            "unreadable_model", f"{folder}: weights lack {sorted(report['missing_keys'])[0]} and perhaps more"
        )
    return part
