"""The HTTP interface of the uploads service."""

from functools import lru_cache
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Depends, FastAPI, HTTPException

from uploads.aws import Aws, MediaFact
from uploads.settings import get_settings

app = FastAPI(title="uploads")


@lru_cache
def aws() -> Aws:
    return Aws(get_settings())


UsesAws = Annotated[Aws, Depends(aws)]


@app.post("/videos", status_code=201)  # flow: serve http POST /videos
def start_upload(aws: UsesAws) -> dict[str, Any]:
    key = f"{uuid4()}.mov"
    return {"key": key, "form": aws.upload_form(key)}


@app.post("/videos/{key}/complete", status_code=202)  # flow: serve http POST /videos/{}/complete
def complete_upload(key: str, aws: UsesAws) -> dict[str, Any]:
    """The film is in the bucket: look into it while the uploader waits, then let the others work."""
    found = aws.probe(key)
    if not found["playable"]:
        raise HTTPException(422, found["reason"])
    aws.order_transcoding(key, height=min(found["height"], 1080))
    film = {"key": key, "seconds": found["seconds"]}
    aws.announce(MediaFact.VIDEO_UPLOADED, film)  # flow: publish eventbridge VideoUploaded exchange=media
    return {"key": key}
