"""Books, magazines and those who bring them out."""

from collections.abc import Callable
from dataclasses import dataclass, field

Shelf = Callable[[], list[str]]


@dataclass
class Publisher:
    """A publishing house."""

    name: str
    published: list[str] = field(default_factory=list)

    def publish(self, title: str, body: str = "") -> str:
        self.published.append(title)
        return f"{self.name}: {title} ({len(body)} characters)"


@dataclass
class Magazine:
    """A magazine with readers who have a subscription."""

    name: str
    readers: set[str] = field(default_factory=set)

    def subscribe(self, reader: str) -> None:
        self.readers.add(reader)


class Catalogue:
    """Where in the house which books stand."""

    def __init__(self) -> None:
        self.shelves: dict[str, Shelf] = {}

    def get(self, path: str) -> Callable[[Shelf], Shelf]:
        """Mark a function as the list of what stands on a shelf."""

        def keep(shelf: Shelf) -> Shelf:
            self.shelves[path] = shelf
            return shelf

        return keep

    route = post = get


app = Catalogue()


@app.get("/fiction/{letter}")  # flow: nothing
def fiction() -> list[str]:
    return ["The Trial", "The Castle"]


@app.route("/poetry")  # flow: nothing
def poetry() -> list[str]:
    return ["Contemplation"]
