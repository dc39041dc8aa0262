"""The packager: cuts films into segments for streaming and says when they can be watched."""

import json
from typing import Any

import boto3
from decouple import Csv, config
from redis import Redis

ENDPOINT = config("AWS_ENDPOINT_URL", default=None)
LISTS = config("PACKAGING_LISTS", cast=Csv())
TOPIC_ARN = config("PACKAGED_TOPIC_ARN")
SUBTITLES_FUNCTION = config("SUBTITLES_FUNCTION", default="media-subtitles")
SEGMENT_SECONDS = config("SEGMENT_SECONDS", default=6, cast=int)


class Packager:
    """Works off the packaging jobs."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._topic = boto3.resource("sns", endpoint_url=ENDPOINT).Topic(TOPIC_ARN)
        self._functions = boto3.client("lambda", endpoint_url=ENDPOINT)

    def run(self) -> None:
        while True:
            popped = self._redis.blpop(  # flow: subscribe redis packaging:jobs ; subscribe redis packaging:jobs:low
                LISTS, timeout=30
            )
            if popped is not None:
                self.package(json.loads(popped[1]))

    def package(self, job: dict[str, Any]) -> None:
        playlist = f"{job['key']}/index.m3u8"
        ready = json.dumps({"key": job["key"], "playlist": playlist, "segment_seconds": SEGMENT_SECONDS})
        self._topic.publish(Message=ready)  # flow: publish sns video-packaged
        self._functions.invoke(  # flow: call rpc media-subtitles -> media-subtitles
            FunctionName=SUBTITLES_FUNCTION, InvocationType="Event", Payload=json.dumps(job)
        )


if __name__ == "__main__":
    Packager(Redis.from_url(config("REDIS_URL"))).run()
