"""The styles: LoRA adapters resident in the UNet, chosen row by row. Their trigger words are elsewhere."""

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


class Adapters:
    """All styles of a model, loaded once. Set `rows` before each UNet call."""

    def __init__(self, model: Model, files: Sequence[AdapterFile]) -> None:
        """Load `files` into the model's UNet; EngineUnavailable if one is missing, unfit or idle."""
        self._names = {"": BASE}
        self._row_names: list[str] = []
        self.hashes: dict[str, str] = {}
        for number, file in enumerate(files):
            # A name of our own: PEFT's module names allow no dots and confuse names within names.
            name = f"style_{number}"
            self._load(model, file, name)
            self._names[file.style] = name
            self.hashes[file.style] = digest([Path(file.path)])
        for parameter_name, parameter in model.unet.named_parameters():
            if ".lora_" in parameter_name:
                parameter.data = parameter.data.to(model.unet.device, model.unet.dtype)
        for layer in self._layers(model):
            for file in files:
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

    @staticmethod
    def _load(model: Model, file: AdapterFile, name: str) -> None:
        path = Path(file.path)
        if not path.is_file():
            raise EngineUnavailable("missing_file", f"style {file.style!r}: no file at {path}")
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
                raise EngineUnavailable(
                    "unreadable_model", f"{path} changes the text encoder; only the UNet may be changed"
                )
            # The library looks at the first key alone and drops those that are written in another form.
            state = convert_unet_state_dict_to_peft(state)
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", "Already found a `peft_config`")
                loader.load_lora_into_unet(
                    state, network_alphas=alphas, unet=model.unet, adapter_name=name, metadata=metadata
                )
        except EngineUnavailable:
            raise
        except Exception as error:
            raise EngineUnavailable("unreadable_model", f"{path}: {in_short(error)}") from error
        held = {key.replace(f".{name}.", ".") for key in model.unet.state_dict() if f".{name}." in key}
        idle = [key for key in state if ".lora_" in key and key.removeprefix("unet.") not in held]
        if idle:
            raise EngineUnavailable(
                "adapter_without_effect",
                f"style {file.style!r}: {len(idle)} of {len(state)} weights in {path} fit nothing in"
                f" {model.name}, {idle[0]} for one",
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
            effect = float((drawn(file.style) - base).abs().max())
            if not effect > LEAST_EFFECT * float(base.abs().max()):
                raise EngineUnavailable(
                    "adapter_without_effect",
                    f"style {file.style!r}: {file.path} changes nothing in {model.name}",
                )
