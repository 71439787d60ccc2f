"""Roads, addresses and basemap from one OpenStreetMap file; travel times as plain arrays."""
