"""The half-hour circle on the desk: what is asked, the sheet that answers it, and its map."""
