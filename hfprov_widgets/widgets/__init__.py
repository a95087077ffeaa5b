"""The widgets: one file each, thin over the data module."""
