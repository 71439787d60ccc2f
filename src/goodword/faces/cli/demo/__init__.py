"""``goodword demo``: a whole company on this machine, until Ctrl-C.

``supervise`` starts and stops, ``children`` are what it starts, ``prepare`` is the child that lays tables, territory
and company, ``progress`` is what a person sees meanwhile.
"""

from goodword.faces.cli.demo.supervise import add

__all__ = ["add"]
