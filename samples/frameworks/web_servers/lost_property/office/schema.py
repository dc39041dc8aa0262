"""What may be asked about found things."""

import strawberry

from office.things import FOUND


@strawberry.type
class Query:
    """Things by what they look like."""

    @strawberry.field
    def like(self, word: str) -> list[int]:
        return [number for number, thing in FOUND.items() if word in thing]


schema = strawberry.Schema(query=Query)
