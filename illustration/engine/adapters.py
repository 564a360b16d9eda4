"""The styles: LoRA adapters resident in the UNet, chosen row by row. Their trigger words are elsewhere."""

import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from diffusers.loaders import StableDiffusionLoraLoaderMixin
from diffusers.utils import convert_unet_state_dict_to_peft
from peft.tuners.lora import LoraLayer

from illustration.engine.contract import AdapterFile, EngineUnavailable
from illustration.engine.model import Model, digest, in_short

BASE = "__base__"  # PEFT's name for rows that no adapter touches
LEAST_EFFECT = 1e-6  # of the largest value that the UNet puts out


# What PEFT itself writes, which the loader of diffusers does not read.
PEFT_PREFIX, PEFT_SETTINGS = "base_model.model.", "adapter_config.json"


class UnfitStyle(Exception):
    """A style's file cannot be used with this model; the message says why, for the operator."""


def _peft_settings(path: Path) -> dict[str, Any]:
    """Rank, alpha and layers as diffusers keeps them in a file's own header."""
    if not path.is_file():
        raise UnfitStyle(
            f"PEFT's {path.name}, which tells how strong the adapter is, is not beside it: {path}"
        )
    settings: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {f"unet.{name}": value for name, value in settings.items()}


class Adapters:
    """All styles of a model, loaded once. Set `rows` before each UNet call."""

    def __init__(self, model: Model, files: Sequence[AdapterFile]) -> None:
        """Load `files` into the model's UNet, leaving out those that are missing, unfit or idle.

        EngineUnavailable where the UNet itself puts out no numbers.
        """
        self._names = {"": BASE}
        self._row_names: list[str] = []
        self.hashes: dict[str, str] = {}
        self.unfit: dict[str, str] = {}
        for number, file in enumerate(files):
            # A name of our own: PEFT's module names allow no dots and confuse names within names.
            name = f"style_{number}"
            try:
                self._load(model, file, name)
                self.hashes[file.style] = digest([Path(file.path)])
            except UnfitStyle as error:
                self._leave_out(model, file.style, name, error)
            else:
                self._names[file.style] = name
        for parameter_name, parameter in model.unet.named_parameters():
            if ".lora_" in parameter_name:
                parameter.data = parameter.data.to(model.unet.device, model.unet.dtype)
        for layer in self._layers(model):
            for file in files:
                if file.style in self._names:
                    layer.set_scale(self._names[file.style], file.weight)
            layer.register_forward_pre_hook(self._name_rows, with_kwargs=True)
        model.unet.requires_grad_(False).eval()
        self._check(model, files)

    def __contains__(self, style: str) -> bool:
        return style in self._names

    def set_rows(self, styles: Sequence[str]) -> None:
        """The style of each row of the UNet calls that follow."""
        self._row_names = [self._names[style] for style in styles]

    def _name_rows(
        self, layer: torch.nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        return args, {**kwargs, "adapter_names": self._row_names}

    @staticmethod
    def _layers(model: Model) -> list[Any]:
        return [module for module in model.unet.modules() if isinstance(module, LoraLayer)]

    def _leave_out(self, model: Model, style: str, name: str, error: UnfitStyle) -> None:
        self._names.pop(style, None)
        self.hashes.pop(style, None)
        self.unfit[style] = str(error)
        if name in getattr(model.unet, "peft_config", {}):
            model.unet.delete_adapters(name)

    @staticmethod
    def _load(model: Model, file: AdapterFile, name: str) -> None:
        path = Path(file.path)
        if not path.is_file():
            raise UnfitStyle(f"no file at {path}")
        loader: Any = StableDiffusionLoraLoaderMixin
        try:
            state, alphas, metadata = loader.lora_state_dict(
                str(path.parent),
                weight_name=path.name,
                use_safetensors=True,
                local_files_only=True,
                return_lora_metadata=True,
            )
            if any(key.startswith("text_encoder.") for key in state):
                raise UnfitStyle(f"{path} changes the text encoder; only the UNet may be changed")
            if any(key.startswith(PEFT_PREFIX) for key in state):
                state = {key.replace(PEFT_PREFIX, "unet.", 1): weight for key, weight in state.items()}
                metadata = _peft_settings(path.with_name(PEFT_SETTINGS))
            # The library looks at the first key alone and drops those that are written in another form.
            state = convert_unet_state_dict_to_peft(state)
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", "Already found a `peft_config`")
                loader.load_lora_into_unet(
                    state, network_alphas=alphas, unet=model.unet, adapter_name=name, metadata=metadata
                )
        except UnfitStyle:
            raise
        except Exception as error:
            raise UnfitStyle(f"{path}: {in_short(error)}") from error
        held = {key.replace(f".{name}.", ".") for key in model.unet.state_dict() if f".{name}." in key}
        idle = [key for key in state if ".lora_" in key and key.removeprefix("unet.") not in held]
        if idle:
            raise UnfitStyle(
                f"{len(idle)} of {len(state)} weights in {path} fit nothing in {model.name}, {idle[0]} for one"
            )

    def _check(self, model: Model, files: Sequence[AdapterFile]) -> None:
        """A file whose keys match nothing only makes the libraries warn; a style must show."""
        latents, timestep, states = model.probe()

        def drawn(style: str) -> torch.Tensor:
            self.set_rows([style])
            with torch.inference_mode():
                output: torch.Tensor = model.unet(latents, timestep, states, return_dict=False)[0]
            return output.float()

        base = drawn("")
        if not bool(torch.isfinite(base).all()):
            raise EngineUnavailable("unfit_dtype", f"{model.name} puts out no numbers in {model.unet.dtype}")
        for file in files:
            if file.style not in self._names:
                continue
            effect = float((drawn(file.style) - base).abs().max())
            if not effect > LEAST_EFFECT * float(base.abs().max()):
                error = UnfitStyle(f"{file.path} changes nothing in {model.name}")
                self._leave_out(model, file.style, self._names[file.style], error)
