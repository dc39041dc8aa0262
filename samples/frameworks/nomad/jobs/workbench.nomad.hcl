job "workbench" {
  group "bench" {
    service {
      name = "workbench"
      port = "http"
    }

    task "bench" {
      driver = "docker"

      config {
        image = "registry.example.com/clocks/workbench:1.2"
      }
    }

    task "apprentice" {
      driver = "docker"

      config {
        image   = "registry.example.com/clocks/workbench:1.2"
        command = "python"
        args    = ["apprentice.py"]
      }

      env {
        REPAIRS = "clock-repairs"
        REDIS   = "redis.service.consul"
      }
    }
  }
}
