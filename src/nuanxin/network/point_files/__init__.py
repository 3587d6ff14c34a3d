"""Service points as files: read, checked and staged, published at once, and written. CSV, XLSX and GeoJSON."""
