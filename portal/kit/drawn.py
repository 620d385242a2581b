"""The two marks that stand on every page, as template tags: dozens of each would be slow as included templates."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# A tone says its shape too: colour alone is lost in print and on many eyes.
SHAPES = {"ok": "check-lg", "warn": "clock", "overdue": "triangle-fill", "info": "arrow-repeat"}


@register.simple_tag
@cache
def icon(name: str, kind: str = "") -> SafeString:
    """A Bootstrap icon, for the eye only. `kind`: a class beside its own."""
    sprite = static("bootstrap-icons/bootstrap-icons.svg")
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" {kind}" if kind else "", sprite, name,
    )  # fmt: skip


@register.simple_tag
def chip(word: str, tone: str = "", shape: str = "") -> SafeString:
    """A state in a word, a colour and a shape. `shape`: the name of another icon than the tone's own."""
    drawn = icon(shape or SHAPES.get(tone, "circle"))
    return format_html('<span class="chip chip-{}">{}{}</span>', tone or "muted", drawn, word)
