"""The shop in the admin."""

from django.contrib import admin

from shop.models import Product, Report, TaskRun

admin.site.register([Product, TaskRun, Report])
