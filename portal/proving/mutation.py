"""A pytest plugin for `manage.py mutate`: which mutants the collected tests notice, each tried in a forked child.

The tests run once as they are, so that each mutant meets only those that come through its place and that pass.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from _pytest.runner import runtestprotocol

from portal.proving import forks, pursuit
from portal.proving.mutants import Mutant, applied
from portal.proving.passing import noted


def pytest_runtestloop(session):
    """Instead of the plain run."""
    wanted = pursuit.wanted()
    tests = passing(session.items, wanted)
    tasks = [(m.name, partial(noticed_by, m, tests[m.where])) for m in wanted]
    for name, test in forks.each(tasks, jobs=pursuit.JOBS):
        pursuit.note(name, noticed="tests" if test else "nothing", how=test)
    return True


def passing(items: list, wanted: Iterable[Mutant]) -> dict[str, list]:
    """{place: the tests that pass and come through it}."""
    found = defaultdict(list)
    with noted(wanted) as passed:
        for item in items:
            passed.clear()
            if not failed(item, items):
                for where in passed:
                    found[where].append(item)
    return found


def noticed_by(mutant: Mutant, items: list) -> str:
    """The first test that fails without the piece."""
    with applied(mutant):
        return next((item.nodeid for item in items if failed(item, items)), "")


def failed(item, items: list) -> bool:
    """The last test is followed by the first one again, so that what the session holds stays up."""
    after = items[(items.index(item) + 1) % len(items)]
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=after))
