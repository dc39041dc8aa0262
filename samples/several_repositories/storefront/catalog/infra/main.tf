resource "aws_sns_topic" "changes" {
  name = "catalog-changes"
}

resource "aws_sqs_queue" "search" {
  name = "search-catalog-changes"
}

resource "aws_sns_topic_subscription" "search" {
  topic_arn            = aws_sns_topic.changes.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.search.arn
  raw_message_delivery = true
}
