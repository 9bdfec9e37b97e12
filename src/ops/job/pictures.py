"""Writes the figures that a program shows with matplotlib into the folder that DAYTONA_PICTURES names.

It is found as sitecustomize: the program itself runs as if this were not here.
"""

import os
import sys


def _watch():
    from importlib.abc import MetaPathFinder
    from importlib.util import find_spec

    state = {"count": 0}

    def save(pyplot):
        # Asked each time: where variables last, each program has a folder of its own.
        folder = os.environ["DAYTONA_PICTURES"]
        for number in pyplot.get_fignums():
            state["count"] += 1
            os.makedirs(folder, exist_ok=True)
            name = os.path.join(folder, "%03d.png" % state["count"])
            part = name + ".part"
            pyplot.figure(number).savefig(part, format="png", dpi=100, bbox_inches="tight")
            os.replace(part, name)
            pyplot.close(number)

    def patch(pyplot):
        import atexit

        pyplot.show = lambda *_, **__: save(pyplot)
        atexit.register(save, pyplot)
        sys.modules["__daytona_pictures__"] = type("pictures", (), {"save": staticmethod(lambda: save(pyplot))})

    class Finder(MetaPathFinder):
        def find_spec(self, name, path=None, target=None):
            if name != "matplotlib.pyplot":
                return None
            sys.meta_path.remove(self)
            spec = find_spec(name)
            if spec is not None and spec.loader is not None:
                run = spec.loader.exec_module

                def exec_module(module):
                    run(module)
                    patch(module)

                spec.loader.exec_module = exec_module
            return spec

    sys.meta_path.insert(0, Finder())


if os.environ.get("DAYTONA_PICTURES"):
    os.environ.setdefault("MPLBACKEND", "Agg")
    _watch()
