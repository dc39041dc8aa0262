"""Looks into an uploaded film: whether it can be played, how long and how high it is."""

from typing import Any

import boto3

PLAYABLE = {b"ftyp": "mp4", b"moov": "mov"}


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """What the first kilobyte says."""
    head = boto3.client("s3").get_object(Bucket=event["bucket"], Key=event["key"], Range="bytes=0-1023")
    marker = head["Body"].read()[4:8]
    if marker not in PLAYABLE:
        return {"playable": False, "reason": "unknown container"}
    metadata = head["Metadata"]
    return {"playable": True, "height": int(metadata.get("height", 720)), "seconds": int(metadata.get("seconds", 0))}
