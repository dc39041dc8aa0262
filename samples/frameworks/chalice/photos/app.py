"""Takes photos in and shows who won."""

import json
import os

import boto3
from chalice import Chalice, Rate
from chalicelib.gallery import gallery

app = Chalice(app_name="photos")
app.register_blueprint(gallery, url_prefix="/gallery")


@app.route("/photos", methods=["POST"])  # flow: serve http POST /photos handler=hand_in
def hand_in() -> dict[str, str]:
    photo = app.current_request.json_body
    sns, sqs = boto3.client("sns"), boto3.client("sqs")
    sns.publish(TopicArn=os.environ["HANDED_IN_TOPIC"], Message=json.dumps(photo))  # flow: publish sns photo-handed-in
    queue = sqs.get_queue_url(QueueName=os.environ["THUMBNAIL_QUEUE"])["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody=photo["id"])  # flow: publish sqs thumbnails
    return {"id": photo["id"]}


@app.on_sqs_message(queue="thumbnails", batch_size=5)  # flow: subscribe sqs thumbnails handler=shrink
def shrink(event) -> None:
    for record in event:
        app.log.info("shrinking %s", record.body)


@app.on_cw_event({"source": ["contest.votes"], "detail-type": ["ContestDecided"]})  # flow: subscribe eventbridge ContestDecided
def crown(event) -> None:
    app.log.info("the winner is %s", event.detail["photo"])


@app.schedule(Rate(1, unit=Rate.DAYS))  # flow: nothing
def tidy(_) -> None:
    app.log.info("tidying up")
