"""Message catalogues without the gettext programs: `python -m deploy.messages update`, `check` or `compile`.

Babel reads the sources; Django's own translator turns templates into source that Babel can read.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "ko"
SOURCES = ("diarysite", "diaries", "illustration")
TEMPLATES = ("templates", "diaries/templates", "illustration/templates")
SCRIPTS = "static/js"
# Programs for developers and for the operator speak English only.
LEFT_OUT = ("migrations", "training", "engine", "vendor")
# Dates would change with every run, and git knows them and the people better.
DROPPED_HEADERS = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Generated-By",
    "Report-Msgid-Bugs-To",
    "Last-Translator",
    "Language-Team",
)
KEYWORDS: dict[str, Any] = {
    name: spec
    for names, spec in {
        ("_", "gettext", "gettext_lazy", "gettext_noop"): None,
        ("ngettext", "ngettext_lazy"): (1, 2),
        ("pgettext", "pgettext_lazy"): ((1, "c"), 2),
        ("npgettext", "npgettext_lazy"): ((1, "c"), 2, 3),
    }.items()
    for name in names
}
Found = tuple[str, int, Any, list[str], str | None]


def catalogue_path(domain: str) -> Path:
    return ROOT / "locale" / LANGUAGE / "LC_MESSAGES" / f"{domain}.po"


def files(folder: str, *endings: str) -> list[Path]:
    return sorted(
        path
        for path in (ROOT / folder).rglob("*")
        if path.suffix in endings and not set(LEFT_OUT) & set(path.relative_to(ROOT).parts)
    )


def python_messages() -> Iterator[Found]:
    for folder in SOURCES:
        for path in files(folder, ".py"):
            yield from _read("python", path, path.read_bytes())


def template_messages() -> Iterator[Found]:
    from django.utils.translation.template import templatize

    for folder in TEMPLATES:
        for path in files(folder, ".html", ".txt"):
            # In parentheses Python's tokenizer does not mind how a template is indented.
            source = "(" + templatize(path.read_text(encoding="utf-8"), origin=str(path)) + "\n)"
            yield from _read("python", path, source.encode())


def script_messages() -> Iterator[Found]:
    for path in files(SCRIPTS, ".js"):
        yield from _read("javascript", path, path.read_bytes())


def _read(kind: str, path: Path, source: bytes) -> Iterator[Found]:
    found = extract(kind, io.BytesIO(source), keywords=KEYWORDS, comment_tags=["Translators"])
    for line, message, comments, context in found:
        yield str(path.relative_to(ROOT)), line, message, comments, context


def extracted(domain: str) -> Catalog:
    """Return a fresh catalogue of all that the sources of a domain say."""
    catalogue = Catalog(locale=LANGUAGE, domain=domain, charset="utf-8")
    sources = [script_messages()] if domain == "djangojs" else [python_messages(), template_messages()]
    for source in sources:
        for name, line, message, comments, context in source:
            if not message or (isinstance(message, tuple) and not message[0]):
                continue
            catalogue.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalogue


def stored(domain: str) -> Catalog:
    """Return the catalogue in the repository, empty where there is none."""
    path = catalogue_path(domain)
    if not path.exists():
        return Catalog(locale=LANGUAGE, domain=domain, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, domain=domain)


def key(message: Message) -> tuple[str, str | None]:
    text = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return text, message.context


def problems(domain: str) -> Iterator[str]:
    """Say what keeps a catalogue from being complete and current."""
    wanted = {key(message): message for message in extracted(domain) if message.id}
    have = {key(message): message for message in stored(domain) if message.id}
    for missing in sorted(wanted.keys() - have.keys(), key=str):
        yield f"not in the catalogue: {missing[0]!r} (make messages)"
    for unused in sorted(have.keys() - wanted.keys(), key=str):
        yield f"no longer said anywhere: {unused[0]!r} (make messages)"
    for shared in sorted(wanted.keys() & have.keys(), key=str):
        message = have[shared]
        texts = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.pluralizable != wanted[shared].pluralizable:
            yield f"plural in one place only: {shared[0]!r} (make messages)"
        elif message.fuzzy:
            yield f"marked fuzzy: {shared[0]!r}"
        elif not all(texts):
            yield f"not translated: {shared[0]!r}"
        else:
            yield from (f"{shared[0]!r}: {error}" for error in message.check())


def update(domain: str) -> None:
    """Write the repository's catalogue anew: what was translated stays, what nobody says goes."""
    fresh, old = extracted(domain), stored(domain)
    path = catalogue_path(domain)
    if not any(message.id for message in fresh):
        path.unlink(missing_ok=True)
        return
    known = {key(message): message for message in old if message.id}
    for message in fresh:
        if message.id and (before := known.get(key(message))) and before.pluralizable == message.pluralizable:
            message.string, message.flags = before.string, message.flags | (before.flags & {"fuzzy"})
            message.user_comments = before.user_comments
    fresh.fuzzy = False
    fresh.project, fresh.version = "gridiary", "1"
    fresh.header_comment = (
        "# Korean messages; `make messages` finds new ones, `make check` wants all of them translated."
    )
    out = io.BytesIO()
    write_po(out, fresh, sort_by_file=True, include_lineno=False, width=100, omit_header=False)
    lines = out.getvalue().splitlines(keepends=True)
    dropped = tuple(f'"{name}'.encode() for name in DROPPED_HEADERS)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(dropped)))


def compile_all() -> None:
    """Make the binary catalogue beside each source whose binary is missing or older."""
    for source in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3], domain=source.stem)
        part = target.with_suffix(f".mo.{os.getpid()}")
        with part.open("wb") as file:
            write_mo(file, catalogue)
        os.replace(part, target)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile"]:
            compile_all()
        case ["update"]:
            for domain in ("django", "djangojs"):
                update(domain)
            compile_all()
        case ["check"]:
            found = [line for domain in ("django", "djangojs") for line in problems(domain)]
            for line in found:
                print(line)
            return 1 if found else 0
        case _:
            print("usage: python -m deploy.messages update | check | compile", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
