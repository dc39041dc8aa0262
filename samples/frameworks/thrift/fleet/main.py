"""Lorries and who drives them."""

import os

import thriftpy2
from thriftpy2.rpc import make_server

fleet_thrift = thriftpy2.load("fleet.thrift", module_name="fleet_thrift")

_DRIVERS = {"L1": "Asa", "L2": "Bo"}


class Register:
    """The lorries by their drivers."""

    def lorries(self) -> list[str]:
        return sorted(_DRIVERS)

    def driver_of(self, lorry: str) -> str:
        return _DRIVERS[lorry]


if __name__ == "__main__":
    server = make_server(
        fleet_thrift.Fleet, Register(), os.environ["BIND"], 6000
    )  # flow: serve thrift lorries ; serve thrift driver_of
    server.serve()
