"""Both languages are complete: the sources speak English, the one catalog says all of it in an officer's Chinese."""

import re
from collections import Counter

import polib
import pytest

from portal import catalogs
from portal.tests.languages import chinese, sources

CATALOG = catalogs.LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module")
def catalog():
    return polib.pofile(str(CATALOG), encoding="utf-8")


def said(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_message_of_the_sources_is_in_the_catalog(catalog):
    known = {entry.msgid for entry in catalog}
    assert {m: where for m, where in sources.messages().items() if m not in known} == {}


def test_the_catalog_keeps_no_message_the_sources_do_not_say(catalog):
    assert [e.msgid for e in catalog if e.msgid not in sources.messages()] == []


def test_no_entry_is_empty_fuzzy_or_obsolete(catalog):
    assert [e.msgid for e in catalog if not all(said(e)) or e.fuzzy or e.obsolete] == []


def test_no_entry_repeats_the_english(catalog):
    assert [e.msgid for e in catalog if e.msgid in said(e) and chinese.LATIN.search(e.msgid)] == []


def test_no_message_stands_in_the_catalog_twice(catalog):
    count = Counter((e.msgctxt, e.msgid) for e in catalog)
    assert [message for message, times in count.items() if times > 1] == []


def test_placeholders_are_the_same_on_both_sides(catalog):
    wrong = [
        (e.msgid, text)
        for e in catalog
        for text in said(e)
        if not set(chinese.places(text))
        <= set(chinese.places(e.msgid)) | set(chinese.places(e.msgid_plural))
        or missing_places(e, text)
    ]
    assert wrong == []


def missing_places(entry, text):
    """A count may stay unsaid where Chinese needs no plural; everything else must be said."""
    unsaid = set(chinese.places(entry.msgid)) - set(chinese.places(text))
    return unsaid - {"%(n)s", "%(count)s"} if entry.msgid_plural else unsaid


def test_markup_is_the_same_on_both_sides(catalog):
    wrong = [
        (e.msgid, t) for e in catalog for t in said(e) if chinese.tags(t) != chinese.tags(e.msgid)
    ]
    assert wrong == []


def test_chinese_has_one_plural_form_and_every_plural_entry_has_it(catalog):
    assert catalog.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert [e.msgid for e in catalog if e.msgid_plural and list(e.msgstr_plural) != [0]] == []


def test_chinese_is_written_as_chinese(catalog):
    wrong = [(t, fault) for e in catalog for t in said(e) for fault in chinese.faults(t)]
    assert wrong == []


def test_a_sentence_ends_as_a_sentence_in_both_languages(catalog):
    banner = (
        "This system is not for classified matter: never store, process or send state secrets here."
    )
    wrong = [
        (e.msgid, text)
        for e in catalog
        for text in said(e)
        if chinese.is_sentence(e.msgid) and e.msgid != banner and not text.endswith(("。", "”"))
    ]
    assert wrong == []


@pytest.mark.parametrize(("english", "word"), chinese.WORDS.items())
def test_buttons_and_states_carry_the_countys_own_words(catalog, english, word):
    entry = catalog.find(english)
    assert said(entry) == [word]


def test_a_recheck_is_no_second_person(catalog):
    """复核 is the recheck after rectification alone; 核准 is no step at all."""
    about = {e.msgid for e in catalog if re.search("复核|核准", "".join(said(e)))}
    assert all("recheck" in english.casefold() for english in about), about


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请填写措施。", []),
        ("请填写措施,并提交。", ["half-width punctuation"]),
        ("共 3条", ["a space inside"]),
        ("数据截至 %(as_of)s", []),
        ('点"打印"', ["straight quotes"]),
        ("正在上传...", ["dots for an ellipsis"]),
    ],
)
def test_what_looks_translated_is_noticed(text, found):
    assert list(chinese.faults(text)) == found


def test_messages_are_read_from_python_and_from_templates():
    page = '{% load i18n %}{% translate "Save" %}{% blocktranslate count n=n %}{{ n }} file{% plural %}{{ n }} files{% endblocktranslate %}'
    assert list(sources.said_in_template(page)) == ["Save", "%(n)s file"]
    assert list(sources.said_in_python('_("One " "text.") + ngettext("a", "b", n)')) == [
        "One text.",
        "a",
    ]
