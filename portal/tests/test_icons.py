import pytest
from django.conf import settings
from django.template import Context, Template

from portal import icons

SPRITE = (
    '<svg><symbol viewBox="0 0 16 16" id="house"><path/></symbol>'
    '<symbol viewBox="0 0 16 16" id="zebra"><path/></symbol></svg>'
)


def test_the_sprite_keeps_only_icons_named_in_quotes(tmp_path):
    (tmp_path / "full.svg").write_text(SPRITE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text('{% icon "house" %}')
    target = icons.cut(tmp_path / "full.svg", tmp_path, tmp_path / "out" / "icons.svg")
    assert icons.SYMBOL.findall(target.read_text()) == ["house"]


def test_the_menu_icons_are_found_in_our_own_sources():
    assert {"house", "list-task"} <= set(icons.quoted(settings.BASE_DIR))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{% icon "house" %}', "#house"),
        ('{% icon "house" "small-icon" %}', 'class="icon small-icon"'),
        ('{% chip word "ok" %}', "#check-lg"),
        ('{% chip word "ok" "flag" %}', "#flag"),
        ("{% chip word nothing %}", 'class="chip chip-muted"'),
        ("{% chip word %}", "&lt;b&gt;已销号"),
    ],
)
def test_marks_are_drawn_with_their_word_escaped(text, said):
    drawn = Template(text).render(Context({"word": "<b>已销号"}))
    assert said in drawn
    assert "<b>" not in drawn
