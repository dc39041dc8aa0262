"""Rates of duty by kind of goods."""

import fastapi_jsonrpc as jsonrpc
from fastapi import Body

app = jsonrpc.API()
rates = jsonrpc.Entrypoint("/api/v1/rates")  # flow: serve http POST /api/v1/rates

_KNOWN = {"tea": 12, "cloth": 8}


@rates.method()  # flow: serve rpc rate_of handler=rate_of
def rate_of(goods: str = Body(...)) -> int:
    return _KNOWN.get(goods, 5)


@rates.method(name="known-goods")  # flow: serve rpc known-goods handler=known
def known() -> list[str]:
    return sorted(_KNOWN)


app.bind_entrypoint(rates)
