"""The shipping service: packs parcels for what is paid."""
