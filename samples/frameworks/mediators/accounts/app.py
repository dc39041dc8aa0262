"""Accounts: requests by mediatr."""

import os

import requests
from flask import Flask, request
from mediatr import GenericQuery, Mediator

app = Flask(__name__)
mediator = Mediator()


class OpenAccount(GenericQuery[str]):
    """Somebody wants an account."""

    def __init__(self, name: str) -> None:
        self.name = name


class CountAccounts(GenericQuery[int]):
    """How many there are."""


@Mediator.handler  # flow: subscribe mediator OpenAccount handler=OpenAccountHandler.handle
class OpenAccountHandler:
    """Opens an account and has billing know."""

    def handle(self, command: OpenAccount) -> str:
        url = f"{os.environ['BILLING_URL']}/customers"
        requests.post(url, json={"name": command.name}, timeout=3)  # flow: call http POST /customers -> billing
        return command.name


@Mediator.handler  # flow: subscribe mediator CountAccounts handler=count
def count(query: CountAccounts) -> int:
    return len(repr(query))


@app.post("/accounts")  # flow: serve http POST /accounts handler=create
def create() -> str:
    return mediator.send(OpenAccount(request.json["name"]))  # flow: publish mediator OpenAccount


@app.get("/accounts/number")  # flow: serve http GET /accounts/number handler=number
async def number() -> dict[str, int]:
    query = CountAccounts()
    return {"number": await mediator.send_async(query)}  # flow: publish mediator CountAccounts
