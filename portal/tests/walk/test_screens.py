"""Every page in English, as every role; the walk itself listens to the Chinese ones."""

import pytest
from django.db import transaction

from accounts.models import User
from portal.access import addresses as access
from portal.tests.languages import screens
from portal.tests.walk.addresses import addresses
from portal.tests.walk.listening import READERS, STRAY, Listener, near

pytestmark = [pytest.mark.walk, pytest.mark.django_db]


@pytest.fixture(scope="module")
def files():
    """Addresses that answer without a page."""
    return set()


@pytest.mark.parametrize("actor", READERS)
def test_an_english_page_speaks_english(walker, typed, files, actor):
    listener = Listener(typed, "en")
    with transaction.atomic():
        User.objects.filter(pk=walker.world.cast[actor].pk).update(language="en")
        for answer in answers(walker, actor, files):
            listener.hear(answer)
        transaction.set_rollback(True)
    assert listener.is_content, listener.wrong


def answers(walker, actor, files):
    for address in addresses():
        if address.name in files or "GET" not in access().get(address.name, {}):
            continue
        for sample in near(walker.world, address, actor):
            answer = walker.ask(actor, "GET", address.name, sample)
            yield answer
            if "text/html" not in answer.text and answer.status == 200:
                files.add(address.name)


@pytest.mark.parametrize(
    ("html", "language", "found"),
    [
        ('<p title="保存">Save</p>', "en", ["保存"]),
        ("<p>Rows <b>共 3 条</b></p>", "en", ["共", "条"]),
        ("<p>柳湾镇党委 files</p>", "en", []),
        ("<p>导出Excel，A4纸 ZG-2026-0001</p>", "zh-hans", []),
        ("<button>Save</button><script>let x</script>", "zh-hans", ["Save"]),
        ("<p>状态：in_progress</p>", "zh-hans", ["in", "progress"]),
    ],
)
def test_a_stray_word_is_noticed(typed, html, language, found):
    said = [typed.without(text) for text in screens.texts(html)]
    assert [word for text in said for word in STRAY[language](text)] == found
