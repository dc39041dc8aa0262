"""Takes jobs from the queue, transcodes, and hands the result to the packager."""

import json
import subprocess
from pathlib import Path
from typing import Any

import boto3
from redis import Redis

from transcoder import settings

sqs = boto3.client("sqs", endpoint_url=settings.AWS_ENDPOINT_URL)
s3 = boto3.client("s3", endpoint_url=settings.AWS_ENDPOINT_URL)
events = boto3.client("events", endpoint_url=settings.AWS_ENDPOINT_URL)
redis = Redis.from_url(settings.REDIS_URL)


def transcode(source: Path, height: int) -> Path:
    """Run ffmpeg; raises CalledProcessError if it cannot read the film."""
    target = source.with_suffix(".mp4")
    command = ["ffmpeg", "-y", "-i", str(source), "-vf", f"scale=-2:{height}", str(target)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # flow: nothing
    return target


def reject(key: str, reason: str) -> None:
    events.put_events(  # flow: publish eventbridge VideoRejected exchange=media
        Entries=[
            {
                "Source": "transcoder",
                "DetailType": "VideoRejected",
                "Detail": json.dumps({"key": key, "reason": reason}),
                "EventBusName": settings.EVENT_BUS,
            }
        ]
    )


def handle(job: dict[str, Any]) -> None:
    """One film: fetch, transcode, store, pass on."""
    source = Path(settings.WORK_DIR) / job["key"]
    s3.download_file(job["bucket"], job["key"], str(source))
    try:
        target = transcode(source, job["height"])
    except subprocess.CalledProcessError as failed:
        reject(job["key"], failed.stderr.decode(errors="replace")[-200:])
        return
    s3.upload_file(str(target), job["bucket"], f"transcoded/{target.name}")
    parcel = {"bucket": job["bucket"], "key": job["key"], "film": f"transcoded/{target.name}"}
    waiting = f"{settings.PACKAGING_LIST}:low" if job.get("bulk") else settings.PACKAGING_LIST
    redis.rpush(waiting, json.dumps(parcel))  # flow: publish redis packaging:jobs ; publish redis packaging:jobs:low
    if "reply_queue_url" in job:
        # Importers outside this repository put jobs into the queue too, and say where they want to hear of the result.
        sqs.send_message(QueueUrl=job["reply_queue_url"], MessageBody=json.dumps(parcel))  # flow: blind publish sqs


def main() -> None:
    while True:
        batch = sqs.receive_message(  # flow: subscribe sqs transcode-jobs
            QueueUrl=settings.QUEUE_URL, MaxNumberOfMessages=1, WaitTimeSeconds=20, VisibilityTimeout=3600
        )
        for message in batch.get("Messages", []):
            handle(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=settings.QUEUE_URL, ReceiptHandle=message["ReceiptHandle"])


if __name__ == "__main__":
    main()
