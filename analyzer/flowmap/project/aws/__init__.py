"""What templates of AWS estates say, whichever tool they are written for: functions, what wakes them, state machines."""
