"""Which plots there are, and which are free."""

from plots.leases import LEASES

PLOTS = range(1, 25)


async def search() -> list[int]:
    return [plot for plot in PLOTS if plot not in LEASES]


async def get_health() -> dict[str, bool]:
    return {"ok": True}
