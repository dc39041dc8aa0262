variable "version" {
  type    = string
  default = "latest"
}

locals {
  repairs = "clock-repairs"
}

job "counter" {
  datacenters = ["dc1"]

  group "web" {
    network {
      port "http" { to = 8080 }
    }

    service {
      name = "counter"
      port = "http"
    }

    task "server" {
      driver = "docker"

      config {
        image = "registry.example.com/clocks/counter:${var.version}"
        ports = ["http"]
      }

      env {
        REPAIRS = local.repairs
        REDIS   = "redis.service.consul"
      }

      template {
        env         = true
        destination = "local/services.env"
        data        = <<EOF
WORKBENCH_URL={{ range service "workbench" }}http://{{ .Address }}:{{ .Port }}{{ end }}
WORKBENCH_KEY={{ with secret "secret/workbench" }}{{ .Data.key }}{{ end }}
EOF
      }
    }
  }
}
