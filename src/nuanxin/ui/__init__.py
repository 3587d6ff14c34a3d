"""Base templates, components, tokens, form widgets, error pages: the look of every page."""
