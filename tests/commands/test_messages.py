"""The catalogue tool on a small tree of sources: what it finds, keeps, drops and refuses."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from deploy import messages

PAGE = """{% load i18n %}
      {% translate "Save" context "button" %}
  <p>{% blocktranslate count number=n %}{{ number }} page{% plural %}{{ number }} pages{% endblocktranslate %}</p>
{{ _("It's a day") }} don't
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    for folder in ("diaries", "templates/diaries", "static/js/vendor"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "diaries/forms.py").write_text('from x import gettext as _\n\nTITLE = _("Hello %(name)s")\n')
    (tmp_path / "templates/diaries/page.html").write_text(PAGE)
    (tmp_path / "static/js/vendor/lib.js").write_text('gettext("not ours")\n')
    return tmp_path


def translate_all(tree: Path) -> None:
    messages.update("django")
    path = messages.catalogue_path("django")
    head, blank, entries = path.read_text().partition("\n\n")
    for said, translated in {
        'msgid "Hello %(name)s"\nmsgstr ': "안녕 %(name)s",
        'msgid "Save"\nmsgstr ': "저장",
        'msgid_plural "%(number)s pages"\nmsgstr[0] ': "%(number)s쪽",
        'msgid "It\'s a day"\nmsgstr ': "하루",
    }.items():
        assert said + '""' in entries
        entries = entries.replace(said + '""', f'{said}"{translated}"')
    path.write_text(head + blank + entries)


def test_code_and_templates_are_read_and_other_peoples_scripts_are_not(tree):
    found = {messages.key(message) for message in messages.extracted("django") if message.id}
    assert found == {
        ("Hello %(name)s", None),
        ("Save", "button"),
        ("%(number)s page", None),
        ("It's a day", None),
    }
    assert not [message for message in messages.extracted("djangojs") if message.id]


def test_what_is_missing_or_untranslated_is_named(tree):
    assert "not in the catalogue: 'Save' (make messages)" in list(messages.problems("django"))
    messages.update("django")
    assert "not translated: 'Save'" in list(messages.problems("django"))
    translate_all(tree)
    assert list(messages.problems("django")) == []


def test_translations_survive_an_update_and_unused_ones_go(tree):
    translate_all(tree)
    before = messages.catalogue_path("django").read_text()
    messages.update("django")
    assert messages.catalogue_path("django").read_text() == before
    (tree / "diaries/forms.py").write_text("")
    assert list(messages.problems("django")) == ["no longer said anywhere: 'Hello %(name)s' (make messages)"]
    messages.update("django")
    assert "Hello" not in messages.catalogue_path("django").read_text()
    assert list(messages.problems("django")) == []


def test_a_placeholder_lost_in_translation_is_a_problem(tree):
    translate_all(tree)
    path = messages.catalogue_path("django")
    path.write_text(path.read_text().replace("안녕 %(name)s", "안녕 %(nome)s"))
    assert len(list(messages.problems("django"))) == 1


def test_the_compiled_catalogue_speaks(tree):
    translate_all(tree)
    messages.compile_all()
    with messages.catalogue_path("django").with_suffix(".mo").open("rb") as file:
        korean = gettext.GNUTranslations(file)
    assert korean.gettext("It's a day") == "하루"
    assert korean.pgettext("button", "Save") == "저장"
    assert korean.ngettext("%(number)s page", "%(number)s pages", 3) == "%(number)s쪽"
