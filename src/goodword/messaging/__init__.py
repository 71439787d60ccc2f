"""Delivers text that other rooms wrote. The only sender of the house."""
