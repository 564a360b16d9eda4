"""The sentence files: what each text says is in its scene, and nothing that it denies."""

import pytest

from tests.scenes.expectations import Line, judge, lines


def cases() -> list[object]:
    return [
        pytest.param(
            line,
            id=str(line),
            marks=[pytest.mark.xfail(reason=line.data["miss"], strict=True)] if "miss" in line.data else [],
        )
        for line in lines()
    ]


@pytest.mark.parametrize("line", cases())
def test_a_text_gives_the_scene_that_is_expected(line: Line) -> None:
    assert judge(line, line.scene()).wrong == []


def test_the_sentence_files_hold_enough() -> None:
    assert len(list(lines())) >= 300
