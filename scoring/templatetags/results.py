"""Points, sources and clauses as a reader meets them."""

from django import template

from portal.kit import points as spelling
from scoring.verdicts import SOURCES
from standards.language import reader

register = template.Library()


@register.filter
def points(hundredths):
    return spelling.show(hundredths)


@register.filter
def source_word(source):
    return SOURCES.get(source, "")


@register.filter
def of(mapping, key):
    """The entry of a mapping under a key that is itself a variable."""
    return mapping.get(key, ())


@register.simple_tag
def wording(line):
    return line.wording(reader())


@register.filter
def nth_word(place, scores):
    """The heading of a cell, for the cards on a phone."""
    return scores[place]["word"]
