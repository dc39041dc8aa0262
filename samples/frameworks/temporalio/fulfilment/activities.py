"""What fulfilment does itself."""

import logging

from temporalio import activity


@activity.defn
async def pack(number: str) -> None:
    activity.logger.info("packed %s", number)


class Shelves:
    """The stock on the shelves."""

    def __init__(self) -> None:
        self.items: dict[str, int] = {}

    @activity.defn(name="count-shelf")
    async def count(self, shelf: str) -> int:
        logging.info("counted %s", shelf)
        return self.items.get(shelf, 0)
