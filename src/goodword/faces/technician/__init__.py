"""The technician's pages: my day in driving order, one visit in four stages, one large button."""
