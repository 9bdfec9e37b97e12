"""Runs the program on standard input, and writes the figures that it draws with matplotlib as artifacts.

Without matplotlib it is as if the program ran alone: nothing is imported that was not.
"""


def main():
    import os
    import sys
    import types

    source = sys.stdin.buffer.read()
    shown = {"module": None}

    def plain(number):
        number = float(number)
        return number if number - number == 0 else None

    def points(pairs):
        # Numbers that JSON does not have are left out.
        pairs = [[plain(x), plain(y)] for x, y in pairs]
        return [pair for pair in pairs if None not in pair]

    def pie(axes):
        wedges = [patch for patch in axes.patches if type(patch).__name__ == "Wedge"]
        return [
            {"label": str(wedge.get_label()), "angle": float(wedge.theta2 - wedge.theta1), "radius": float(wedge.r)}
            for wedge in wedges
        ]

    def bars(axes):
        found = []
        for container in axes.containers:
            if type(container).__name__ != "BarContainer":
                continue
            flat = getattr(container, "orientation", None) == "horizontal"
            axis = axes.yaxis if flat else axes.xaxis
            names = {float(at): text.get_text() for at, text in zip(axis.get_majorticklocs(), axis.get_ticklabels())}
            group = str(container.get_label())
            for bar in container.patches:
                if flat:
                    middle, value = bar.get_y() + bar.get_height() / 2, bar.get_width()
                else:
                    middle, value = bar.get_x() + bar.get_width() / 2, bar.get_height()
                label = names.get(float(middle)) or "%g" % middle
                found.append({"label": label, "value": str(value), "group": group})
        return found

    def boxes(axes):
        found = []
        for number, stats in enumerate(getattr(axes, "_shown_boxes", ()), 1):
            found.append(
                {
                    "label": str(stats.get("label") or number),
                    "min": plain(stats["whislo"]),
                    "first_quartile": plain(stats["q1"]),
                    "median": plain(stats["med"]),
                    "third_quartile": plain(stats["q3"]),
                    "max": plain(stats["whishi"]),
                    "outliers": [plain(one) for one in stats.get("fliers", ())],
                }
            )
        return found

    def scatter(axes):
        clouds = [one for one in axes.collections if type(one).__name__ == "PathCollection"]
        return [{"label": str(one.get_label()), "points": points(one.get_offsets().tolist())} for one in clouds]

    def lines(axes):
        return [{"label": str(one.get_label()), "points": points(one.get_xydata().tolist())} for one in axes.lines]

    kinds = (("pie", pie), ("box_and_whisker", boxes), ("bar", bars), ("scatter", scatter), ("line", lines))

    def describe(axes):
        chart = {"type": "unknown", "title": axes.get_title(), "elements": []}
        for kind, read in kinds:
            elements = read(axes)
            if elements:
                chart.update(type=kind, elements=elements)
                break
        if chart["type"] == "pie":
            return chart
        chart.update(x_label=axes.get_xlabel(), y_label=axes.get_ylabel())
        if chart["type"] in ("line", "scatter"):
            for name, axis in (("x", axes.xaxis), ("y", axes.yaxis)):
                chart[name + "_ticks"] = [float(at) for at in axis.get_majorticklocs()]
                chart[name + "_tick_labels"] = [text.get_text() for text in axis.get_ticklabels()]
                chart[name + "_scale"] = axis.get_scale()
        return chart

    def elements_of(figure):
        title = figure.get_suptitle() if hasattr(figure, "get_suptitle") else ""
        # A scale of colours is part of the chart beside it.
        all_axes = [axes for axes in figure.axes if axes.get_label() != "<colorbar>"]
        charts = [describe(axes) for axes in all_axes]
        if len(charts) == 1:
            chart = charts[0]
            chart["title"] = chart["title"] or title
            return chart
        known = ("type", "title", "x_label", "y_label")
        parts = [{name: chart[name] for name in known if name in chart} for chart in charts]
        return {"type": "composite_chart", "title": title, "elements": parts}

    def write(figure):
        import base64
        import io
        import json

        picture = io.BytesIO()
        # Drawing it also settles where its ticks are.
        figure.savefig(picture, format="png")
        try:
            chart = elements_of(figure)
            json.dumps(chart, allow_nan=False)
        except Exception:
            # A picture of what is not understood is better than none.
            chart = {"type": "unknown", "title": "", "elements": []}
        chart["png"] = base64.b64encode(picture.getvalue()).decode()
        line = "dtn_artifact_k39fd2:" + json.dumps({"type": "chart", "value": chart}) + "\n"
        sys.stdout.flush()
        rest = memoryview(line.encode())
        while rest:
            rest = rest[os.write(1, rest) :]

    def show(*_args, **_named):
        pyplot = shown["module"]
        for number in pyplot.get_fignums():
            figure = pyplot.figure(number)
            try:
                write(figure)
            except Exception as error:
                print(f"a figure could not be drawn: {error}", file=sys.stderr)
        # As where a window was closed.
        pyplot.close("all")

    class Finder:
        """Sees matplotlib.pyplot being imported, by whomever, and takes its `show`."""

        def find_spec(self, name, path, target=None):
            if name != "matplotlib.pyplot":
                return None
            import importlib.util

            sys.meta_path.remove(self)
            spec = importlib.util.find_spec(name)
            if spec is None or spec.loader is None:
                return spec
            run = spec.loader.exec_module

            def exec_module(module):
                run(module)
                shown["module"] = module
                module.show = show
                keep_boxes()

            spec.loader.exec_module = exec_module
            return spec

    def keep_boxes():
        # What a box stands for is not to be seen in its lines.
        axes = getattr(sys.modules.get("matplotlib.axes"), "Axes", None)
        draw = getattr(axes, "bxp", None)
        if draw is None:
            return

        def bxp(self, bxpstats, *args, **named):
            bxpstats = list(bxpstats)
            self._shown_boxes = list(getattr(self, "_shown_boxes", ())) + bxpstats
            return draw(self, bxpstats, *args, **named)

        axes.bxp = bxp

    # There is no screen: without this matplotlib would look for one.
    os.environ.setdefault("MPLBACKEND", "agg")
    sys.meta_path.insert(0, Finder())
    sys.argv[0] = "-"
    module = types.ModuleType("__main__")
    module.__dict__["__builtins__"] = __builtins__
    sys.modules["__main__"] = module

    def finish():
        if shown["module"] is not None:
            show()

    try:
        exec(compile(source, "<stdin>", "exec", dont_inherit=True), module.__dict__)
    except SystemExit:
        finish()
        raise
    except BaseException as error:
        finish()
        # Without the frames that are ours.
        trace = error.__traceback__.tb_next
        sys.excepthook(type(error), error.with_traceback(trace), trace)
        sys.stderr.flush()
        sys.exit(130 if isinstance(error, KeyboardInterrupt) else 1)
    finish()


main()
