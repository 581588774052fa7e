"""What the tests of the command line share: a way to call amicus, and cases to call it on.

Each test file is run as `python3 FILE`, with the program in AMICUS and the root of the repository as
working folder.
"""
import json
import os
import subprocess
import tempfile
import unittest

AMICUS = os.path.abspath(os.environ["AMICUS"])
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DEMO = "cases/worked/non_payment/demo.yaml"
OTHER = "cases/worked/non_payment/n2-blank.yaml"
BROKEN = "cases/broken/C0104-no-currency.yaml"


class Result:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.out)

    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


class Cli(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = self.temporary.name
        self.addCleanup(self.temporary.cleanup)

    def call(self, *words, stdin=b"", env=None, cwd=ROOT):
        """Calls amicus in the locale C with nothing of the tester's environment."""
        keep = ("PATH", "HOME", "ASAN_OPTIONS", "UBSAN_OPTIONS")
        variables = {name: os.environ[name] for name in keep if name in os.environ}
        variables.update({"LC_ALL": "C"})
        variables.update(env or {})
        return Result(subprocess.run([AMICUS, *words], input=stdin, env=variables, cwd=cwd,
                                     capture_output=True, timeout=120))

    def file(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        return path

    def read(self, path):
        with open(os.path.join(ROOT, path), "rb") as file:
            return file.read()


def main():
    unittest.main(verbosity=2)
