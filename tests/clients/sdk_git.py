"""Git through the official Python SDK, against a repository in the same sandbox."""

import os
import sys

from daytona import Daytona

daytona = Daytona()
sandbox = daytona.create()
git = sandbox.git
home = sandbox.get_work_dir()
sandbox.process.exec("git init -q --bare -b main hub")
url = f"file://{home}/hub"

git.clone(url, "one")
sandbox.fs.upload_file(b"1\n", "one/a.txt")
status = git.status("one")
print("status", status.current_branch, [(item.name, str(item.staging), str(item.worktree)) for item in status.file_status])
git.add("one", ["a.txt"])
commit = git.commit("one", "first", "Me", "me@example.com")
print("commit", len(commit.sha))
git.push("one")
git.clone(url, "two", branch="main")
git.create_branch("two", "feature")
print("branches", git.branches("two").branches)
git.checkout_branch("two", "main")
git.delete_branch("two", "feature")
sandbox.fs.upload_file(b"2\n", "one/a.txt")
git.add("one", ["."])
git.commit("one", "second", "Me", "me@example.com")
git.push("one")
git.pull("two")
print("pulled", sandbox.fs.download_file("two/a.txt"))
git.clone(url, "three", commit_id=commit.sha)
print("at a commit", sandbox.fs.download_file("three/a.txt"))
for what, call in {
    "status": lambda: git.status("none"),
    "clone": lambda: git.clone(url + "-none", "four"),
    "checkout": lambda: git.checkout_branch("two", "none"),
}.items():
    try:
        call()
        print(what, "no error")
    except Exception as error:
        print(what, type(error).__name__)
sandbox.delete()
sys.stdout.flush()
os._exit(0)
