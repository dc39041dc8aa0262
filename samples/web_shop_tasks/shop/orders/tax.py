"""Asks the tax service, over gRPC."""

from functools import cache

import grpc
from django.conf import settings
from taxapi import tax_pb2, tax_pb2_grpc


@cache
def _stub() -> tax_pb2_grpc.TaxStub:
    return tax_pb2_grpc.TaxStub(grpc.insecure_channel(settings.TAX_ADDRESS))


def tax_for(country: str, net_cents: int) -> int:
    """The tax on an amount, in cents."""
    request = tax_pb2.QuoteRequest(country=country, net_cents=net_cents)
    return _stub().Quote(request, timeout=1.5).tax_cents  # flow: call grpc Tax/Quote -> tax timeout=1.5
