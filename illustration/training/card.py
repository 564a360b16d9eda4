"""The starter model's card, in words and measured numbers; nothing is measured here."""

from collections.abc import Mapping

from illustration.training.scenery import PLACES, TIMES, WEATHERS
from illustration.training.sprites import SUBJECTS

CARD = """\
# Starter model

A small latent diffusion model in the form of Stable Diffusion 1.x (CLIP text encoder, UNet with cross-attention,
autoencoder, LoRA adapters), trained from scratch for picture diaries. It lets the site draw on a processor alone,
the moment it is installed; a larger Stable Diffusion 1.x model can take its place at any time.

| part | class | parameters |
| --- | --- | --- |
{parts}

Pictures are 256 x 256, latents 16 x 16 with 16 channels. The UNet predicts the picture itself
(`prediction_type` "sample"). All weights together take {megabytes:.1f} MB as float16.

## What it was trained on

On scenes composed by the code in `illustration/training`: a sky by time of day and weather, one of {places} places,
one to three subjects, and a caption of exactly those words. The subjects are icons of **Fluent Emoji flat**
(Microsoft, MIT licence; npm package `@iconify-json/fluent-emoji-flat`), people standing on bodies drawn by the same
code; the autoencoder also saw the set's other icons. The four styles are image filters over such scenes. No
photograph, no artist's work, no picture of a person and nothing from the web was used.

## How

| stage | steps | minutes |
| --- | --- | --- |
{stages}

Trained on {machine}; the machine was shared with other work.
The round trip through the autoencoder is off by {error:.3f} on average (colours from -1 to 1).

- Autoencoder: absolute error of colours and of their gradients.
- Base: squared error of the predicted latents weighted by min(SNR + 1, 8), three times at subjects, one caption in
  ten empty, weights averaged.
- Adapters: LoRA of rank 8 on attention and convolutions.
- Muon throughout, the learning rate falling to zero.

To repeat it:

```sh
npm pack @iconify-json/fluent-emoji-flat && tar xf iconify-json-fluent-emoji-flat-*.tgz
python -m illustration.training all --work var/training --icons package/icons.json --out illustration/starter
```

A new run comes out alike, not the same: stages end by the clock, and three things changed after the autoencoder of
these weights was trained: the crayon's strokes are wider, the pixel palette has two more blues, and the penalty that
holds latents near deviation 1 looks at its logarithm. The adapters had less time than the five minutes each that
`all` gives them.

Stages can be stopped and go on from their last checkpoint; `python -m illustration.training --help` names them.
A CUDA device is used where there is one.

## What it draws

Captions are these words joined by commas: subjects, place, weather, time of day, as in
`a girl and a dog, at the park, sunny, day`. A style's trigger comes first: `crayon drawing`,
`watercolour painting`, `storybook illustration`, `pixel art`. Use guidance between 3 and 5 and about 20 steps.

- Subjects: {subjects}.
- Places: {place_words}.
- Weather: {weathers}. Time: {times}.

## What it does not draw

- Anything else: words outside the list are ignored or pull the picture somewhere arbitrary.
- Actions, moods, clothing by name, counts above one of a subject, more than three subjects.
- Fine detail: each 16-pixel square is sixteen numbers, so faces and small things come out rough, thin rain and
  hatching soft; two alike subjects may swap parts. People have light skin and black or grey hair alone, because
  the training set varied neither.
- Lettering.

## Files

`adapters/*.safetensors` are diffusers LoRA files with their rank and alpha in the metadata. `vocabulary.json` lists the
words above. `preview.json` holds the linear map from one latent cell (scaled, as the UNet sees it) to RGB in -1..1:
`latent_rgb_factors` (16 x 3) and `bias` (3). `samples/` shows one scene in every style, drawn by the model.
`StableDiffusionPipeline` loads the folder; as its autoencoder is an `AutoencoderDC`, ask the pipeline for
`output_type="latent"` and decode `latents / vae.config.scaling_factor`.
"""


def model_card(
    stages: Mapping[str, Mapping[str, float]],
    parameters: Mapping[str, int],
    weight_bytes: int,
    machine: str,
    error: float,
) -> str:
    """The card in Markdown. stages: steps and minutes by stage; parameters: counts by part; error: the round trip's."""
    classes = {
        "unet": "UNet2DConditionModel",
        "text encoder": "CLIPTextModel",
        "autoencoder": "AutoencoderDC",
    }
    return CARD.format(
        parts="\n".join(
            f"| {name} | {classes[name]} | {count / 1e6:.2f} M |" for name, count in parameters.items()
        ),
        stages="\n".join(
            f"| {name} | {cost['steps']} | {cost['minutes']} |" for name, cost in stages.items()
        ),
        megabytes=weight_bytes / 1e6,
        machine=machine,
        error=error,
        places=len(PLACES),
        subjects=", ".join(SUBJECTS),
        place_words=", ".join(PLACES),
        weathers=", ".join(WEATHERS),
        times=", ".join(TIMES),
    )
