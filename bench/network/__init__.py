"""Speed of the half-hour circle beside its peers: ``make bench-network [OSM=folder]``."""
