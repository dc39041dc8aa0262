"""The bays of the depots."""

from depot import Depot
from thrift.protocol import TBinaryProtocol
from thrift.server import TServer
from thrift.transport import TSocket, TTransport

_BAYS = {"north": 3, "south": 5}


class Bays(Depot.Iface):
    """Bays that are free, by site."""

    def __init__(self) -> None:
        self._parked: dict[str, str] = {}

    def free_bays(self, site: str) -> int:
        return _BAYS[site] - self._taken(site)

    def park(self, site: str, lorry: str) -> str:
        self._parked[lorry] = site
        return f"{site}-{self._taken(site)}"

    def _taken(self, site: str) -> int:
        return sum(1 for s in self._parked.values() if s == site)


def main() -> None:
    processor = Depot.Processor(Bays())  # flow: serve thrift free_bays handler=free_bays ; serve thrift park handler=park
    socket = TSocket.TServerSocket(port=9090)
    frames = TTransport.TFramedTransportFactory()
    TServer.TThreadedServer(processor, socket, frames, TBinaryProtocol.TBinaryProtocolFactory()).serve()


if __name__ == "__main__":
    main()
