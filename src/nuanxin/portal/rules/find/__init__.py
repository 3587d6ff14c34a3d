"""Finding help, without Django: where things lie on a small map, and in which direction one goes."""
