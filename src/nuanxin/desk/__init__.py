"""The staff shell: navigation, search, the inbox, the case page."""
