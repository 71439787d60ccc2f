"""What somebody owes by when. What it is about is opaque here."""
