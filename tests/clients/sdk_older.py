"""What SDKs did that ask for the toolbox below /api/toolbox, and for lists page by page."""

from importlib.metadata import version

from daytona import Daytona, SessionExecuteRequest

daytona = Daytona()
box = daytona.create()
print("created", box.state.value if hasattr(box.state, "value") else box.state, box.process.exec("echo hi; exit 3").exit_code)
print("code", box.process.code_run("print(6 * 7)").result.strip())
box.fs.upload_file(b"written", "a.txt")
print("file", box.fs.download_file("a.txt"), [one.name for one in box.fs.list_files(".")])
box.process.create_session("s")
done = box.process.execute_session_command("s", SessionExecuteRequest(command="echo in session"))
print("session", done.exit_code, done.stdout.strip())
# Before, lists were not by pages; no server that there is answers those.
if version("daytona") >= "0.115":
    print("listed", len(daytona.list().items))
box.stop()
box.start()
box.delete()
print("deleted")
