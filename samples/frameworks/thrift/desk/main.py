"""The desk that sends each lorry to a bay."""

import logging
import os
from pathlib import Path

import thriftpy2
from depot import Depot
from thrift.protocol import TBinaryProtocol
from thrift.transport import TSocket, TTransport
from thriftpy2.rpc import client_context

fleet_thrift = thriftpy2.load(str(Path("interfaces") / "fleet.thrift"), module_name="fleet_thrift")

log = logging.getLogger(__name__)


class Bays:
    """A connection to the depot."""

    def __init__(self, host: str) -> None:
        socket = TSocket.TSocket(host, 9090)
        socket.setTimeout(2000)
        self._transport = TTransport.TFramedTransport(socket)
        self._depot = Depot.Client(TBinaryProtocol.TBinaryProtocol(self._transport))

    def take(self, site: str, lorry: str) -> str:
        self._transport.open()  # flow: nothing
        try:
            if not self._depot.free_bays(site):  # flow: call thrift free_bays -> depot timeout=2
                return ""
            return str(self._depot.park(site, lorry))  # flow: call thrift park -> depot
        finally:
            self._transport.close()


def main() -> None:
    bays = Bays(os.environ["DEPOT_HOST"])
    with client_context(fleet_thrift.Fleet, os.environ["FLEET_HOST"], 6000, socket_timeout=500) as fleet:
        for lorry in fleet.lorries():  # flow: call thrift lorries -> fleet timeout=0.5
            bay = bays.take("north", lorry)
            log.info("%s goes to %s", fleet.driver_of(lorry), bay)  # flow: call thrift driver_of -> fleet


if __name__ == "__main__":
    main()
