"""The demo's front door: one click per role and per story. Its addresses answer only in a database marked demo."""
