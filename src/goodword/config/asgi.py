import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodword.config.settings")
_django = get_asgi_application()

from goodword.config.bodies import BodyLimits  # noqa: E402 - only after Django is set up
from goodword.config.warming import warm_up  # noqa: E402

warm_up(evening=False)
application = BodyLimits(_django)
