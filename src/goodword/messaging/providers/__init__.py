"""The ways out of the house: one protocol, one file per outside service."""
