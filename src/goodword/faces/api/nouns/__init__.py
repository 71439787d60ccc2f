"""One file per noun. Each looks up what the caller may see, asks for the right, and calls the action."""
