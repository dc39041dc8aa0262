"""Lets the assertions of this folder's helper say as much as those of a test."""

import pytest

pytest.register_assert_rewrite("sightings")
