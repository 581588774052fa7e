"""Exit codes: what a script learns from a call."""
import os
import subprocess

from harness import AMICUS, BROKEN, DEMO, OTHER, ROOT, Cli, main


class Exits(Cli):
    def test_a_ruling_is_success(self):
        self.assertEqual(self.call("suggest", DEMO).code, 0)

    def test_no_command_is_wrong_usage_and_shows_the_commands(self):
        result = self.call()
        self.assertEqual(result.code, 2)
        self.assertEqual(result.out, "")
        self.assertIn("suggest", result.err)

    def test_an_unknown_command_is_wrong_usage(self):
        self.assertEqual(self.call("sugest", DEMO).code, 2)

    def test_an_unknown_option_is_wrong_usage(self):
        self.assertEqual(self.call("suggest", "--loud", DEMO).code, 2)

    def test_no_operand_is_wrong_usage(self):
        self.assertEqual(self.call("suggest").code, 2)

    def test_a_broken_case_is_three(self):
        self.assertEqual(self.call("suggest", BROKEN).code, 3)

    def test_a_missing_file_is_three(self):
        self.assertEqual(self.call("suggest", "no/such/case.yaml").code, 3)

    def test_the_worst_code_of_many_wins(self):
        self.assertEqual(self.call("suggest", DEMO, BROKEN, OTHER).code, 3)

    def test_an_empty_folder_is_four(self):
        self.assertEqual(self.call("suggest", self.folder).code, 4)

    def test_an_empty_list_is_four(self):
        self.assertEqual(self.call("suggest", "@" + self.file("list", "# none\n\n")).code, 4)

    def test_money_that_would_not_add_up_is_seventy_and_no_ruling(self):
        most = "USD 92233720368547758.07"
        items = "".join(f"  - {{id: M{i}, amount: {most}, held: {most}}}\n" for i in (1, 2))
        case = self.file("huge.yaml", "amicus: case/1\n"
                         "case: {id: H, platform: upwork, as_of: 2025-03-20T09:00:00Z}\n"
                         "contract: {type: fixed, formed_at: 2025-02-03T09:00:00Z}\n"
                         "milestones:\n" + items)
        result = self.call("suggest", case)
        self.assertEqual((result.code, result.out), (70, ""))
        self.assertIn("I0101", result.err)

    def test_exit_code_tells_the_outcome(self):
        outcome = self.call("suggest", "-f", "json", DEMO).json()["outcome"]
        self.assertEqual(outcome, "release_full")
        self.assertEqual(self.call("suggest", "--exit-code", DEMO).code, 10)

    def test_a_failure_outranks_an_outcome(self):
        self.assertEqual(self.call("suggest", "--exit-code", DEMO, BROKEN).code, 3)

    def test_case_check_of_a_good_case_is_zero(self):
        self.assertEqual(self.call("case", "check", DEMO).code, 0)

    def test_case_check_of_a_broken_case_is_three(self):
        self.assertEqual(self.call("case", "check", BROKEN).code, 3)

    def test_check_of_a_sound_rulebook_is_zero(self):
        self.assertEqual(self.call("check", "rules/upwork").code, 0)

    def test_our_own_rulebooks_give_no_warning(self):
        result = self.call("check", "--fail-on", "note")
        self.assertEqual((result.code, result.out), (0, "4 rulebooks, 0 errors\n"))

    def test_check_of_a_folder_without_rulebook_is_three(self):
        self.assertEqual(self.call("check", self.folder).code, 3)

    def book(self, script):
        """A rulebook of one file, in a folder of its own; returns the folder."""
        folder = os.path.join(self.folder, "book")
        vocabulary = os.path.relpath("rules/vocabulary.yaml", folder)
        self.file("book/only.lua", script)
        self.file("book/rulebook.yaml",
                  "amicus: rulebook/1\nname: only\nversion: \"1\"\ntitle: One file\n"
                  "vocabulary: %s\nfiles: [only.lua]\n" % vocabulary)
        return folder

    def test_a_script_that_does_not_end_is_five(self):
        result = self.call("suggest", "-p", self.book("while true do end\n"), DEMO)
        self.assertEqual(result.code, 5, result.err)
        self.assertEqual(result.out, "")

    def test_a_script_with_a_fault_is_three(self):
        self.assertEqual(self.call("check", self.book("rule 'x' {\n")).code, 3)

    def test_a_warning_fails_only_where_it_is_asked_to(self):
        folder = self.book('source "S" { title = "Terms", grade = "OURS" }\n'
                           'provision "S-1" { title = "Not cited", source = "S",'
                           ' layer = "platform" }\n')
        self.assertIn("warning[P", self.call("check", folder).out)
        self.assertEqual(self.call("check", folder).code, 0)
        self.assertEqual(self.call("check", "--fail-on", "error", folder).code, 0)
        self.assertEqual(self.call("check", "--fail-on", "warning", folder).code, 1)

    def test_a_full_disk_is_seventy_four(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([AMICUS, "suggest", DEMO], cwd=ROOT, stdout=full,
                                  stderr=subprocess.DEVNULL, timeout=120)
        self.assertEqual(done.returncode, 74)

    def test_a_file_that_cannot_be_written_is_seventy_four(self):
        self.assertEqual(self.call("suggest", "-o", "/no/such/folder/x", DEMO).code, 74)

    def test_an_unknown_name_to_explain_is_three(self):
        self.assertEqual(self.call("explain", "no.such.name").code, 3)


main()
