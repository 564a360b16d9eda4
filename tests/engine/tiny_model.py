"""A Stable Diffusion of the real classes, small enough for tests, and four styles for it."""

import json
import shutil
from pathlib import Path

import torch
from diffusers import (
    AutoencoderDC,
    AutoencoderKL,
    AutoencoderTiny,
    PNDMScheduler,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from diffusers.utils import convert_state_dict_to_diffusers
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from illustration.engine.contract import AdapterFile, Brief, EngineConfig

STYLES = ("crayon", "watercolour", "storybook", "pixel")
WORDS = ("a", "girl", "dog", "at", "the", "beach", "sunny", "day", "crayon", "drawing", "and", ",")
MAX_TOKENS = 16
WIDTH = 32


def save_tokenizer(folder: Path) -> None:
    """A byte-level vocabulary in which each of WORDS is one token, every other letter too."""
    letters = [chr(code) for code in range(ord("!"), ord("~") + 1)]
    vocabulary = [*letters, *(f"{letter}</w>" for letter in letters)]
    merges: list[str] = []
    for word in WORDS:
        pieces = [*word[:-1], f"{word[-1]}</w>"]
        while len(pieces) > 1:
            merges.append(f"{pieces[0]} {pieces[1]}")
            pieces = [pieces[0] + pieces[1], *pieces[2:]]
            vocabulary.append(pieces[0])
    vocabulary = [*dict.fromkeys(vocabulary), "<|startoftext|>", "<|endoftext|>"]
    folder.mkdir(parents=True)
    (folder / "vocab.json").write_text(json.dumps({token: number for number, token in enumerate(vocabulary)}))
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *dict.fromkeys(merges)]) + "\n")


def build_unet(latent_channels: int) -> UNet2DConditionModel:
    unet = UNet2DConditionModel(
        sample_size=8,
        in_channels=latent_channels,
        out_channels=latent_channels,
        block_out_channels=(16, 32),
        layers_per_block=1,
        norm_num_groups=8,
        attention_head_dim=8,
        cross_attention_dim=WIDTH,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
    )
    # An untrained UNet makes much of little: without this, rounding alone would grow past 1e-5 in a few steps.
    unet.conv_out.weight.data *= 0.4
    unet.conv_out.bias.data += torch.linspace(-1, 1, latent_channels)
    return unet


def build_vae(kind: str) -> AutoencoderKL | AutoencoderTiny | AutoencoderDC:
    if kind == "AutoencoderKL":
        return AutoencoderKL(
            block_out_channels=(8, 16),
            down_block_types=("DownEncoderBlock2D",) * 2,
            up_block_types=("UpDecoderBlock2D",) * 2,
            latent_channels=4,
            norm_num_groups=4,
            scaling_factor=0.5,
        )
    if kind == "AutoencoderTiny":
        return AutoencoderTiny(
            encoder_block_out_channels=(8, 8),
            decoder_block_out_channels=(8, 8),
            num_encoder_blocks=(1, 1),
            num_decoder_blocks=(1, 1),
            latent_channels=4,
        )
    return AutoencoderDC(
        latent_channels=8,
        encoder_block_types="ResBlock",
        decoder_block_types="ResBlock",
        encoder_block_out_channels=(8, 16, 16),
        decoder_block_out_channels=(8, 16, 16),
        encoder_layers_per_block=(1, 1, 1),
        decoder_layers_per_block=(1, 1, 1),
        encoder_qkv_multiscales=((), (), ()),
        decoder_qkv_multiscales=((), (), ()),
        scaling_factor=0.7,
    )


def build_model(folder: Path, *, vae: str = "AutoencoderKL", prediction_type: str = "epsilon") -> Path:
    """A model folder as diffusers saves one; the same weights every time."""
    torch.manual_seed(11)
    autoencoder = build_vae(vae)
    save_tokenizer(folder / "words")
    tokenizer = CLIPTokenizer.from_pretrained(folder / "words", model_max_length=MAX_TOKENS)
    shutil.rmtree(folder / "words")
    text_encoder = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=WIDTH,
            intermediate_size=WIDTH,
            num_hidden_layers=2,
            num_attention_heads=2,
            max_position_embeddings=MAX_TOKENS,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
        )
    )
    # Hidden states of the size a trained encoder has, or words would hardly tell.
    torch.nn.init.normal_(text_encoder.get_input_embeddings().weight, std=1.0)
    scheduler = PNDMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        prediction_type=prediction_type,
        skip_prk_steps=True,
        steps_offset=1,
    )
    unet = build_unet(autoencoder.config.latent_channels)
    parts = {
        "unet": unet,
        "vae": autoencoder,
        "text_encoder": text_encoder,
        "tokenizer": tokenizer,
        "scheduler": scheduler,
    }
    index = {}
    for part, component in parts.items():
        component.save_pretrained(folder / part)
        library = "transformers" if part in ("text_encoder", "tokenizer") else "diffusers"
        index[part] = [library, type(component).__name__]
    (folder / "model_index.json").write_text(json.dumps({"_class_name": "StableDiffusionPipeline", **index}))
    # As in the folders that people have: a key of another scheduler's beside the saved one's.
    scheduler_file = folder / "scheduler/scheduler_config.json"
    settings = json.loads(scheduler_file.read_text())
    scheduler_file.write_text(json.dumps({**settings, "clip_sample": False}))
    return folder


def save_adapter(
    path: Path, unet: UNet2DConditionModel, *, seed: int, rank: int = 4, effect: float = 0.05
) -> Path:
    """A LoRA file in diffusers' form; `effect` 0 leaves the UNet as it is."""
    config = LoraConfig(
        r=rank, lora_alpha=rank, target_modules=["to_q", "to_k", "to_v", "to_out.0", "conv1", "conv2"]
    )
    unet.add_adapter(config, adapter_name="learnt")
    generator = torch.Generator().manual_seed(seed)
    for name, weight in unet.named_parameters():
        if "lora_A" in name:
            weight.data = torch.randn(weight.shape, generator=generator) * 0.3
        if "lora_B" in name:
            weight.data = torch.randn(weight.shape, generator=generator) * effect
    state = convert_state_dict_to_diffusers(get_peft_model_state_dict(unet, adapter_name="learnt"))
    StableDiffusionPipeline.save_lora_weights(
        path.parent,
        unet_lora_layers=state,
        weight_name=path.name,
        unet_lora_adapter_metadata=config.to_dict(),
    )
    unet.delete_adapters("learnt")
    return path


def save_styles(folder: Path, model: Path) -> tuple[AdapterFile, ...]:
    unet = UNet2DConditionModel.from_pretrained(model, subfolder="unet")
    return tuple(
        AdapterFile(style, str(save_adapter(folder / f"{style}.safetensors", unet, seed=seed)), style)
        for seed, style in enumerate(STYLES)
    )


def make_config(
    folder: Path, *, vae: str = "AutoencoderKL", prediction_type: str = "epsilon"
) -> EngineConfig:
    model = build_model(folder / "model", vae=vae, prediction_type=prediction_type)
    return EngineConfig(str(model), save_styles(folder / "styles", model), device="cpu", dtype="float32")


def brief(key: str = "one", **changes: object) -> Brief:
    values: dict[str, object] = {
        "phrases": ("a girl and a dog", "at the beach", "sunny"),
        "negative_prompt": "",
        "style": "",
        "seed": 7,
        "guidance_scale": 2.0,
        "steps": 4,
        "width": 16,
        "height": 16,
    }
    return Brief(key=key, **{**values, **changes})  # type: ignore[arg-type]
