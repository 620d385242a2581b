from django.conf import settings

from portal import icons

SPRITE = (
    '<svg><symbol viewBox="0 0 16 16" id="house"><path/></symbol>'
    '<symbol viewBox="0 0 16 16" id="zebra"><path/></symbol></svg>'
)


def test_the_sprite_keeps_only_icons_named_in_quotes(tmp_path):
    (tmp_path / "full.svg").write_text(SPRITE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(
        '{% include "parts/icon.html" with name="house" only %}'
    )
    target = icons.cut(tmp_path / "full.svg", tmp_path, tmp_path / "out" / "icons.svg")
    assert icons.SYMBOL.findall(target.read_text()) == ["house"]


def test_the_menu_icons_are_found_in_our_own_sources():
    assert {"house", "list-task"} <= set(icons.quoted(settings.BASE_DIR))
