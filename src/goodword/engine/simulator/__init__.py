"""Days that never were: worlds with known truth, played by policies that do not know it."""
