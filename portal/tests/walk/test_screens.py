"""Every page, as every role, in both languages: no Chinese word of ours in English, no stray Latin in Chinese."""

import polib
import pytest
from django.db import transaction

from accounts.models import User
from portal import catalogs
from portal.access import addresses as access
from portal.tests.languages import screens
from portal.tests.walk.addresses import addresses
from portal.tests.walk.cast import KINDS
from portal.tests.walk.samples import samples

pytestmark = [pytest.mark.walk, pytest.mark.django_db]
READERS = ("officer", "leader", "secretary", "clerk", "branch_clerk", "chief", *KINDS)
NEAR = ("plain", "issued", "draft", "clerk", "system", "security", "above")
STRAY = {"en": screens.han, "zh-hans": screens.latin}
FEWEST = 20


@pytest.fixture(scope="module")
def typed(world):
    catalog = polib.pofile(str(catalogs.LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    ours = {text for e in catalog for text in (e.msgid, e.msgstr, *e.msgstr_plural.values())}
    return screens.Typed(ours)


@pytest.fixture(scope="module")
def files():
    return set()


@pytest.mark.parametrize("language", STRAY)
@pytest.mark.parametrize("actor", READERS)
def test_a_page_speaks_one_language(walker, typed, files, actor, language):
    read, wrong = 0, {}
    with transaction.atomic():
        User.objects.filter(pk=walker.world.cast[actor].pk).update(language=language)
        for where, page in pages(walker, actor, files):
            read += 1
            for text in screens.texts(page):
                if found := STRAY[language](typed.without(text)):
                    wrong.setdefault((text, *found), where)
        transaction.set_rollback(True)
    assert wrong == {}
    assert read > FEWEST


def pages(walker, actor, files):
    """(address, page) of everything the actor may open; `files` are answered without a page."""
    for address in addresses():
        if address.name in files or "GET" not in access().get(address.name, {}):
            continue
        for sample in opened(walker.world, address, actor):
            answer = walker.ask(actor, "GET", address.name, sample)
            if "text/html" in answer.text:
                yield str(answer), answer.text.partition("<head")[2]
            elif answer.status == 200:
                files.add(address.name)


def opened(world, address, actor):
    """The nearest rows of each kind: another place shows the same words again."""
    seen = [s for s in samples(world, address) if actor in s.found_by("GET")]
    near = [s for s in seen if "own" in s.label.split() or s.label in NEAR]
    return near or seen[:1]


@pytest.mark.parametrize(
    ("page", "language", "found"),
    [
        ('<p title="保存">Save</p>', "en", ["保存"]),
        ("<p>Rows <b>共 3 条</b></p>", "en", ["共", "条"]),
        ("<p>柳湾镇党委 files</p>", "en", []),
        ("<p>导出Excel，A4纸 ZG-2026-0001</p>", "zh-hans", []),
        ("<button>Save</button><script>let x</script>", "zh-hans", ["Save"]),
        ("<p>状态：in_progress</p>", "zh-hans", ["in", "progress"]),
    ],
)
def test_a_stray_word_is_noticed(typed, page, language, found):
    said = [typed.without(text) for text in screens.texts(page)]
    assert [word for text in said for word in STRAY[language](text)] == found
