resource "azurerm_eventgrid_topic" "parcels" {
  name                = "${var.depot}-parcels"
  location            = var.place
  resource_group_name = var.group
}

resource "azurerm_servicebus_namespace" "bus" {
  name                = "${var.depot}-bus"
  location            = var.place
  resource_group_name = var.group
  sku                 = "Standard"
}

resource "azurerm_servicebus_queue" "labels" {
  name         = "label-jobs"
  namespace_id = azurerm_servicebus_namespace.bus.id
}

resource "azurerm_eventgrid_event_subscription" "labels" {
  name                          = "labels"
  scope                         = azurerm_eventgrid_topic.parcels.id
  service_bus_queue_endpoint_id = azurerm_servicebus_queue.labels.id
  included_event_types          = ["Depot.ParcelAccepted"]
}

resource "azurerm_eventhub_namespace" "hubs" {
  name                = "${var.depot}-hubs"
  location            = var.place
  resource_group_name = var.group
  sku                 = "Standard"
}

resource "azurerm_eventhub" "weights" {
  name              = "weights"
  namespace_id      = azurerm_eventhub_namespace.hubs.id
  partition_count   = 2
  message_retention = 1
}

resource "azurerm_storage_account" "store" {
  name                     = "${var.depot}store"
  location                 = var.place
  resource_group_name      = var.group
  account_tier             = "Standard"
  account_replication_type = "LRS"
}

resource "azurerm_storage_queue" "prints" {
  name                 = "prints"
  storage_account_name = azurerm_storage_account.store.name
}
