"""Tests of django_on_aws that need no server: `IMAGE_BUILD=True python manage.py test tests`."""
