"""Names that all programs use."""

RAIN = "rain.measured"
