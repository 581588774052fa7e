"""Inputs: files, folders, lists, stdin, and what is no case at all."""
import json
import os

from harness import BROKEN, DEMO, OTHER, Cli, main


class Inputs(Cli):
    def test_a_broken_case_does_not_stop_the_others(self):
        result = self.call("suggest", "-f", "ndjson", DEMO, BROKEN, OTHER)
        schemas = [line["schema"] for line in result.lines()]
        self.assertEqual(schemas, ["amicus.ruling/1", "amicus.diagnostics/1", "amicus.ruling/1"])
        self.assertIn("3 cases: 2 ruled, 1 refused", result.err)

    def test_stdin_gives_the_ruling_of_the_file(self):
        a = self.call("suggest", "-f", "ndjson", DEMO)
        b = self.call("suggest", "-f", "ndjson", "-", stdin=self.read(DEMO))
        self.assertEqual(a.out, b.out)
        self.assertEqual(b.code, 0)

    def test_stdin_is_named_in_a_diagnostic(self):
        result = self.call("suggest", "-", stdin=b"amicus: case/1\n")
        self.assertEqual(result.code, 3)
        self.assertIn("(stdin)", result.err)

    def test_a_folder_is_every_case_below_it_in_the_order_of_names(self):
        self.file("b/two.yml", self.read(OTHER))
        self.file("a/one.yaml", self.read(DEMO))
        self.file("a/one.expected.yaml", "outcome: split\n")
        self.file("a/notes.txt", "no case")
        self.file("a/.hidden.yaml", "no case")
        result = self.call("suggest", "-f", "plain", self.folder)
        self.assertEqual(result.code, 0, result.err)
        ids = [line.split()[1] for line in result.out.splitlines() if line.startswith("outcome ")]
        first = [self.call("suggest", "-f", "json", path).json()["case"]["id"]
                 for path in (DEMO, OTHER)]
        self.assertEqual(ids, first)

    def test_a_named_file_is_taken_whatever_it_is_called(self):
        path = self.file("case.txt", self.read(DEMO))
        self.assertEqual(self.call("suggest", path).code, 0)

    def test_a_list_names_files_folders_and_comments(self):
        self.file("more/two.yaml", self.read(OTHER))
        path = self.file("list", "# a list\n%s\n\n%s\r\n" % (DEMO, os.path.join(self.folder, "more")))
        result = self.call("suggest", "-f", "ndjson", "@" + path)
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(len(result.lines()), 2)

    def test_a_list_that_names_itself_ends(self):
        path = os.path.join(self.folder, "list")
        self.file("list", "@%s\n" % path)
        self.assertEqual(self.call("suggest", "@" + path).code, 3)

    def test_an_empty_file_is_refused_with_a_place(self):
        path = self.file("empty.yaml", b"")
        result = self.call("suggest", "-f", "plain", path)
        self.assertEqual(result.code, 3)
        self.assertIn(path, result.err)
        self.assertIn("error C0101", result.err)

    def test_bytes_that_are_no_text_are_refused(self):
        path = self.file("case.yaml", bytes(range(256)) * 8)
        self.assertEqual(self.call("suggest", path).code, 3)

    def test_a_program_is_no_case(self):
        self.assertEqual(self.call("case", "check", os.environ["AMICUS"]).code, 3)

    def test_a_huge_file_is_refused_without_being_read_to_its_end(self):
        path = os.path.join(self.folder, "huge.yaml")
        with open(path, "wb") as file:
            file.truncate(1 << 36)
        result = self.call("suggest", path)
        self.assertEqual(result.code, 3)
        self.assertIn("error[C0", result.err)

    def large(self, **lists):
        """A valid case with long lists."""
        case = {"amicus": "case/1",
                "case": {"id": "LARGE", "platform": "upwork", "as_of": "2025-09-20T09:00:00Z",
                         "filed_at": "2025-09-18T09:00:00Z", "filed_by": "client", "grounds": ["non_payment"]},
                "contract": {"type": "fixed", "formed_at": "2025-08-03T09:00:00Z"},
                "milestones": [{"id": "M1", "amount": "USD 900.00", "held": "USD 900.00", "fee": "USD 0.00"}]}
        case.update(lists)
        return self.file("large.json", json.dumps(case))

    def test_thousands_of_messages_are_decided(self):
        evidence = [{"id": f"E{i}", "kind": "message", "by": "client", "at": "2025-09-03T15:30:00Z"}
                    for i in range(2000)]
        result = self.call("suggest", self.large(evidence=evidence))
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("SUGGESTED", result.out)

    def test_a_ruling_that_is_too_large_to_write_is_said_so(self):
        evidence = [{"id": f"E{i}", "kind": "message", "by": "client", "at": "2025-09-03T15:30:00Z"}
                    for i in range(4000)]
        result = self.call("suggest", "-f", "json", self.large(evidence=evidence))
        self.assertEqual(result.code, 75)
        self.assertEqual(result.json()["schema"], "amicus.diagnostics/1")
        self.assertIn("error[U0305]: the ruling was not written", result.err)

    def test_more_money_items_than_a_ruling_can_hold_are_refused_with_a_way_out(self):
        items = [{"id": f"M{i}", "amount": "USD 9.00", "held": "USD 9.00", "fee": "USD 0.00"} for i in range(2000)]
        result = self.call("suggest", self.large(milestones=items))
        self.assertEqual(result.code, 75)
        self.assertIn("64 MiB", result.err)
        self.assertIn("divide the case", result.err)

    def test_a_case_without_a_moment_is_named(self):
        path = self.file("bare.yaml", "amicus: case/1\ncase: {id: B, platform: upwork, grounds: [scope]}\n")
        result = self.call("suggest", DEMO, path)
        self.assertEqual(result.code, 3)
        self.assertIn("error[I0102]", result.err)
        self.assertIn("bare.yaml", result.err)

    def test_a_folder_that_stands_for_a_file_is_said_so(self):
        os.makedirs(os.path.join(self.folder, "case.yaml"))
        self.assertEqual(self.call("suggest", os.path.join(self.folder, "case.yaml")).code, 4)

    def test_a_platform_cannot_climb_out_of_the_rules(self):
        text = self.read(DEMO).replace(b"platform: upwork", b"platform: ../upwork")
        result = self.call("suggest", self.file("case.yaml", text))
        self.assertEqual(result.code, 3)

    def test_double_dash_ends_the_options(self):
        path = self.file("-f", self.read(DEMO))
        result = self.call("suggest", "-p", os.path.abspath("rules/upwork"), "--", "-f",
                           cwd=os.path.dirname(path))
        self.assertEqual(result.code, 0, result.err)


main()
