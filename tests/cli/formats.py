"""Formats: what programs read."""
import json

from harness import BROKEN, DEMO, OTHER, Cli, main


class Formats(Cli):
    def test_json_and_ndjson_say_the_same(self):
        indented = self.call("suggest", "-f", "json", DEMO)
        canonical = self.call("suggest", "-f", "ndjson", DEMO)
        self.assertEqual(indented.json(), canonical.lines()[0])
        self.assertGreater(indented.out.count("\n"), 10)
        self.assertEqual(canonical.out.count("\n"), 1)

    def test_ndjson_is_canonical(self):
        line = self.call("suggest", "-f", "ndjson", DEMO).out.rstrip("\n")
        again = json.dumps(json.loads(line), sort_keys=True, separators=(",", ":"),
                           ensure_ascii=False)
        self.assertEqual(line, again)

    def test_a_ruling_never_binds(self):
        self.assertIs(self.call("suggest", "-f", "json", DEMO).json()["binding"], False)

    def test_money_is_a_string_with_its_currency(self):
        for item in self.call("suggest", "-f", "json", DEMO).json()["items"]:
            self.assertRegex(item["to_freelancer"], r"^[A-Z]{3} -?\d+\.\d\d$")

    def test_plain_has_one_fact_a_line_and_names_the_case_on_each(self):
        ruling = self.call("suggest", "-f", "json", DEMO).json()
        lines = self.call("suggest", "-f", "plain", DEMO).out.splitlines()
        self.assertIn("outcome %s %s" % (ruling["case"]["id"], ruling["outcome"]), lines)
        for line in lines:
            self.assertEqual(line.split()[1], ruling["case"]["id"])
        items = [line for line in lines if line.startswith("item ")]
        self.assertEqual(len(items), len(ruling["items"]))

    def test_a_refused_case_is_an_object_with_places(self):
        result = self.call("suggest", "-f", "json", BROKEN)
        self.assertEqual(result.json()["schema"], "amicus.diagnostics/1")
        first = result.json()["diagnostics"][0]
        self.assertEqual(first["code"], "C0104")
        self.assertGreater(first["line"], 0)
        self.assertTrue(first["mend"])

    def test_a_report_counts_what_it_lists(self):
        report = self.call("case", "check", "-f", "json", DEMO, BROKEN, OTHER).json()
        self.assertEqual(report["schema"], "amicus.report/1")
        self.assertEqual(report["inputs"], 3)
        errors = [one for one in report["diagnostics"] if one["severity"] == "error"]
        self.assertEqual(report["errors"], len(errors))
        self.assertGreater(len(errors), 0)

    def test_a_report_of_many_broken_cases_is_json(self):
        report = self.call("case", "check", "-f", "json", "cases/broken").json()
        self.assertGreater(report["errors"], 20)

    def test_a_rulebook_report_is_json(self):
        report = self.call("check", "-f", "json").json()
        self.assertEqual(report["errors"], 0)
        self.assertGreater(report["inputs"], 0)

    def test_explain_gives_a_tree(self):
        tree = self.call("explain", "-f", "json", DEMO).json()
        self.assertEqual(tree["schema"], "amicus.explanation/1")
        kinds = {part["kind"] for part in tree["parts"]}
        self.assertLessEqual({"item", "issue"}, kinds)

    def test_every_code_has_a_page(self):
        for code in ("C0104", "P0207", "U0102", "V0101"):
            result = self.call("explain", code)
            self.assertEqual(result.code, 0, code + result.err)
            self.assertIn(code, result.out)

    def test_the_page_of_a_rule_says_where_it_is_written(self):
        lines = self.call("suggest", "-f", "plain", DEMO).out.splitlines()
        rule = next(line for line in lines if line.startswith("finding ")).split()[2]
        page = self.call("explain", rule)
        self.assertEqual(page.code, 0, page.err)
        self.assertRegex(page.out, r"written +\S+\.lua:\d+")
        self.assertIn("when", page.out)

    def test_a_misspelt_fact_is_told_the_nearest(self):
        result = self.call("explain", "contract.tpye")
        self.assertEqual(result.code, 3)
        self.assertIn("contract.type", result.err)

    def test_a_rule_that_did_not_apply_can_be_asked_for(self):
        lines = self.call("suggest", "-f", "plain", OTHER).out.splitlines()
        rules = {line.split()[2] for line in lines if line.startswith("finding ")}
        applied = {line.split()[2] for line in lines
                   if line.startswith("finding ") and " applied " in line}
        self.assertTrue(rules - applied)
        for rule in sorted(rules - applied)[:3]:
            result = self.call("explain", OTHER, rule)
            self.assertEqual(result.code, 0, result.err)
            self.assertIn(rule, result.out)


main()
