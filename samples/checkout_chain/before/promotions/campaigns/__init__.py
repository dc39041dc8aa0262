"""Campaigns and their discounts."""
