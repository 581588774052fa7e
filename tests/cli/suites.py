"""amicus test: what a policy author relies on."""
import os
import shutil
import time

from harness import ROOT, Cli, main

HEAD = "amicus: suite/1\nsuite: s\npolicy: {policy}\ndefaults: {{case: {case}}}\ntests:\n"
CASE = os.path.join(ROOT, "rules/model/tests/cases/delivered.yaml")
MODEL = os.path.join(ROOT, "rules/model")


class Suites(Cli):
    def suite(self, tests, name="suite.yaml", policy=MODEL, case=CASE):
        return self.file(name, HEAD.format(policy=policy, case=case) + tests)

    def text(self, path):
        with open(path, encoding="utf-8") as file:
            return file.read()

    def run_suite(self, tests, *words):
        return self.call("test", *words, self.suite(tests))

    def model(self):
        """A copy of the model rulebook, to change."""
        rules = os.path.join(self.folder, "rules")
        shutil.copytree(MODEL, os.path.join(rules, "model"))
        shutil.copy(os.path.join(ROOT, "rules/vocabulary.yaml"), rules)
        return os.path.join(rules, "model")

    def test_every_suite_beside_the_rules_passes(self):
        result = self.call("test")
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assertRegex(result.out, r"\d+ tests: \d+ passed\n$")

    def test_the_exit_code_tells_how_it_went(self):
        self.assertEqual(self.run_suite("  - {name: a, want: {outcome: release_full}}\n").code, 0)
        self.assertEqual(self.run_suite("  - {name: a, want: {outcome: split}}\n").code, 1)
        self.assertEqual(self.run_suite("  - {name: a, todo: later, want: {outcome: split}}\n").code, 0)
        self.assertEqual(self.run_suite("  - {name: a, todo: now, want: {outcome: release_full}}\n").code, 1)
        self.assertEqual(self.run_suite("  - {name: a, want: {outcome: splt}}\n").code, 3)
        self.assertEqual(self.run_suite("  - {name: a, want: {outcome: split}}\n", "--run", "b").code, 4)

    def test_a_broken_test_costs_no_other(self):
        result = self.run_suite("  - {name: a, with: {M1.hold: USD 1.00}, want: {outcome: split}}\n"
                                "  - {name: b, want: {outcome: release_full}}\n")
        self.assertEqual(result.code, 3)
        self.assertIn("2 tests: 1 passed, 1 broken", result.out)
        self.assertIn("C0180", result.err)

    def test_the_answer_does_not_depend_on_threads(self):
        tests = "".join(f"  - {{name: t{i}, with: {{milestones.M1.held: USD {i}.00}}, params: {{small_pot: USD {i % 9}.00}}, "
                        f"want: {{outcome: {'release_full' if i % 3 else 'split'}, stable_under: [evidence_order]}}}}\n"
                        for i in range(200))
        path = self.suite(tests)
        answers = {self.call("test", "--coverage", "-f", "json", "-j", str(j), path).out for j in (1, 2, 7, 64)}
        self.assertEqual(len(answers), 1)

    def test_a_parameter_is_replaced_for_one_test_only(self):
        result = self.run_suite("  - {name: a, params: {review_period: 30 calendar_days}, want: {findings: {none: [silence_approves]}}}\n"
                                "  - {name: b, want: {findings: {all: [silence_approves]}}}\n"
                                "  - {name: c, params: {review_period: unknown}, want: {findings: {status: {silence_approves: waiting}}}}\n")
        self.assertEqual(result.code, 0, result.out)

    def test_a_suite_can_stand_with_its_cases_anywhere(self):
        shutil.copy(CASE, os.path.join(self.folder, "one.yaml"))
        path = self.file("below/suite.yaml", "amicus: suite/1\nsuite: s\nplatform: model\ntests:\n"
                         "  - {name: a, case: ../one.yaml, want: {outcome: release_full}}\n")
        self.assertEqual(self.call("test", path).code, 0)
        self.assertEqual(self.call("test", "below", cwd=self.folder, env={"AMICUS_POLICY": MODEL}).code, 0)

    def test_a_suite_in_a_rulebook_needs_no_policy(self):
        model = self.model()
        text = self.text(os.path.join(model, "tests/basics.yaml"))
        self.file("rules/model/tests/basics.yaml", text.replace("policy: ..\n", ""))
        self.assertEqual(self.call("test", model).code, 0)
        self.assertEqual(self.call("test", cwd=self.folder).code, 0)

    def test_another_policy_can_be_tried(self):
        model = self.model()
        self.file("rules/model/policy.lua", self.read("rules/model/policy.lua").replace(
            b'outcome = "release_full", clause = "M-01",\n  when = issue.payment_due',
            b'outcome = "settled", clause = "M-01",\n  when = issue.payment_due'))
        result = self.call("test", "-p", model, "rules/model", "--run", "ten days")
        self.assertEqual(result.code, 1)
        self.assertIn("want release_full", result.out)
        self.assertIn("got settled", result.out)

    def test_a_promise_that_does_not_hold_is_told(self):
        model = self.model()
        text = self.read("rules/model/policy.lua").decode().replace(
            'm.review.action:is "approve" }', 'm.review.action:is "approve", case.jurisdiction:is "New York" }')
        self.assertNotEqual(text, self.read("rules/model/policy.lua").decode())
        self.file("rules/model/policy.lua", text)
        path = self.suite("  - name: a\n"
                          "    with: {case.jurisdiction: New York, reviews.R1.delivery: D1, reviews.R1.at: 2025-03-11T10:00:00Z,\n"
                          "      reviews.R1.formal: true, reviews.R1.action: approve}\n"
                          "    want: {findings: {all: [approved]}, stable_under: [party_names, evidence_order]}\n",
                          policy=model)
        result = self.call("test", path)
        self.assertEqual(result.code, 1)
        self.assertIn("party_names:", result.out)
        self.assertNotIn("evidence_order:", result.out)

    def test_update_writes_what_there_is_and_keeps_the_rest(self):
        path = self.suite("  # what is this?\n"
                          "  - name: a   # a comment\n"
                          "    want:\n"
                          "      outcome: split   # why split?\n"
                          "      items: {M1: {to_freelancer: \"USD 1.00\", to_client: ask}}\n"
                          "      findings:\n"
                          "        all: [approved, silence_approves, defect_found]  # three\n"
                          "        none:\n"
                          "          - accepted_is_due\n"
                          "          - approved\n"
                          "  - {name: b, todo: later, want: {outcome: split}}\n")
        before = self.text(path)
        self.assertEqual(self.call("test", path).code, 1)
        self.assertEqual(self.text(path), before)
        result = self.call("test", "--update", path)
        self.assertEqual(result.code, 0, result.out + result.err)
        self.assertIn("want split", result.out)
        self.assertIn("6 of 6 differences written", result.err)
        after = self.text(path)
        self.assertEqual(after, before.replace("outcome: split   #", "outcome: release_full   #")
                         .replace('"USD 1.00", to_client: ask', "USD 800.00, to_client: USD 0.00")
                         .replace("[approved, silence_approves, defect_found]", "[silence_approves]")
                         .replace("          - accepted_is_due\n", ""))
        self.assertEqual(self.call("test", path).code, 0)

    def test_update_leaves_to_a_person_what_only_a_person_can_say(self):
        path = self.suite("  - {name: a, want: {findings: {any: [approved]}, outcome: split}}\n"
                          "  - {name: b, todo: now, want: {outcome: release_full}}\n")
        result = self.call("test", "--update", path)
        self.assertEqual(result.code, 1)
        self.assertIn("1 of 2 differences written", result.err)

    def test_coverage_names_what_no_test_tries(self):
        result = self.run_suite("  - {name: a, want: {outcome: release_full}}\n", "--coverage", "-f", "plain")
        self.assertIn("coverage model rules 0/7\n", result.out)
        self.assertIn("uncovered model model/policy.lua:60: defect_found: never applied\n", result.out)
        self.assertIn("uncovered model model/provisions.lua:10: M-03: never cited\n", result.out)
        whole = self.call("test", "--threshold", "100", "rules/model")
        self.assertEqual(whole.code, 0, whole.out)
        self.assertEqual(self.call("test", "--threshold", "100", "rules/model", "--run", "ten days").code, 1)

    def test_coverage_changes_no_verdict(self):
        path = os.path.join(ROOT, "tests/golden/suites/differs.yaml")
        plain = self.call("test", "-f", "plain", path).out
        self.assertIn(plain.rsplit("\n", 2)[0], self.call("test", "-f", "plain", "--coverage", path).out)

    def test_a_huge_suite_and_an_empty_one(self):
        tests = "".join(f"  - {{name: t{i}, want: {{outcome: release_full}}}}\n" for i in range(5000))
        start = time.monotonic()
        result = self.run_suite(tests)
        self.assertIn("5000 tests: 5000 passed", result.out)
        self.assertLess(time.monotonic() - start, 60)
        self.assertEqual(self.call("test", self.file("e.yaml", "")).code, 3)
        self.assertEqual(self.call("test", self.suite("  []\n", "n.yaml")).code, 3)
        self.assertEqual(self.call("test", os.path.join(self.folder, "nowhere")).code, 3)

    def test_control_characters_of_a_suite_never_reach_a_terminal(self):
        result = self.run_suite('  - {name: "a \\e[31m", todo: "b \\u202e", want: {outcome: split}}\n')
        self.assertNotIn("\x1b", result.out + result.err)
        self.assertNotIn("\u202e", result.out + result.err)


main()
