"""A composition in the reader's words. Not gettext: the two languages build their sentences differently."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from standards.composing import chinese, english
from standards.composing.shapes import Composition

LANGUAGES = {"zh": chinese, "en": english}
_NONE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Section:
    """`key` as in the JSON; without sentences nothing of the kind is agreed."""

    key: str
    title: str
    sentences: tuple[str, ...]


def describe(
    plan: Composition, *, lang: str, names: Mapping[str, str] = _NONE
) -> tuple[Section, ...]:
    """Every section, empty ones too. `names` words the keys of chapters, tiers, clauses and facts."""
    words = LANGUAGES[lang]
    name = naming(plan, lang=lang, names=names)
    return tuple(
        Section(
            key, title, tuple(_sentence(text, lang) for text in getattr(words, key)(plan, name))
        )
        for key, title in words.SECTIONS.items()
    )


def naming(plan: Composition, *, lang: str, names: Mapping[str, str]) -> Callable[[str], str]:
    """Keys of the edition and of the composition itself -> words; what has none says its key."""
    parts = (*plan.named, *plan.components, *plan.extra, *plan.sheets, *plan.bonus.groups)
    own = {part.key: (part.label_en if lang == "en" else "") or part.label for part in parts}
    known = {**LANGUAGES[lang].FIGURES, **names, **{k: v for k, v in own.items() if v}}
    return lambda key: known.get(key, key)


def condition(row, plan: Composition, *, lang: str, names: Mapping[str, str] = _NONE) -> str:
    """One condition of a tier, without the tier: 自评得分不低于90分."""
    return LANGUAGES[lang].condition(row, naming(plan, lang=lang, names=names))


def _sentence(text: str, lang: str) -> str:
    if lang == "zh":
        return f"{text}。"
    return f"{text[:1].upper()}{text[1:]}."
