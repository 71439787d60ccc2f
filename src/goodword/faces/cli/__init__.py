"""``goodword``: the house from the command line."""
