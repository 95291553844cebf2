"""What a Django project needs on this platform and neither Django nor a library has. Copy the folder beside manage.py."""
