"""The tax service: value added tax by country, over gRPC."""

import os
from concurrent.futures import ThreadPoolExecutor

import grpc
from taxapi import tax_pb2, tax_pb2_grpc

RATES = {"DE": 0.19, "FR": 0.20, "DK": 0.25}


class TaxService(tax_pb2_grpc.TaxServicer):
    """Knows the rates."""

    def Quote(self, request: tax_pb2.QuoteRequest, context: grpc.ServicerContext) -> tax_pb2.QuoteReply:  # noqa: N802
        rate = RATES.get(request.country)
        if rate is None:
            context.abort(grpc.StatusCode.NOT_FOUND, f"no rate for {request.country}")
        return tax_pb2.QuoteReply(tax_cents=round(request.net_cents * rate))

    def ListRates(self, _: tax_pb2.ListRatesRequest, __: grpc.ServicerContext) -> tax_pb2.ListRatesReply:  # noqa: N802
        return tax_pb2.ListRatesReply(rates=RATES)


def serve() -> None:
    server = grpc.server(ThreadPoolExecutor(max_workers=8))
    tax_pb2_grpc.add_TaxServicer_to_server(TaxService(), server)  # flow: serve grpc Tax/Quote ; serve grpc Tax/ListRates
    server.add_insecure_port(f"[::]:{os.environ.get('PORT', '50051')}")
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    serve()
