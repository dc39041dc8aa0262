resource "azurerm_service_plan" "plan" {
  name                = "${var.depot}-plan"
  location            = var.place
  resource_group_name = var.group
  os_type             = "Linux"
  sku_name            = "B1"
}

data "archive_file" "intake" {
  type        = "zip"
  source_dir  = "${path.module}/../intake"
  output_path = "${path.module}/intake.zip"
}

resource "azurerm_linux_web_app" "intake" {
  name                = "${var.depot}-intake"
  location            = var.place
  resource_group_name = var.group
  service_plan_id     = azurerm_service_plan.plan.id
  zip_deploy_file     = data.archive_file.intake.output_path

  app_settings = {
    PARCELS_ENDPOINT = azurerm_eventgrid_topic.parcels.endpoint
    PARCELS_KEY      = azurerm_eventgrid_topic.parcels.primary_access_key
    HUB              = azurerm_eventhub_namespace.hubs.default_primary_connection_string
    WEIGHTS_HUB      = azurerm_eventhub.weights.name
  }

  site_config {
    app_command_line = "uvicorn main:app"
  }
}

data "archive_file" "labels" {
  type        = "zip"
  source_dir  = "${path.module}/../labels"
  output_path = "${path.module}/labels.zip"
}

resource "azurerm_linux_function_app" "labels" {
  name                 = "${var.depot}-labels"
  location             = var.place
  resource_group_name  = var.group
  service_plan_id      = azurerm_service_plan.plan.id
  storage_account_name = azurerm_storage_account.store.name
  zip_deploy_file      = data.archive_file.labels.output_path

  app_settings = {
    BUS         = azurerm_servicebus_namespace.bus.default_primary_connection_string
    STORAGE     = azurerm_storage_account.store.primary_connection_string
    LABEL_QUEUE = azurerm_servicebus_queue.labels.name
    PRINT_QUEUE = azurerm_storage_queue.prints.name
  }

  site_config {}
}

resource "azurerm_container_app_environment" "workers" {
  name                = "${var.depot}-workers"
  location            = var.place
  resource_group_name = var.group
}

locals {
  workers = {
    printer  = { STORAGE = azurerm_storage_account.store.primary_connection_string, PRINT_QUEUE = azurerm_storage_queue.prints.name }
    tracking = { HUB = azurerm_eventhub_namespace.hubs.default_primary_connection_string, WEIGHTS_HUB = azurerm_eventhub.weights.name }
  }
}

resource "azurerm_container_app" "worker" {
  for_each                     = local.workers
  name                         = each.key
  resource_group_name          = var.group
  container_app_environment_id = azurerm_container_app_environment.workers.id
  revision_mode                = "Single"

  template {
    container {
      name   = each.key
      image  = "ghcr.io/depot/${each.key}:1"
      cpu    = 0.25
      memory = "0.5Gi"

      dynamic "env" {
        for_each = each.value
        content {
          name  = env.key
          value = env.value
        }
      }
    }
  }
}
