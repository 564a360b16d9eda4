"""Tags and filters of the pages: icons, the squares of the sheet, dates written in two inks."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import regex
from django import template
from django.forms import BoundField
from django.forms.utils import ErrorDict
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext, pgettext_lazy

from diaries import manuscript, scene_words
from diaries.forms_cast import DRAWN_AS
from diaries.models import Look, Paper, Reason
from illustration.models import Style

register = template.Library()
INKED = regex.compile(r"\d+|[월화수목금토일](?=요일)")
WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)
# Columns and rows: on a phone ten squares a row, as on the paper that children write on, fifteen where there is
# room, and twenty on an A4 page, on which a picture and a day of some 200 characters fit.
SIZES = {"narrow": (10, 24), "wide": (15, 18), "print": (20, 13)}
# The desk of each look, as in theme.css, for what the browser draws around the page.
DESKS = {Look.LIGHT: "#e9e2d3", Look.DARK: "#19181d", Look.PAPER: "#d9c9a6"}


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """Draw one of our icons; it says nothing to a screen reader, the words beside it do."""
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def style_sample(style: Style, loading: str = "lazy") -> SafeString:
    """Show a style's sample picture; nothing where the model has none."""
    if not style.sample_path.is_file():
        return SafeString()
    return format_html(
        '<img src="{}" alt="" width="256" height="256" loading="{}">',
        reverse("diaries:style-sample", args=[style.slug]),
        loading,
    )


@register.simple_tag
def group(field: BoundField) -> SafeString:
    """Give the fieldset of several controls the id that the error summary leads to, and what describes it."""
    found = format_html(' id="{}" tabindex="-1"', field.auto_id)
    return found + (
        format_html(' aria-describedby="{}"', field.aria_describedby) if field.aria_describedby else ""
    )


@register.inclusion_tag("includes/kept_text.html", takes_context=True)
def kept_text(context: template.Context) -> dict[str, str]:
    """Give back the title and the text that a form sent, where the form itself cannot be shown."""
    sent = context.get("sent") or getattr(context.get("request"), "POST", {})
    return {name: sent.get(name, "") for name in ("title", "body")}


@register.filter
def weekday(day: date) -> str:
    """Name the weekday of a date in as few letters as a calendar has room for."""
    return str(WEEKDAYS[day.weekday()])


@register.filter
def page_date(day: date) -> SafeString:
    """Write a date as on the top line of the page: numbers in blue, words in black."""
    words = formats.date_format(day, pgettext("a date on the page, as Django formats it", "l, F j, Y"))
    return mark_safe(INKED.sub(r"<b>\g<0></b>", conditional_escape(words)))


@register.filter
def plain_date(day: date) -> str:
    """Write a date in words without mark-up."""
    return formats.date_format(day, pgettext("a date on the page, as Django formats it", "l, F j, Y"))


@register.filter
def month_name(day: date) -> str:
    """Write the month of a date with its year."""
    return formats.date_format(day, pgettext("a month, as Django formats it", "F Y"))


@register.filter
def reason(code: str) -> str:
    """Say why a picture is hidden; nothing for a reason that is not known."""
    return str(Reason(code).label) if code in Reason.values else ""


@register.filter
def page_time(moment: time) -> SafeString:
    """Write a time of day in two inks, as beside the date."""
    return mark_safe(
        INKED.sub(r"<b>\g<0></b>", conditional_escape(formats.time_format(moment, "TIME_FORMAT")))
    )


@register.inclusion_tag("diaries/_manuscript.html")
def manuscript_paper(text: str, paper: str = Paper.SQUARES) -> dict[str, Any]:
    """Lay a diary text on squares, once for each width; what is mostly Latin stands on lines instead."""
    if paper != Paper.SQUARES or not manuscript.mostly_hangul(text):
        return {"text": text, "lined": paper != Paper.PLAIN}
    sizes = [
        {"name": name, "squares": manuscript.squares(text, columns=columns, rows=rows)}
        for name, (columns, rows) in SIZES.items()
    ]
    return {"text": text, "sizes": sizes}


@register.simple_tag
def theme_color(look: str = "") -> SafeString:
    """Tell the browser the colour of the desk; without a look of one's own, both that the device may ask for."""
    if look in DESKS:
        return format_html('<meta name="theme-color" content="{}">', DESKS[Look(look)])
    return format_html_join(
        "",
        '<meta name="theme-color" content="{}" media="(prefers-color-scheme: {})">',
        ((DESKS[kind], kind.value) for kind in (Look.LIGHT, Look.DARK)),
    )


@register.filter
def seen(scene: dict[str, Any]) -> str:
    """Say what is to be seen in a drawing of a scene; nothing where that was not kept."""
    return scene_words.seen(scene_words.chips(scene))


@register.filter
def drawn_as(word: str) -> str:
    """Say what a card is drawn as in the reader's language."""
    return str(DRAWN_AS.get(word, word))


@register.filter
def error_lines(errors: ErrorDict) -> int:
    """Count the lines that tell of a form's errors; a field may have several."""
    return sum(len(lines) for lines in errors.values())


@register.filter
def stylesheets(names: str) -> list[str]:
    """Return the places of stylesheets from their names."""
    return [f"css/{name}.css" for name in names.split()]


@register.filter
def first_fonts(language: str) -> list[str]:
    """Return the font files that every page in a language needs at once; the rest come as characters ask for them."""
    slices = ("latin", "korean-1") if language == "ko" else ("latin",)
    return [f"fonts/{face}-{name}.woff2" for face in ("gaegu", "gowun-dodum") for name in slices]
