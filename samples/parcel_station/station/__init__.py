"""The programs of a parcel station."""
