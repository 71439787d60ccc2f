"""What the faces share: the look, the bracket and whisker, base templates, error pages."""
