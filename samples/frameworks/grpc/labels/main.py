"""Labels for parcels."""

import asyncio

from grpclib.server import Server
from warehouse.v1 import Label, LabelsBase, Parcel


class Printer(LabelsBase):
    """The label printer."""

    async def print_label(self, parcel: Parcel) -> Label:
        return Label(url=f"/labels/{parcel.reservation}.pdf")


async def main() -> None:
    server = Server([Printer()])  # flow: serve grpc Labels/PrintLabel handler=print_label
    await server.start("0.0.0.0", 50052)  # noqa: S104
    await server.wait_closed()


if __name__ == "__main__":
    asyncio.run(main())
