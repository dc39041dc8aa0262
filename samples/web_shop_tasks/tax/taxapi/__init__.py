"""The tax API; the modules are generated from `protos/taxapi/tax.proto`."""
