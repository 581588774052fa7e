"""case fmt: rewriting never changes or loses what a file says."""
import os

from harness import BROKEN, DEMO, Cli, main


class Fmt(Cli):
    def without_comments(self):
        done = self.call("case", "fmt", "-", stdin=self.read(DEMO))
        self.assertEqual(done.code, 0, done.err)
        return done.out.encode()

    def test_a_tidy_file_is_left_alone(self):
        path = self.file("case.yaml", self.without_comments())
        before = os.stat(path).st_ino
        self.assertEqual(self.call("case", "fmt", path).code, 0)
        self.assertEqual(os.stat(path).st_ino, before)
        self.assertEqual(self.call("case", "fmt", "--check", path).code, 0)

    def test_an_untidy_file_is_rewritten_and_says_the_same(self):
        tidy = self.without_comments()
        path = self.file("case.yaml", b"# kept\n" + tidy + b"\n\n")
        ruling = self.call("suggest", "-f", "ndjson", path).out
        self.assertEqual(self.call("case", "fmt", "--check", path).code, 1)
        result = self.call("case", "fmt", path)
        self.assertEqual(result.code, 0, result.err)
        with open(path, "rb") as file:
            written = file.read()
        self.assertTrue(written.startswith(b"# kept\n"))
        self.assertEqual(self.call("suggest", "-f", "ndjson", path).out, ruling)
        self.assertEqual(self.call("case", "fmt", "--check", path).code, 0)

    def test_a_comment_in_the_middle_is_not_lost_unasked(self):
        text = self.without_comments() + b"# the end\n"
        path = self.file("case.yaml", text)
        result = self.call("case", "fmt", path)
        self.assertEqual(result.code, 3)
        self.assertIn("U0203", result.err)
        with open(path, "rb") as file:
            self.assertEqual(file.read(), text)
        self.assertEqual(self.call("case", "fmt", "--drop-comments", path).code, 0)

    def test_a_broken_file_is_left_alone(self):
        text = self.read(BROKEN)
        path = self.file("case.yaml", text)
        self.assertEqual(self.call("case", "fmt", path).code, 3)
        with open(path, "rb") as file:
            self.assertEqual(file.read(), text)

    def test_check_writes_nothing(self):
        path = self.file("case.yaml", self.without_comments() + b"\n")
        before = os.stat(path).st_mtime_ns
        self.assertEqual(self.call("case", "fmt", "--check", path).code, 1)
        self.assertEqual(os.stat(path).st_mtime_ns, before)

    def test_a_file_keeps_its_mode(self):
        path = self.file("case.yaml", self.without_comments() + b"\n")
        os.chmod(path, 0o640)
        self.assertEqual(self.call("case", "fmt", path).code, 0)
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o640)


main()
