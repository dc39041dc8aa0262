"""Uploads."""

import os
from datetime import timedelta

from flask import Flask
from jobs import rename, shrink
from redis import Redis
from rq import Queue

app = Flask(__name__)
queue = Queue("thumbnails", connection=Redis(os.environ.get("REDIS_HOST", "localhost")))


@app.post("/pictures/<name>")  # flow: serve http POST /pictures/{} handler=upload
def upload(name: str) -> str:
    path = rename(name)  # flow: nothing
    for size in (64, 256):
        queue.enqueue(shrink, path, size)  # flow: publish rq jobs.shrink
    queue.enqueue_in(timedelta(days=30), "jobs.forget", path)  # flow: publish rq jobs.forget
    return path
