"""Billing: commands and events between its modules by lato."""

import os

import redis
from flask import Flask, request
from lato import Application, ApplicationModule, Command, Event, TransactionContext

app = Flask(__name__)
customers = ApplicationModule("customers")


class OpenAccount(Command):
    """The account of a customer, of which `accounts` knows nothing."""

    name: str


class AccountOpened(Event):
    """It is there."""

    name: str


@customers.handler(OpenAccount)  # flow: subscribe mediator OpenAccount handler=open_account
def open_account(command: OpenAccount, ctx: TransactionContext) -> None:
    ctx.publish(AccountOpened(name=command.name))  # flow: publish mediator AccountOpened


@customers.handler(AccountOpened)  # flow: subscribe mediator AccountOpened handler=announce
def announce(event: AccountOpened) -> None:
    redis.Redis.from_url(os.environ["REDIS_URL"]).publish("customers", event.name)  # flow: publish redis customers


billing = Application("billing")
billing.include_submodule(customers)


@app.post("/customers")  # flow: serve http POST /customers handler=create
def create() -> dict[str, str]:
    billing.execute(OpenAccount(name=request.json["name"]))  # flow: publish mediator OpenAccount
    return {}
