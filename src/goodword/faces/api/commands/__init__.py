"""The batch door over HTTP: what a phone or a program recorded, perhaps days ago, one answer for each."""
