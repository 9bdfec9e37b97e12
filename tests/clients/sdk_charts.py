"""Figures of matplotlib through the official Python SDK. The argument is a tar archive of the package."""

import base64
import os
import sys

from daytona import CreateSandboxFromSnapshotParams, Daytona
from daytona.common.process import CodeRunParams

daytona = Daytona()
box = daytona.create(CreateSandboxFromSnapshotParams(name="charts"))
plain = box.process.code_run("import no_matplotlib_here")
print("without", plain.exit_code, plain.result.splitlines()[:2], plain.artifacts.charts)
box.fs.upload_file(sys.argv[1], "lib.tar")
print("unpacked", box.process.exec("mkdir lib && tar xf lib.tar -C lib && rm lib.tar").exit_code)

PROGRAM = """
import sys
import matplotlib.pyplot as plt
print("before", sys.argv[1:], end="")
plt.plot([1, 2, 3], [4, float("nan"), 6], label="l")
plt.title("Line")
plt.xlabel("X")
plt.show()
figure, axes = plt.subplots()
axes.bar(["a", "b"], [1, 2.5], label="g")
axes.set_title("Bars")
plt.show()
plt.pie([1, 3], labels=["p", "q"])
plt.show()
plt.scatter([1, 2], [3, 4])
plt.show()
plt.boxplot([[1, 2, 3, 4, 20]])
plt.show()
plt.imshow([[1, 2], [3, 4]])
plt.colorbar()
plt.show()
print()
figure, axes = plt.subplots(1, 2)
figure.suptitle("Both")
axes[0].plot([1, 2])
axes[1].barh(["u"], [3])
print("after")
raise ValueError("boom")
"""
ran = box.process.code_run(PROGRAM, CodeRunParams(argv=["x"], env={"PYTHONPATH": "lib"}))
# The first use on a machine builds a list of fonts, with a warning of fontconfig's.
print("ran", ran.exit_code, [line for line in ran.result.splitlines() if "ontconfig" not in line])
for chart in ran.artifacts.charts:
    picture = base64.b64decode(chart.png).startswith(b"\x89PNG\r\n")
    elements = [element.model_dump(exclude_none=True) for element in chart.elements]
    print(type(chart).__name__, chart.title, picture, elements, getattr(chart, "x_label", None), getattr(chart, "x_scale", None))
closed = box.process.code_run(
    "import matplotlib.pyplot as plt; plt.plot([1]); plt.close(); import sys; sys.exit(7)", CodeRunParams(env={"PYTHONPATH": "lib"})
)
print("closed", closed.exit_code, closed.artifacts.charts)
box.delete()
sys.stdout.flush()
os._exit(0)
