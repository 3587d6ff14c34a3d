"""Pages of the public face. Thin: what is asked stands in ``questions``, what is written in ``actions``."""
