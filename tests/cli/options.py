"""Options: how they are written, and that each says what it does."""
import os
import stat

from harness import DEMO, ROOT, Cli, main


class Options(Cli):
    def test_an_option_may_stand_before_the_command(self):
        a = self.call("-f", "ndjson", "suggest", DEMO)
        b = self.call("suggest", DEMO, "--format=ndjson")
        c = self.call("suggest", "-fndjson", DEMO)
        self.assertEqual(a.out, b.out)
        self.assertEqual(a.out, c.out)

    def test_a_policy_may_be_named(self):
        a = self.call("suggest", "-f", "ndjson", DEMO)
        b = self.call("suggest", "-f", "ndjson", "-p", "rules/upwork", DEMO)
        self.assertEqual(a.out, b.out)

    def test_a_named_policy_that_does_not_exist_is_refused(self):
        result = self.call("suggest", "--policy", "rules/nowhere", DEMO)
        self.assertEqual(result.code, 3)
        self.assertEqual(result.out, "")

    def test_as_of_takes_an_instant_and_a_date(self):
        a = self.call("suggest", "-f", "ndjson", "--as-of", "2026-01-02T00:00:00Z", DEMO)
        b = self.call("suggest", "-f", "ndjson", "--as-of", "2026-01-02", DEMO)
        self.assertEqual(a.out, b.out)
        self.assertEqual(a.lines()[0]["as_of"], "2026-01-02T00:00:00Z")

    def test_now_is_told(self):
        result = self.call("suggest", "--as-of", "now", DEMO)
        self.assertRegex(result.err, r"now is 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")

    def test_the_policy_of_another_day_decides_the_same_facts_otherwise(self):
        silent = "cases/worked/hourly/era-silence-loses.yaml"
        then = self.call("suggest", "-f", "ndjson", silent).lines()[0]
        later = self.call("suggest", "-f", "ndjson", "--policy-date", "2024-01-01", silent).lines()[0]
        self.assertEqual((then["outcome"], then.get("policy_date")), ("refund_full", None))
        self.assertEqual(later["outcome"], "hourly_apportion")
        self.assertEqual(later["policy_date"], "2024-01-01T00:00:00Z")
        self.assertEqual(later["as_of"], then["as_of"])
        self.assertEqual(later["case"], then["case"])

    def test_the_policy_date_is_shown_to_people(self):
        result = self.call("suggest", "--policy-date", "2024-01-01", DEMO)
        self.assertRegex(result.out, r"upwork \S+ of 2024-01-01 00:00Z")

    def test_a_policy_date_that_is_none_is_refused(self):
        result = self.call("suggest", "--policy-date", "yesterday", DEMO)
        self.assertEqual(result.code, 2)
        self.assertIn("--policy-date yesterday", result.err)

    def test_a_date_that_does_not_exist_is_refused(self):
        result = self.call("suggest", "--as-of", "2025-02-30", DEMO)
        self.assertEqual(result.code, 2)
        self.assertIn("U0104", result.err)

    def test_one_decision_is_written_in_many_formats(self):
        target = os.path.join(self.folder, "ruling.json")
        result = self.call("suggest", "-f", "human", "-f", "json:" + target, DEMO)
        self.assertIn("SUGGESTED", result.out)
        with open(target, encoding="utf-8") as file:
            self.assertEqual(file.read(), self.call("suggest", "-f", "json", DEMO).out)

    def test_output_replaces_a_file_as_a_whole(self):
        target = self.file("out", "old")
        before = os.stat(target).st_ino
        self.assertEqual(self.call("suggest", "-o", target, DEMO).code, 0)
        self.assertNotEqual(os.stat(target).st_ino, before)
        self.assertEqual(os.listdir(self.folder), ["out"])

    def test_a_link_stays_a_link(self):
        target = self.file("real", "old")
        link = os.path.join(self.folder, "link")
        os.symlink(target, link)
        self.assertEqual(self.call("suggest", "-o", link, DEMO).code, 0)
        self.assertTrue(os.path.islink(link))
        with open(target, encoding="utf-8") as file:
            self.assertIn("SUGGESTED", file.read())

    def test_what_is_no_file_is_written_and_not_replaced(self):
        pipe = os.path.join(self.folder, "pipe")
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, reader)
        result = self.call("suggest", "-o", pipe, DEMO)
        self.assertEqual(result.code, 0, result.err)
        self.assertTrue(stat.S_ISFIFO(os.stat(pipe).st_mode))
        self.assertIn(b"SUGGESTED", os.read(reader, 65536))

    def test_a_call_that_fails_leaves_the_output_as_it_was(self):
        target = self.file("out", "old")
        self.assertEqual(self.call("suggest", "-o", target, "no/such/case").code, 3)
        with open(target, encoding="utf-8") as file:
            self.assertEqual(file.read(), "old")
        self.assertEqual(os.listdir(self.folder), ["out"])

    def test_quiet_says_nothing_on_stderr(self):
        result = self.call("suggest", "-q", DEMO, "no/such/case")
        self.assertEqual(result.err, "")
        self.assertEqual(result.code, 3)

    def test_a_folder_is_entered_first(self):
        result = self.call("-C", ROOT, "suggest", DEMO, cwd=self.folder)
        self.assertEqual(result.code, 0, result.err)

    def test_the_nearest_option_is_named(self):
        self.assertIn("--exit-code", self.call("suggest", "--exitcode", DEMO).err)

    def test_the_nearest_command_is_named(self):
        self.assertIn("amicus suggest", self.call("sugest", DEMO).err)

    def test_the_nearest_format_is_named(self):
        self.assertIn("-f json", self.call("suggest", "-f", "jsn", DEMO).err)

    def test_an_option_of_another_command_is_refused(self):
        result = self.call("case", "show", "--exit-code", DEMO)
        self.assertEqual(result.code, 2)
        self.assertIn("case show", result.err)

    def test_an_option_without_its_value_is_refused(self):
        self.assertIn("U0103", self.call("suggest", DEMO, "-p").err)

    def test_all_faults_of_a_command_line_are_told_at_once(self):
        err = self.call("suggest", "--nope", "-f", "jsn", DEMO).err
        self.assertIn("U0102", err)
        self.assertIn("U0104", err)

    def test_a_configuration_names_the_policy(self):
        self.file("amicus.yaml", "policy: %s\n" % os.path.abspath("rules/upwork"))
        path = self.file("below/case.yaml", self.read(DEMO))
        result = self.call("suggest", "-f", "ndjson", "case.yaml", cwd=os.path.dirname(path))
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(result.lines()[0]["rulebook"]["name"], "upwork")

    def test_a_setting_that_does_not_exist_is_refused(self):
        self.file("amicus.yaml", "polcy: x\n")
        result = self.call("suggest", "case.yaml", cwd=self.folder)
        self.assertEqual(result.code, 3)
        self.assertIn("U0302", result.err)

    def test_an_option_beats_the_environment(self):
        result = self.call("suggest", "-p", "rules/upwork", DEMO,
                           env={"AMICUS_POLICY": "/no/such/book"})
        self.assertEqual(result.code, 0, result.err)
        result = self.call("suggest", DEMO, env={"AMICUS_POLICY": "/no/such/book"})
        self.assertEqual(result.code, 3)

    def test_every_command_has_a_page_and_every_page_its_options(self):
        table = self.call("help", "-f", "json").json()
        self.assertEqual(table["schema"], "amicus.cli/1")
        names = self.call("help").out
        for command in table["commands"]:
            self.assertIn(command["name"], names)
            page = self.call("help", *command["name"].split())
            self.assertEqual(page.code, 0)
            for option in command["options"]:
                if option["name"]:
                    self.assertIn("--" + option["name"], page.out)
            by_flag = self.call(*command["name"].split(), "--help")
            self.assertEqual(by_flag.out, page.out)

    def test_the_version_is_one_line(self):
        self.assertRegex(self.call("--version").out, r"\Aamicus \d+\.\d+\.\d+\n\Z")
        self.assertEqual(self.call("-V").out, self.call("version").out)


main()
