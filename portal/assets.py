"""Browser assets from the npm lock, through an allow-list; nothing third-party is committed."""

from functools import cache

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.storage import FileSystemStorage

from portal import icons

NODE = settings.BASE_DIR / "node_modules"
FILES = {
    "bootstrap/css/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/css/bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",
    "bootstrap/js/bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap/js/bootstrap.bundle.min.js.map": "bootstrap/dist/js/bootstrap.bundle.min.js.map",
    "bootstrap-icons/bootstrap-icons.svg": "bootstrap-icons/bootstrap-icons.svg",
}


SPRITE = "bootstrap-icons/bootstrap-icons.svg"


@cache
def sprite():
    return icons.cut(NODE / FILES[SPRITE], settings.BASE_DIR, settings.VAR / "cache" / "icons.svg")


class NodeStorage(FileSystemStorage):
    """Serves a fixed list of files under their public names."""

    def __init__(self):
        super().__init__(location=NODE, base_url=None)

    def path(self, name):
        return str(sprite() if name == SPRITE else NODE / FILES[name])

    def exists(self, name):
        return name in FILES and (NODE / FILES[name]).is_file()


class NodeFinder(BaseFinder):
    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = NodeStorage()

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        found = self.storage.path(path) if self.storage.exists(path) else None
        return ([found] if found else []) if find_all else found

    def list(self, ignore_patterns):
        return [(name, self.storage) for name in FILES if self.storage.exists(name)]
