#!/bin/sh
# Generates the Python modules of the tax API into the services that use it. Needs grpcio-tools.
set -eu
cd "$(dirname "$0")"
for service in shop tax; do
  python -m grpc_tools.protoc -I . --python_out="../$service" --grpc_python_out="../$service" taxapi/tax.proto
done
