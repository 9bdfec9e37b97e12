"""Runs code given over the socket on descriptor 0, one piece after another, in one namespace."""


def main():
    import io
    import json
    import os
    import signal
    import socket
    import sys
    import threading
    import traceback
    import types

    link = socket.socket(fileno=os.dup(0))
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    # Of what an error says.
    LONGEST = 100_000
    sending = threading.RLock()
    running = False

    def send(kind, text="", name="", value="", trace=""):
        # Half a surrogate pair is no character that JSON could carry to everybody.
        whole = [part[:LONGEST].encode("utf-8", "backslashreplace").decode() for part in (text, name, value, trace)]
        event = dict(zip(("type", "text", "name", "value", "traceback"), [kind, *whole]))
        line = json.dumps(event).encode() + b"\n"
        with sending:
            link.sendall(line)

    class Stream(io.TextIOBase):
        """What is printed, sent at the end of a line or when it is long."""

        encoding = "utf-8"
        errors = "replace"

        def __init__(self, kind, descriptor):
            self._kind = kind
            self._descriptor = descriptor
            self._held = ""
            self.buffer = Binary(self)

        def write(self, text):
            if not isinstance(text, str):
                raise TypeError("write() argument must be str, not " + type(text).__name__)
            with sending:
                self._held += text
                if "\n" in text or len(self._held) >= 1024:
                    self.flush()
            return len(text)

        def flush(self):
            with sending:
                held, self._held = self._held, ""
                for start in range(0, len(held), 16384):
                    send(self._kind, held[start : start + 16384])

        def writable(self):
            return True

        def isatty(self):
            return False

        def fileno(self):
            return self._descriptor

    class Binary(io.RawIOBase):
        def __init__(self, stream):
            self._stream = stream

        def write(self, data):
            data = bytes(data)
            self._stream.write(data.decode("utf-8", "replace"))
            return len(data)

        def flush(self):
            self._stream.flush()

        def writable(self):
            return True

    def interrupt(_signal, _frame):
        if running:
            raise KeyboardInterrupt

    sys.stdout = sys.__stdout__ = Stream("stdout", 1)
    sys.stderr = sys.__stderr__ = Stream("stderr", 2)
    sys.stdin = sys.__stdin__ = open(os.devnull, encoding="utf-8")
    sys.argv = [""]
    sys.path.insert(0, "")
    module = types.ModuleType("__main__")
    module.__dict__["__builtins__"] = __builtins__
    sys.modules["__main__"] = module
    signal.signal(signal.SIGINT, interrupt)

    def report(error):
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<stdin>"]
        trace = "".join(traceback.format_exception_only(type(error), error))
        if frames:
            trace = "Traceback (most recent call last):\n" + "".join(traceback.format_list(frames)) + trace
        try:
            value = str(error)
        except Exception:
            value = ""
        send("error", name=type(error).__name__, value=value, trace=trace)

    def run(request):
        nonlocal running
        before = {}
        for name, value in (request.get("envs") or {}).items():
            before[name] = os.environ.get(name)
            os.environ[name] = value
        outcome = "completed"
        try:
            try:
                running = True
                exec(compile(request["code"], "<stdin>", "exec"), module.__dict__)
            finally:
                running = False
        except SystemExit:
            pass
        except KeyboardInterrupt:
            outcome = "interrupted"
        except BaseException as error:
            report(error)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        send("control", outcome)

    owner = os.getpid()
    for line in link.makefile("rb"):
        run(json.loads(line))
        if os.getpid() != owner:
            os._exit(0)


main()
