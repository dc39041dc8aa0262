module "readers" {
  source   = "./modules/fan_out"
  for_each = toset(["billing", "audit"])
  name     = each.key
  topic    = aws_sns_topic.orders.arn
}

resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  container_definitions = jsonencode([{
    name        = "shop"
    image       = "depot/shop:${var.stage}"
    environment = [{ name = "ORDERS_TOPIC", value = aws_sns_topic.orders.arn }]
  }])
}

resource "aws_ecs_task_definition" "billing" {
  family = "billing"
  container_definitions = jsonencode([{
    name        = "billing"
    image       = "depot/billing:${var.stage}"
    environment = [{ name = "BILLING_QUEUE", value = module.readers["billing"].queue_url }]
  }])
}

data "archive_file" "audit" {
  type        = "zip"
  source_dir  = "${path.module}/../audit"
  output_path = "${path.module}/audit.zip"
}

resource "aws_lambda_function" "audit" {
  function_name = "shop-audit"
  filename      = data.archive_file.audit.output_path
  handler       = "record.handler"
  runtime       = "python3.12"
  role          = var.audit_role
}

variable "audit_role" {}

resource "aws_lambda_event_source_mapping" "audit" {
  event_source_arn = module.readers["audit"].queue_arn # flow: subscribe sns shop-orders handler=handler
  function_name    = aws_lambda_function.audit.arn
}
