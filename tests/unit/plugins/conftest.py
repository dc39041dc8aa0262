"""Lets the assertions of this folder's helpers say as much as those of a test."""

import pytest

pytest.register_assert_rewrite("keeping", "sightings")
