"""Requests, work orders, and visits with their four stages: prepare, arrive, work, complete."""
