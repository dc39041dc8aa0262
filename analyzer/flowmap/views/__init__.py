"""What can be drawn of a system, as pictures without a format. Pure; read by the reporters that draw them."""
