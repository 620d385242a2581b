import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english():
    """The sentences are tested as they stand in the code; the catalogue has tests of its own."""
    with translation.override("en"):
        yield
