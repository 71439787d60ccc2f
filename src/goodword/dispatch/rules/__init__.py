"""Candidate windows, said words, reasons in words. Pure."""
