"""Travel times on roads: reading an OpenStreetMap extract, the contracted graph, reach and nearest by time."""
