import pytest
from django.test import Client


@pytest.fixture
def make_client():
    return Client
