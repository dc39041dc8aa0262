"""Uploads."""

from flask import Flask, request

from thumbnails.actors import forget, shrink
from thumbnails.mailbox import Mailbox

app = Flask(__name__)
mailbox = Mailbox()


@app.post("/pictures/<name>")  # flow: serve http POST /pictures/{} handler=upload
def upload(name: str) -> str:
    shrink.send_with_options(args=(name,), delay=1_000)  # flow: publish dramatiq shrink
    mailbox.send(f"{name} is on its way to {request.remote_addr}")  # flow: nothing
    return name


@app.delete("/pictures/<name>")  # flow: serve http DELETE /pictures/{} handler=delete
def delete(name: str) -> str:
    forget.send(name)  # flow: publish dramatiq forget
    return name
