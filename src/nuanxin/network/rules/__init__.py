"""Pure rules of the network: the gazetteer, the search for a place, the promises. No Django, no clock."""
