"""What the desk calls things in front of others."""

from enum import StrEnum

LIBRARY = "library"


class Fact(StrEnum):
    """What can happen to a book at the desk."""

    LENT = "loan-opened"
    RETURNED = "loan-closed"
