"""The client of the parcel service."""
