"""The shelves."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import grpc
import stock_pb2
import stock_pb2_grpc


class Shelves(stock_pb2_grpc.StockServicer):
    """What the service answers, and how it finds a shelf."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}

    def Reserve(self, request: stock_pb2.Line, context: grpc.ServicerContext) -> stock_pb2.Reservation:  # noqa: N802
        if self.level(request.sku) < request.quantity:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, "too few")
        return stock_pb2.Reservation(id=f"{request.sku}-{request.quantity}")

    def WatchShelf(self, request: stock_pb2.Shelf, context: grpc.ServicerContext) -> Iterator[stock_pb2.Level]:  # noqa: N802
        for sku, quantity in self.levels.items():
            if context.is_active() and sku.startswith(request.id):
                yield stock_pb2.Level(sku=sku, quantity=quantity)

    def level(self, sku: str) -> int:
        return self.levels.get(sku, 0)


def main() -> None:
    server = grpc.server(ThreadPoolExecutor())
    # The methods of the service, and nothing else that the class has.
    stock_pb2_grpc.add_StockServicer_to_server(Shelves(), server)  # flow: serve grpc Stock/Reserve ; serve grpc Stock/WatchShelf
    server.add_insecure_port("[::]:50051")
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    main()
