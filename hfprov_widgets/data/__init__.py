"""The data side: clients of the Hub and the router, records, catalogues. It imports no widget and works alone."""
