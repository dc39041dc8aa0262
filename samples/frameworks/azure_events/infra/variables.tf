variable "depot" {
  default = "depot"
}

variable "group" {}

variable "place" {
  default = "westeurope"
}
