"""Who has which plot. The treasurer's office is told of every lease."""

import os

import httpx

LEASES: dict[int, str] = {}


class Lease:
    """The lease of one plot."""

    @staticmethod
    async def put(plot: int, body: dict[str, str]) -> dict[str, str]:
        LEASES[plot] = body["gardener"]
        async with httpx.AsyncClient(base_url=os.environ["OFFICE_URL"]) as office:
            await office.post("/invoices", json=body)  # flow: call http POST /invoices -> external:office.example.org
        return body

    @staticmethod
    async def delete(plot: int) -> tuple[None, int]:
        LEASES.pop(plot, None)
        return None, 204
