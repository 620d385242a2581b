"""Walkers for the journeys: `desk(user)` and `phone(user)` sit the user down at a screen of that size."""

import pytest

from portal.tests.journeys.walking import COUNT, DESK, PHONE, Camera, Walker, sign_in


@pytest.fixture
def camera():
    """Every page looked at fits the screen and has no grave fault of accessibility."""
    camera = Camera()
    yield camera
    assert not camera.complaints, "\n".join(camera.complaints)


@pytest.fixture
def seat(live, browser, browser_context_args, camera):
    """seat(user, size): a fresh browser context, so that every person has cookies of their own."""
    contexts = []

    def sit(user, size):
        # axe is run by evaluate; the pages' own strict policy stays in force
        context = browser.new_context(**{**browser_context_args, **size, "base_url": live.url})
        contexts.append(context)
        context.add_init_script(COUNT)
        if user is not None:
            sign_in(context, user, base=live.url)
        return Walker(context.new_page(), live.url, camera)

    yield sit
    for context in contexts:
        context.close()


@pytest.fixture
def desk(seat):
    return lambda user=None: seat(user, DESK)


@pytest.fixture
def phone(seat):
    return lambda user=None: seat(user, PHONE)
