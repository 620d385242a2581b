import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
import portal.celery  # noqa: F401  the app must exist before a task is sent

application = get_wsgi_application()
