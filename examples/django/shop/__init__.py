"""The application: as little as shows each part."""
