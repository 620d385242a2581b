import gettext

import pytest

from portal import catalogs


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    file = folder / "django.po"
    file.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "branch"\nmsgstr "党支部"\n',
        encoding="utf-8",
    )
    return file


def test_a_catalog_is_compiled_and_its_words_are_found(tmp_path, source):
    assert catalogs.compile_all(tmp_path) == 1
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("branch") == "党支部"


def test_a_catalog_compiled_already_is_left_alone(tmp_path, source):
    catalogs.compile_all(tmp_path)
    assert catalogs.compile_all(tmp_path) == 0


def test_compiling_leaves_only_the_source_and_the_catalog(tmp_path, source):
    catalogs.compile_all(tmp_path)
    assert sorted(p.name for p in source.parent.iterdir()) == ["django.mo", "django.po"]
