"""The promotions service: campaigns and who profits from them."""
