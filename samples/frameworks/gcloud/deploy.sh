#!/usr/bin/env bash
# Deploys the enquiries desk.
set -euo pipefail

REGION=europe-west3
TOPIC=enquiries

gcloud pubsub topics create "$TOPIC"

gcloud run deploy desk --source desk --region "$REGION" \
  --set-env-vars "PROJECT=help-desk,TOPIC=$TOPIC"

gcloud functions deploy letters --gen2 --runtime python312 --region "$REGION" \
  --source letters --entry-point write_letter --trigger-topic "$TOPIC"  # flow: subscribe pubsub enquiries handler=write_letter

gcloud run deploy archive --source archive --region "$REGION" --no-allow-unauthenticated
ARCHIVE_URL=$(gcloud run services describe archive --region "$REGION" --format "value(status.url)")
gcloud eventarc triggers create to-archive --location "$REGION" --transport-topic "$TOPIC" \
  --event-filters "type=google.cloud.pubsub.topic.v1.messagePublished" \
  --destination-run-service archive --destination-run-path /enquiries  # flow: subscribe pubsub enquiries handler=keep
echo "The archive is at $ARCHIVE_URL"
