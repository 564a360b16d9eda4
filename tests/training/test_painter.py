"""The painter's benchmark from end to end, with a model and a judge that learned for two steps."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from benchmarks import painter
from illustration.training.__main__ import run_adapter, run_autoencoder, run_base, run_judge
from illustration.training.composer import Composer
from illustration.training.export import export, write_card
from illustration.training.judge import JudgePlan, composed
from illustration.training.loop import Budget, TrainingError
from illustration.training.workshop import Workshop

OPTIONS = SimpleNamespace(minutes=None, threads=None, style="crayon")
LITTLE = JudgePlan(
    widths=(8, 8, 8, 8), blocks=(0, 0, 0, 1), pictures=4, batch=2, budget=Budget(1, 1e-3, steps=2)
)


def test_it_draws_reads_and_writes(
    shop: Workshop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = replace(shop, judge_plan=LITTLE)
    for run in (run_autoencoder, run_base, run_adapter, run_judge):
        run(shop, OPTIONS)  # type: ignore[arg-type]
    model, out = tmp_path / "model", tmp_path / "painter"
    export(shop, model, sample_steps=1)
    out.mkdir()
    options = painter.read_options(
        [
            *("--model", str(model), "--out", str(out), "--pictures", "4", "--steps", "2", "--trade", "2"),
            *("--try-schedulers", "ddim", "euler", "--try-steps", "1", "2", "--device", "cpu"),
            *("--dtype", "float32"),
        ]
    )
    painter.measure(shop, shop.trained_judge(), options)
    printed = capsys.readouterr().out
    found = json.loads((out / "painter.json").read_text(encoding="utf-8"))
    for scores in (found["scores"], found["ceilings"]):
        assert scores["pictures"] == 4
        assert sum(asked for asked, _ in scores["places"].values()) == 4
        assert sorted(scores["styles"]) == ["", "crayon"]
    assert [(row["scheduler"], row["steps"]) for row in found["trade"]] == [
        ("ddim", 1), ("ddim", 2), ("euler", 1), ("euler", 2)
    ]  # fmt: skip
    assert all(row["seconds"] > 0 for row in found["trade"])
    assert "ceiling" in printed
    assert "failed" not in printed
    # Nothing was asked for three times and drawn by a model of two steps.
    assert json.loads((out / "vocabulary.json").read_text(encoding="utf-8"))["subjects"] == {}
    listed = (out / "sheet-prompts.txt").read_text(encoding="utf-8").splitlines()
    assert len(listed) == 4
    assert listed[1].startswith("1.2 crayon drawing, ")
    assert len((out / "missed-prompts.txt").read_text(encoding="utf-8").splitlines()) == 4
    assert not list(model.rglob("judge*"))

    assert "Not measured" in (model / "README.md").read_text(encoding="utf-8")
    write_card(shop, model, measurements=out, named=3)
    card = (model / "README.md").read_text(encoding="utf-8")
    assert "Not measured" not in card
    places = found["scores"]["places"].values()
    assert f"| places | {sum(right for _, right in places) / 4:.1%} |" in card
    assert "| euler | 2 |" in card
    assert "Named rightly by eye: 3." in card
    assert (model / "sheet.webp").read_bytes() == (out / "sheet.webp").read_bytes()
    words = json.loads((model / "vocabulary.json").read_text(encoding="utf-8"))
    assert words == json.loads((out / "vocabulary.json").read_text(encoding="utf-8"))
    assert "Animals:" not in card, "no word that did not pass is promised"

    found["model"] = "0" * 16
    (out / "painter.json").write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(TrainingError, match="figures of other weights"):
        write_card(shop, model, measurements=out)


def test_a_sheet_of_sixty_four_pictures_fits_its_size(composer: Composer) -> None:
    pictures = np.stack([composed(composer, index, 1) for index in range(painter.SHEET_PICTURES)])
    data = painter.sheet(pictures)
    assert len(data) <= painter.SHEET_BYTES
    with Image.open(io.BytesIO(data)) as opened:
        assert opened.format == "WEBP"
        assert opened.width == opened.height >= painter.SHEET_COLUMNS * 96


def test_without_a_judge_it_says_how_to_train_one(tmp_path: Path, icons_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"illustration\.training judge"):
        painter.main(["--work", str(tmp_path), "--out", str(tmp_path / "out"), "--icons", str(icons_path)])
