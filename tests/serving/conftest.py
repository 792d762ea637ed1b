"""A front in the tests' own process."""

from collections.abc import Iterator

import pytest

from tests.serving.toy_front import Toy, running


@pytest.fixture
def toy() -> Toy:
    return Toy()


@pytest.fixture
def port(toy: Toy) -> Iterator[int]:
    with running(toy) as (_, found):
        yield found
