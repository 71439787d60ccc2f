"""Everything a person or a program touches. No models, no rules, no save()."""
