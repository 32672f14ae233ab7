import pytest

from tests.api.http.client import Client, client_of
from tests.api.worlds import baking


@pytest.fixture
def client() -> Client:
    return client_of(baking())
