"""Django's backend for PostgreSQL, which takes user and password from a secret."""
