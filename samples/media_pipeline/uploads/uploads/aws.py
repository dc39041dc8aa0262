"""The AWS side of the uploads service."""

import json
from enum import StrEnum
from typing import Any

import boto3

from uploads.settings import Settings


class MediaFact(StrEnum):
    """What the uploads service makes known on the media bus."""

    VIDEO_UPLOADED = "VideoUploaded"


class Aws:
    """One client per AWS service, made once."""

    def __init__(self, settings: Settings) -> None:
        endpoint = str(settings.aws_endpoint_url) if settings.aws_endpoint_url else None
        self._settings = settings
        self._events = boto3.client("events", endpoint_url=endpoint)
        self._functions = boto3.client("lambda", endpoint_url=endpoint)
        self._queues = boto3.client("sqs", endpoint_url=endpoint)
        self._objects = boto3.client("s3", endpoint_url=endpoint)

    def upload_form(self, key: str) -> dict[str, Any]:
        """A form with which a browser may put one film into the bucket."""
        return self._objects.generate_presigned_post(self._settings.bucket, key, ExpiresIn=3600)  # flow: nothing

    def probe(self, key: str) -> dict[str, Any]:
        """Wait for what is in the file."""
        answer = self._functions.invoke(  # flow: call rpc media-probe -> media-probe
            FunctionName=self._settings.probe_function,
            InvocationType="RequestResponse",
            Payload=json.dumps({"bucket": self._settings.bucket, "key": key}),
        )
        return json.load(answer["Payload"])

    def order_transcoding(self, key: str, height: int) -> None:
        job = {"bucket": self._settings.bucket, "key": key, "height": height}
        self._queues.send_message(  # flow: publish sqs transcode-jobs
            QueueUrl=self._settings.transcode_queue_url, MessageBody=json.dumps(job)
        )

    def announce(self, fact: MediaFact, detail: dict[str, Any]) -> None:
        entry = {
            "Source": "uploads",
            "DetailType": fact,
            "Detail": json.dumps(detail),
            "EventBusName": self._settings.event_bus,
        }
        self._events.put_events(Entries=[entry])
