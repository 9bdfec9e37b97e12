"""Runs a program in a namespace that lives on: `context.py NAME FILE`.

The first use of a name leaves a process that holds the namespace and waits at a socket; this one passes it
its own outputs, waits for the end, and ends with the program's status. When it is killed, the program is
interrupted, and the namespace stays.
"""

import os
import socket
import sys

HOME = "/tmp/.daytona/contexts"


def serve(listener):
    import ast
    import signal
    import threading
    import traceback

    signal.signal(signal.SIGINT, signal.default_int_handler)
    space = {"__name__": "__main__", "__builtins__": __builtins__}
    sys.argv = [""]
    sys.path[0] = ""

    def run(path):
        with open(path, encoding="utf-8") as file:
            tree = ast.parse(file.read(), path)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, path, "exec"), space)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), path, "eval"), space)
            if value is not None:
                space["_"] = value
                print(repr(value))

    while True:
        client, _ = listener.accept()
        try:
            data, fds, _, _ = socket.recv_fds(client, 65536, 2)
            if len(fds) != 2:
                continue
            path, folder, cwd = data.decode().split("\0")[:3]
            for target, fd in zip((1, 2), fds):
                os.dup2(fd, target)
                os.close(fd)
            os.environ["DAYTONA_PICTURES"] = folder
            status = 0
            running = [True]

            def watch():
                try:
                    client.recv(1)
                except OSError:
                    pass
                if running[0]:
                    # A signal to this thread also ends a sleep or a read.
                    signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

            threading.Thread(target=watch, daemon=True).start()
            try:
                os.chdir(cwd)
                run(path)
            except SystemExit as stop:
                code = stop.code
                status = code if isinstance(code, int) else 0 if code is None else 1
                if isinstance(code, str):
                    print(code, file=sys.stderr)
            except KeyboardInterrupt:
                running[0] = False
                status = 130
            except BaseException:
                status = 1
                kind, error, trace = sys.exc_info()
                while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
                    trace = trace.tb_next
                traceback.print_exception(kind, error, trace)
            try:
                pictures = sys.modules.get("__daytona_pictures__")
                if pictures is not None:
                    pictures.save()
                running[0] = False
            except KeyboardInterrupt:
                running[0] = False
            sys.stdout.flush()
            sys.stderr.flush()
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
            os.close(null)
            client.sendall(b"%d\n" % (status & 0xFF))
        except (KeyboardInterrupt, OSError, ValueError):
            pass
        finally:
            client.close()


def begin(path):
    import fcntl

    os.makedirs(HOME, mode=0o700, exist_ok=True)
    with open(path + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        client = connect(path)
        if client is not None:
            return client
        if os.path.exists(path):
            os.unlink(path)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        listener.listen(8)
        sys.stdout.flush()
        if os.fork() == 0:
            os.setsid()
            if os.fork():
                os._exit(0)
            lock.close()
            null = os.open(os.devnull, os.O_RDWR)
            for target in (0, 1, 2):
                os.dup2(null, target)
            serve(listener)
            os._exit(0)
        listener.close()
        return connect(path)


def connect(path):
    client = socket.socket(socket.AF_UNIX)
    try:
        client.connect(path)
        return client
    except OSError:
        client.close()
        return None


def main():
    name, file = sys.argv[1:3]
    path = "%s/%s" % (HOME, name)
    client = connect(path) or begin(path)
    words = (os.path.abspath(file), os.environ.get("DAYTONA_PICTURES", ""), os.getcwd(), "")
    socket.send_fds(client, ["\0".join(words).encode()], [1, 2])
    reply = b""
    while not reply.endswith(b"\n"):
        part = client.recv(16)
        if not part:
            print("the context `%s` ended; the next call begins it anew" % name, file=sys.stderr)
            return 1
        reply += part
    return int(reply)


sys.exit(main())
