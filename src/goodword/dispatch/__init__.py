"""Which windows can be offered, what is agreed, what will happen to each promise from here."""
