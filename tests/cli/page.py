"""The page: colour, width and foreign text."""
import os
import pty
import re
import select
import subprocess

from harness import AMICUS, DEMO, ROOT, Cli, main

ESCAPE = "\x1b["


class Page(Cli):
    def on_terminal(self, *words, env=None):
        """Runs amicus with a terminal as stdout, and gives what it wrote there."""
        leader, follower = pty.openpty()
        variables = {"PATH": os.environ["PATH"], "TERM": "xterm", "LC_ALL": "C", **(env or {})}
        done = subprocess.Popen([AMICUS, *words], stdout=follower, stderr=subprocess.DEVNULL,
                                stdin=subprocess.DEVNULL, cwd=ROOT, env=variables)
        os.close(follower)
        written = b""
        while True:
            ready, _, _ = select.select([leader], [], [], 60)
            if not ready:
                break
            try:
                part = os.read(leader, 65536)
            except OSError:
                break
            if not part:
                break
            written += part
        os.close(leader)
        self.assertEqual(done.wait(60), 0)
        return written.decode("utf-8", "replace")

    def test_a_terminal_gets_colour(self):
        self.assertIn(ESCAPE, self.on_terminal("suggest", DEMO))

    def test_a_pipe_gets_none(self):
        self.assertNotIn(ESCAPE, self.call("suggest", DEMO, env={"TERM": "xterm"}).out)

    def test_no_color_and_a_dumb_terminal_are_honoured(self):
        self.assertNotIn(ESCAPE, self.on_terminal("suggest", DEMO, env={"NO_COLOR": "1"}))
        self.assertNotIn(ESCAPE, self.on_terminal("suggest", DEMO, env={"TERM": "dumb"}))

    def test_color_never_beats_a_terminal(self):
        self.assertNotIn(ESCAPE, self.on_terminal("suggest", "--color", "never", DEMO))

    def test_a_pipe_can_be_forced(self):
        self.assertIn(ESCAPE, self.call("suggest", "--color=always", DEMO).out)
        self.assertIn(ESCAPE, self.call("suggest", DEMO, env={"CLICOLOR_FORCE": "1"}).out)

    def test_colour_says_nothing_that_words_do_not(self):
        coloured = self.call("suggest", "--color=always", DEMO).out
        self.assertEqual(re.sub(r"\x1b\[[0-9;]*m", "", coloured), self.call("suggest", DEMO).out)

    def test_no_line_is_wider_than_the_page(self):
        for width in (50, 80, 120):
            page = self.call("suggest", DEMO, env={"COLUMNS": str(width)}).out
            page = page.split("You decide.")[0]  # commands are never broken
            self.assertLessEqual(max(map(len, page.splitlines())), width)

    def test_no_line_of_any_help_page_is_wider_than_the_page(self):
        for command in self.call("help", "-f", "json").json()["commands"]:
            for line in self.call("help", *command["name"].split(), env={"COLUMNS": "60"}).out.splitlines():
                self.assertLessEqual(len(line), 60)
                self.assertEqual(line, line.rstrip())

    def test_columns_of_suites_stand_below_each_other(self):
        rows = [line for line in self.call("test").out.splitlines() if line.endswith(".yaml")]
        self.assertGreater(len(rows), 1)
        self.assertEqual(len({re.search(r" \d+ passed", row).start() for row in rows}), 1, rows)

    def test_no_line_ends_in_a_space(self):
        for words in (["suggest", DEMO], ["explain", DEMO], ["case", "show", DEMO], ["help"]):
            for line in self.call(*words).out.splitlines():
                self.assertEqual(line, line.rstrip())

    def test_symbols_are_ascii_unless_the_locale_is_utf8(self):
        page = self.call("suggest", DEMO, env={"COLUMNS": "60"}).out
        self.assertTrue(page.isascii())

    def test_the_same_case_gives_the_same_page(self):
        self.assertEqual(self.call("suggest", DEMO).out,
                         self.call("suggest", DEMO, env={"LC_ALL": "C", "TZ": "Asia/Tokyo"}).out)

    def test_foreign_text_cannot_write_to_the_terminal(self):
        text = self.read(DEMO).decode()
        hostile = re.sub(r"(?m)^(\s+text: ).*$", r'\1"\\u001b[2J\\u202e wiped"', text)
        self.assertNotEqual(text, hostile)
        result = self.call("suggest", self.file("case.yaml", hostile))
        self.assertNotIn("\x1b", result.out + result.err)
        self.assertNotIn("\u202e", result.out + result.err)
        result = self.call("case", "show", self.file("case.yaml", hostile))
        self.assertNotIn("\x1b", result.out + result.err)

    def test_a_file_name_cannot_write_to_the_terminal(self):
        result = self.call("suggest", "no\x1b[2Jsuch.yaml")
        self.assertNotIn("\x1b", result.out + result.err)

    def test_the_commands_at_the_end_can_be_pasted(self):
        page = self.call("suggest", DEMO).out
        commands = re.findall(r"amicus ((?:explain|letter) .*)", page)
        self.assertEqual(len(commands), 4)
        for command in commands:
            self.assertEqual(self.call(*command.split()).code, 0, command)


main()
