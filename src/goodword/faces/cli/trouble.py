"""What a command says when it cannot go on: plain words, no traceback."""


class Trouble(Exception):
    """The message says what is wrong and what to do."""
