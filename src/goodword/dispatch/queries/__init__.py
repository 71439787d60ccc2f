"""Every read of this room that a face or a room above may do."""
