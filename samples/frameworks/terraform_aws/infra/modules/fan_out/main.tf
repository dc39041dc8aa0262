variable "name" {}

variable "topic" {}

resource "aws_sqs_queue" "this" {
  name = "shop-${var.name}"
}

resource "aws_sns_topic_subscription" "this" {
  topic_arn = var.topic
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.this.arn
}

output "queue_url" {
  value = aws_sqs_queue.this.url
}

output "queue_arn" {
  value = aws_sqs_queue.this.arn
}
