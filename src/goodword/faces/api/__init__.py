"""JSON under ``/api/v1``: one file per noun, the same actions as every other face, no rule of its own."""
