"""The demo company, its invented county, and its simulator."""
