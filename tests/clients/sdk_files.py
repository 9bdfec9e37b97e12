"""Files through the official Python SDK: bytes, batches, streams, errors."""

import os
import sys
import tempfile

from daytona import Daytona, FileUpload, FileDownloadRequest

daytona = Daytona()
sandbox = daytona.create()
fs = sandbox.fs

fs.create_folder("work/deep", "755")
print("folder", fs.get_file_info("work").is_dir, fs.get_file_info("work").permissions)
fs.upload_file(b"hello\n", "work/a b.txt")
print("bytes", fs.download_file("work/a b.txt"))
fs.upload_files([
    FileUpload(source=b"one", destination="work/1"),
    FileUpload(source="zwei €".encode(), destination="work/new/ä€.txt"),
])
print("batch", sorted(item.name for item in fs.list_files("work")))
with tempfile.TemporaryDirectory() as folder:
    local = os.path.join(folder, "big")
    with open(local, "wb") as file:
        file.write(os.urandom(1 << 20) * 20)
    fs.upload_file(local, "work/big")
    back = os.path.join(folder, "back")
    fs.download_file("work/big", back)
    print("big", open(local, "rb").read() == open(back, "rb").read(), fs.get_file_info("work/big").size)
results = fs.download_files([
    FileDownloadRequest(source="work/1"),
    FileDownloadRequest(source="work/none"),
    FileDownloadRequest(source="work/new/ä€.txt"),
    FileDownloadRequest(source="work"),
])
for result in results:
    details = result.error_details
    print("part", result.source, result.result, details and (details.status_code, details.error_code))
if hasattr(fs, "download_file_stream"):
    seen = []
    chunks = fs.download_file_stream("work/big", on_progress=lambda progress: seen.append((progress.bytes_received, progress.total_bytes)))
    print("stream", sum(len(chunk) for chunk in chunks), seen[-1])
    chunks = fs.download_file_stream("work/big")
    next(chunks)
    chunks.close()
    print("broken off", fs.download_file("work/1"))
print("find", [(match.file, match.line, match.content) for match in fs.find_files("work", "hello")])
print("search", fs.search_files("work", "*.txt").files)
print("replace", [(result.file, result.success) for result in fs.replace_in_files(["work/a b.txt", "work/none"], "hello", "bye")])
print("replaced", fs.download_file("work/a b.txt"))
fs.set_file_permissions("work/1", mode="600")
print("mode", fs.get_file_info("work/1").mode)
fs.move_files("work/1", "work/2")
fs.delete_file("work/2")
fs.delete_file("work/new", recursive=True)
for what, call in {
    "info": lambda: fs.get_file_info("work/2"),
    "delete": lambda: fs.delete_file("work"),
    "download": lambda: fs.download_file("work/2"),
    "upload": lambda: fs.upload_file(b"x", "/proc/none/x"),
    "move": lambda: fs.move_files("work/a b.txt", "work/big"),
}.items():
    try:
        call()
        print(what, "no error")
    except Exception as error:
        print(what, type(error).__name__, error)
print("left", sorted(item.name for item in fs.list_files("work")))
sandbox.delete()
sys.stdout.flush()
os._exit(0)
