"""The starter model's card, in words and measured numbers; nothing is measured here."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from illustration.training import fetch
from illustration.training.judging import GOALS, KINDS
from illustration.training.vocabulary import ACTIONS, GROUPS, PLACES, SUBJECTS

# What the painter's benchmark leaves for the card, beside its figures.
SHEET, MISSED = "sheet.webp", "missed.webp"

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

On scenes composed by the code in `illustration/training`: one of {places} places under a sky by time of day, weather
and season, one to three bodies out of {subjects_count} subjects, people in {actions_count} actions, and a caption of
exactly those words. Most subjects are icons of **Fluent Emoji flat** ({licence}; npm package `{package}` {version},
fetched by the training set-up and checked by its hash, licence text in `LICENSE.fluent-emoji`); people and the rest are
drawn by the same code. The autoencoder also saw the set's other icons. The four styles are image filters over such
scenes. No photograph, no artist's work, no picture of a person and nothing from the web was used.

## How

| stage | steps | minutes | machine |
| --- | --- | --- | --- |
{stages}

Minutes are of training alone; the machines were shared with other work. Seeds: {seeds}.
The round trip through the autoencoder is off by {error:.3f} on average (colours from -1 to 1, scenes it never saw,
plain and in the four styles alike).

- Autoencoder (Deep Compression Autoencoder, Chen et al. 2024): absolute error of colours and of their gradients at
  three scales, latents held near deviation 1, some decoded at half their size (EQ-VAE, Kouzelis et al. 2025). Then the
  decoder alone, with an error of local roughness that keeps strokes and rain.
- Base: squared error of the predicted latents weighted by min(SNR + 1, 8), more at subjects, one caption in ten
  empty, weights averaged.
- Adapters: LoRA on attention and convolutions, min-SNR weighting (Hang et al. 2023).
- Muon throughout (Jordan 2024), the learning rate falling to zero.

To repeat it, `make train-starter`, or on a machine of one's own Python and torch (a CUDA device is used where there is
one; of float32 and bfloat16 the faster is taken):

```sh
python -m illustration.training all --work var/training --out var/training/model
```

A new run comes out alike, not the same: stages end by the clock. They can be stopped or killed and go on from their
last checkpoint; `python -m illustration.training --help` names them.

## What it draws

Captions are phrases joined by commas: subjects, place, weather, time of day, season, as in
`a girl reading and two cats, at home, rainy, evening, autumn`. A style's trigger comes first: `crayon drawing`,
`watercolour painting`, `storybook illustration`, `pixel art`. Use guidance between 3 and 5 and about 20 steps.

{subjects}
- Actions, after a person: {actions}. Counts: {counts}. Relations: {relations}.
- Places: {place_words}.
- Weather: {weathers}. Time: {times}. Season: {seasons}.

## How well it draws

{measured}

## What it does not draw

- Anything else: words outside the list are ignored or pull the picture somewhere arbitrary.
- Moods, clothing by name, counts above three, more than three bodies.
- Fine detail: each 16-pixel square is sixteen numbers, so faces and small things come out rough, thin rain and
  hatching soft; two alike subjects may swap parts.
- Lettering.
{missed}
## Files

`adapters/*.safetensors` are diffusers LoRA files with rank, alpha, trigger and the hash of the UNet they were trained
on in their header. `vocabulary.json` lists the words above. `preview.json` holds the linear map from one latent cell
(scaled, as the UNet sees it) to RGB in -1..1: `latent_rgb_factors` (16 x 3) and `bias` (3). `samples/` shows one
scene in every style, drawn by the model. `StableDiffusionPipeline` loads the folder; as its autoencoder is an
`AutoencoderDC`, ask the pipeline for `output_type="latent"` and decode `latents / vae.config.scaling_factor`.
"""


class Cost(Protocol):
    """What a stage took."""

    @property
    def steps(self) -> int: ...
    @property
    def minutes(self) -> float: ...
    @property
    def machines(self) -> tuple[str, ...]: ...


NOT_MEASURED = """\
Not measured: `vocabulary.json` lists all that it was trained on, drawn well or not. `python -m benchmarks.painter` and
then `python -m illustration.training card` change that."""

MEASURED = """\
A small classifier, trained on composed scenes alone and never on what a model drew, read {pictures} pictures whose
combinations of subject and place no training scene held ({recipe}). Beside each share its own ceiling: the same scenes
composed, not drawn, and sent through the autoencoder.

| | read | ceiling | goal | asked |
| --- | --- | --- | --- | --- |
{shares}

{seconds:.2f} s a picture in company, {machine}. `vocabulary.json` holds the words that passed: asked for
{at_least} times or more and read in {passes:.0%} of those pictures.{trade}

![64 pictures]({sheet})

{named}"""

TRADE = """

Schedulers and steps on the first {pictures} of these pictures:

| scheduler | steps | seconds a picture | subjects | places | weathers |
| --- | --- | --- | --- | --- | --- |
{rows}"""

WORST = """
The pictures in which the most words were missed:

![The worst pictures]({missed})
"""


def share_of(tallies: Mapping[str, tuple[int, int]]) -> float:
    """Right answers of all that was asked, 0..1, of [asked, right] by word; not a number where nothing was asked."""
    asked, right = (sum(tally[index] for tally in tallies.values()) for index in (0, 1))
    return right / asked if asked else float("nan")


def measured_words(found: Mapping[str, Any], named: int | None) -> str:
    """The section on how well it draws. found: what the painter's benchmark wrote; named: pictures of its sheet that
    a person named rightly without their prompts."""
    shares = [
        f"| {kind} | {share_of(found['scores'][kind]):.1%} | {share_of(found['ceilings'][kind]):.1%} |"
        f" {f'{GOALS[kind]:.0%}' if kind in GOALS else ''} |"
        f" {sum(asked for asked, _ in found['scores'][kind].values())} |"
        for kind in KINDS
    ]
    rows = [
        f"| {row['scheduler']} | {row['steps']} | {row['seconds']:.2f} | {row['subjects']:.1%} |"
        f" {row['places']:.1%} | {row['weathers']:.1%} |"
        for row in found.get("trade", ())
    ]
    return MEASURED.format(
        pictures=found["pictures"],
        recipe=found["recipe"],
        shares="\n".join(shares),
        seconds=found["seconds"],
        machine=found["machine"],
        at_least=found["at_least"],
        passes=found["passes"],
        trade=TRADE.format(pictures=found["tried"], rows="\n".join(rows)) if rows else "",
        sheet=SHEET,
        named="Nobody has named these by eye yet." if named is None else f"Named rightly by eye: {named}.",
    )


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def model_card(
    stages: Mapping[str, Cost],
    parameters: Mapping[str, int],
    weight_bytes: int,
    seeds: Mapping[str, int],
    error: float,
    words: Mapping[str, Any],
    measured: Mapping[str, Any] | None = None,
    named: int | None = None,
) -> str:
    """The card in Markdown.

    stages: costs by stage; parameters: counts by part; error: the round trip's; words: the content of its
    vocabulary.json; measured and named: see `measured_words`.
    """
    groups = {name: [word for word in group if word in words["subjects"]] for name, group in GROUPS.items()}
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
            f"| {name} | {cost.steps} | {cost.minutes} | {'; '.join(cost.machines) or 'not noted'} |"
            for name, cost in stages.items()
        ),
        megabytes=weight_bytes / 1e6,
        licence=fetch.LICENCE,
        package=fetch.PACKAGE,
        version=fetch.VERSION,
        seeds=_listed(f"{name} {seed}" for name, seed in seeds.items()),
        error=error,
        places=len(PLACES),
        subjects_count=len(SUBJECTS),
        actions_count=len(ACTIONS),
        subjects="\n".join(
            f"- {name.capitalize()}: {_listed(group)}." for name, group in groups.items() if group
        ),
        actions=_listed(words["actions"].values()),
        counts=_listed(words["counts"].values()),
        relations=_listed(words["relations"].values()),
        place_words=_listed(words["places"]),
        weathers=_listed(words["weathers"]),
        times=_listed(words["times"]),
        seasons=_listed(words["seasons"]),
        measured=measured_words(measured, named) if measured else NOT_MEASURED,
        missed=WORST.format(missed=MISSED) if measured else "",
    )
