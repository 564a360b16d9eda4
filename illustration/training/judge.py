"""The judge: a small classifier that reads a picture back into the words of a cast, trained on composed scenes alone.

It never sees what a model drew before it is asked to read it. What its readings are worth is `judging.py`'s.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from illustration.training.autoencoder import to_tensor
from illustration.training.casting import draw_cast
from illustration.training.composer import Composer
from illustration.training.filters import STYLES
from illustration.training.loop import Budget, Machine, train
from illustration.training.muon import Muon
from illustration.training.pictures import kept_pictures
from illustration.training.vocabulary import (
    ACTIONS,
    PLACES,
    RELATIONS,
    SEASONS,
    SUBJECTS,
    TIMES,
    WEATHERS,
    Cast,
)

MOST = 3
# One of each is in every picture; a season may be left untold.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "place": tuple(PLACES),
    "time": TIMES,
    "weather": WEATHERS,
    "season": SEASONS,
    "style": ("", *STYLES),
}
# Any number of each.
SIGNS: Mapping[str, tuple[str, ...]] = {"action": tuple(ACTIONS), "relation": tuple(RELATIONS)}
_SIZES: Mapping[str, int] = {
    "subjects": MOST * len(SUBJECTS),
    **{name: len(words) for name, words in SIGNS.items()},
    **{name: len(words) for name, words in CHOICES.items()},
}
UNTOLD = -100
# Other stages number their scenes too; none of theirs may be this one's.
SEED = "judge"
DrawCast = Callable[[random.Random], Cast]


@dataclass(frozen=True, slots=True)
class JudgePlan:
    """Shape and training of the judge. widths: channels at 64, 32, 16 and 8 cells a side; blocks: how many there.

    shift: pixels at most; blur and noise: the most of each, as a share of a 3 x 3 mean and in colours of -1..1.
    """

    widths: tuple[int, ...] = (48, 96, 192, 256)
    blocks: tuple[int, ...] = (1, 2, 2, 2)
    groups: int = 8
    pictures: int = 16_000
    batch: int = 32
    shift: int = 8
    blur: float = 0.8
    noise: float = 0.06
    seed: int = 1
    budget: Budget = field(default_factory=lambda: Budget(60, 2e-3, average=0.998))


@dataclass(frozen=True, slots=True)
class Reading:
    """What the judge sees in one picture. subjects: how many of each, 1..3; every other word as in a Cast."""

    subjects: Mapping[str, int]
    actions: frozenset[str]
    relations: frozenset[str]
    place: str
    time: str
    weather: str
    season: str
    style: str


class _Block(nn.Module):
    def __init__(self, width: int, groups: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.GroupNorm(groups, width),
            nn.SiLU(),
            nn.Conv2d(width, width, 3, padding=1),
            nn.GroupNorm(groups, width),
            nn.SiLU(),
            nn.Conv2d(width, width, 3, padding=1),
        )

    def forward(self, inputs: Tensor) -> Tensor:
        return inputs + self.body(inputs)  # type: ignore[no-any-return]


class JudgeNetwork(nn.Module):
    """Pictures float (n, 3, h, w) in -1..1 to one logit a word, by head; a subject has three: one, two, three."""

    def __init__(self, plan: JudgePlan) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        before = 3
        for level, (width, blocks) in enumerate(zip(plan.widths, plan.blocks, strict=True)):
            step = 2 if level else 4
            layers.append(nn.Conv2d(before, width, step, stride=step))
            layers += [_Block(width, plan.groups) for _ in range(blocks)]
            before = width
        self.body = nn.Sequential(*layers, nn.GroupNorm(plan.groups, before), nn.SiLU())
        self.head = nn.Linear(2 * before, sum(_SIZES.values()))
        with torch.no_grad():
            # Nearly every subject is absent from nearly every picture.
            self.head.bias.zero_()
            self.head.bias[: _SIZES["subjects"]] = -4.0

    def forward(self, pictures: Tensor) -> dict[str, Tensor]:
        found = self.body(pictures)
        # The largest answer says that something is there, the mean how much of it.
        pooled = torch.cat([found.mean(dim=(2, 3)), found.amax(dim=(2, 3))], dim=1)
        parts = self.head(pooled).split(list(_SIZES.values()), dim=1)
        return dict(zip(_SIZES, parts, strict=True))


def any_cast(rng: random.Random) -> Cast:
    """A scene for the judge to learn from: of held-out pairs about as often as chance has them.

    Of held-out pairs alone, a judge would learn which subjects a place may hold and read them from the place.
    """
    return draw_cast(rng, kept_out=rng.random() < 1 / 8)


def counted(cast: Cast) -> dict[str, int]:
    """How many of each subject the scene shows, three at most."""
    found: dict[str, int] = {}
    for member in cast.members:
        found[member.subject] = min(MOST, found.get(member.subject, 0) + member.count)
        if member.other:
            found[member.other] = min(MOST, found.get(member.other, 0) + 1)
    return found


def targets(casts: Sequence[Cast], styles: Sequence[str]) -> dict[str, Tensor]:
    """What the network should say of the scenes: floats (n, words) for subjects and signs, int64 (n,) for choices."""
    found = {name: torch.zeros(len(casts), _SIZES[name]) for name in ("subjects", *SIGNS)}
    chosen: dict[str, list[int]] = {name: [] for name in CHOICES}
    for row, (cast, style) in enumerate(zip(casts, styles, strict=True)):
        for word, count in counted(cast).items():
            first = MOST * SUBJECTS.index(word)
            found["subjects"][row, first : first + count] = 1
        for member in cast.members:
            for name, word in (("action", member.action), ("relation", member.relation)):
                if word:
                    found[name][row, SIGNS[name].index(word)] = 1
        said = {
            "place": cast.place,
            "time": cast.time,
            "weather": cast.weather,
            "season": cast.season,
            "style": style,
        }
        for name, words in CHOICES.items():
            told = name == "style" or said[name]
            chosen[name].append(words.index(said[name]) if told else UNTOLD)
    return found | {name: torch.tensor(numbers) for name, numbers in chosen.items()}


def judge_loss(logits: Mapping[str, Tensor], wanted: Mapping[str, Tensor]) -> Tensor:
    """The sum of all heads' cross-entropies, a picture's mean; a season that was not told counts nothing."""
    total = torch.zeros((), device=logits["subjects"].device)
    for name in ("subjects", *SIGNS):
        found = functional.binary_cross_entropy_with_logits(
            logits[name].float(), wanted[name], reduction="sum"
        )
        total = total + found / len(wanted[name])
    for name in CHOICES:
        told = wanted[name] != UNTOLD
        if told.any():
            total = total + functional.cross_entropy(logits[name].float()[told], wanted[name][told])
    return total


def roughened(pictures: Tensor, plan: JudgePlan, generator: torch.Generator) -> Tensor:
    """Pictures (n, 3, h, w) mirrored, shifted, blurred and made noisy by chance, a little: a painter is not exact."""
    many = len(pictures)
    mirrored = torch.rand(many, 1, 1, 1, generator=generator) < 0.5
    found = torch.where(mirrored.to(pictures.device), pictures.flip(3), pictures)
    if plan.shift:
        high, wide = pictures.shape[2:]
        padded = functional.pad(found, (plan.shift,) * 4, mode="replicate")
        corners = torch.randint(0, 2 * plan.shift + 1, (many, 2), generator=generator).tolist()
        found = torch.stack(
            [padded[row, :, y : y + high, x : x + wide] for row, (y, x) in enumerate(corners)]
        )
    blur = (torch.rand(many, 1, 1, 1, generator=generator) * plan.blur).to(pictures.device)
    found = found.lerp(functional.avg_pool2d(found, 3, 1, 1, count_include_pad=False), blur)
    noise = torch.rand(many, 1, 1, 1, generator=generator) * plan.noise
    return found + (torch.randn(found.shape, generator=generator) * noise).to(pictures.device)


def labelled(index: int, seed: int, cast_of: DrawCast = any_cast) -> tuple[Cast, str, random.Random]:
    """The judge's scene of that number: its cast, its style ("" for none) and the generator that composes it."""
    rng = random.Random(f"{SEED}/{seed}/{index}")
    return cast_of(rng), rng.choice(CHOICES["style"]), rng


def composed(composer: Composer, index: int, seed: int, cast_of: DrawCast = any_cast) -> NDArray[np.uint8]:
    """The picture of that scene, uint8 (256, 256, 3)."""
    cast, style, rng = labelled(index, seed, cast_of)
    pixels = composer.compose(cast, rng).pixels
    return STYLES[style](pixels, rng) if style else pixels


def train_judge(
    composer: Composer,
    plan: JudgePlan,
    *,
    machine: Machine,
    checkpoint: Path,
    cast_of: DrawCast = any_cast,
    stop_after: int | None = None,
    say: Callable[[str], None] = print,
) -> "Judge":
    """Compose the judge's scenes beside the checkpoint, once, and train on them; resumes both. No model is asked.

    cast_of: what the scenes show, any of the vocabulary's words without; must draw from the generator alone.
    """
    path = checkpoint.with_name(f"{checkpoint.stem}-pictures-{plan.pictures}-{plan.seed}.npy")
    pictures = kept_pictures(
        path, plan.pictures, lambda index: composed(composer, index, plan.seed, cast_of), "compose"
    )
    labels = [labelled(index, plan.seed, cast_of)[:2] for index in range(plan.pictures)]
    torch.manual_seed(plan.seed)
    network = JudgeNetwork(plan).to(machine.device, memory_format=torch.channels_last)
    optimizer = Muon([network], lr=plan.budget.learning_rate, dtype=machine.dtype)

    def loss_at(step: int, done: float) -> Tensor:
        generator = torch.Generator().manual_seed(plan.seed * 1_000_003 + step)
        chosen = torch.randint(0, plan.pictures, (plan.batch,), generator=generator).tolist()
        shown = to_tensor(np.stack([pictures[index] for index in chosen]), machine)
        wanted = targets([labels[index][0] for index in chosen], [labels[index][1] for index in chosen])
        with machine.autocast():
            logits = network(roughened(shown, plan, generator))
        return judge_loss(logits, {name: value.to(machine.device) for name, value in wanted.items()})

    average = train(
        network,
        optimizer,
        loss_at,
        budget=plan.budget,
        checkpoint=checkpoint,
        stop_after=stop_after,
        say=say,
    )
    network.load_state_dict(average)
    return Judge(network.eval(), machine)


@dataclass(slots=True)
class Judge:
    """A trained network that reads pictures."""

    network: JudgeNetwork
    machine: Machine

    @torch.no_grad()
    def read(self, pictures: NDArray[np.uint8], *, batch: int = 32) -> list[Reading]:
        """What is in each of the pictures, uint8 (n, 256, 256, 3)."""
        found: list[Reading] = []
        for start in range(0, len(pictures), batch):
            with self.machine.autocast():
                logits = self.network(to_tensor(pictures[start : start + batch], self.machine))
            answers = {name: value.float().cpu() for name, value in logits.items()}
            rows = len(pictures[start : start + batch])
            found += [_reading({name: value[row] for name, value in answers.items()}) for row in range(rows)]
        return found


def _reading(logits: Mapping[str, Tensor]) -> Reading:
    present = (logits["subjects"].reshape(-1, MOST) > 0).int()
    # Two or three count only where one is seen.
    counts = present.cumprod(dim=1).sum(dim=1).tolist()
    signs = {
        name: frozenset(word for word, logit in zip(words, logits[name].tolist(), strict=True) if logit > 0)
        for name, words in SIGNS.items()
    }
    chosen = {name: words[int(logits[name].argmax())] for name, words in CHOICES.items()}
    subjects = {word: count for word, count in zip(SUBJECTS, counts, strict=True) if count}
    return Reading(subjects, signs["action"], signs["relation"], **chosen)


def load_judge(checkpoint: Path, plan: JudgePlan, machine: Machine) -> Judge:
    """The averaged judge as its checkpoint stands. Raises FileNotFoundError where it was never trained."""
    network = JudgeNetwork(plan)
    network.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=True)["average"])
    return Judge(network.to(machine.device, memory_format=torch.channels_last).eval(), machine)
