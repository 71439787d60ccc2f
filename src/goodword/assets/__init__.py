"""The customers' equipment: what stands at a site, whose make it is, since when, and what it is part of."""
