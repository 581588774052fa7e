"""Why not: what kept a rule, a remedy, an issue, a state, a flag or a derived fact from holding."""
import re

from harness import DEMO, OTHER, Cli, main

BEFORE_DUE = "cases/worked/non_payment/n1-before-due.yaml"
# One rule of each ground that does not apply in a worked case, and what a reviewer must find there.
SCREENS = [
    (BEFORE_DUE, "np.deemed_approval", "1 second too early"),
    ("cases/worked/breach/b4-two-factors.yaml", "br.factors_material", "1 too few"),
    ("cases/worked/scope/s1-not-agreed.yaml", "sc.change_agreed", "changes.CH1.accepted_by_client"),
    ("cases/worked/quality/q1-taste-is-test.yaml", "ql.taste_only", "contract.taste_is_test is true"),
    ("cases/worked/quality/q2-no-cure-yet.yaml", "ql.worthless", "did not apply"),
    ("cases/worked/hourly/h1-memo-none.yaml", "hr.protected", "memo is adequate"),
    ("cases/worked/hourly/over-the-limit.yaml", "hr.protected", "did not apply"),
    ("cases/worked/miscommunication/m2-trust-gone.yaml", "mc.replan", "did not apply"),
    ("cases/worked/non_payment/n2-blank.yaml", "np.deemed_approval", "by np.sham_delivery"),
    ("cases/worked/procedure/p3-chargeback-withdrawn.yaml", "stay", "does not hold"),
    ("cases/worked/procedure/p1-a-second-late.yaml", "pay_protected_time", "goes before it"),
    ("cases/worked/breach/b5-no-inputs.yaml", "br.client_delay", "is not met"),
]


def walk(branch):
    yield branch
    for part in branch.get("parts", []):
        yield from walk(part)


class WhyNot(Cli):
    def parts(self, case, name, kind, *words):
        tree = self.call("explain", "-f", "json", case, "--why-not", name, *words).json()
        self.assertEqual(tree["schema"], "amicus.explanation/1")
        return [branch for branch in walk(tree) if branch["kind"] == kind]

    def test_common_rules_are_answered_in_one_screen(self):
        for case, name, words in SCREENS:
            with self.subTest(case=case, name=name):
                result = self.call("explain", case, "--why-not", name)
                self.assertEqual(result.code, 0, result.err)
                self.assertIn(words, " ".join(result.out.split()))
                self.assertLessEqual(len(result.out.splitlines()), 24)
                self.assertLessEqual(max(map(len, result.out.splitlines())), 80)

    def test_the_value_that_would_do_does(self):
        wanted = self.parts(BEFORE_DUE, "np.deemed_approval", "wanted")[0]["says"]
        self.assertEqual(wanted, "not before 2025-03-17 15:30 UTC")
        states = [self.parts(BEFORE_DUE, "np.deemed_approval", "on", "--as-of", as_of)[0]["state"]
                  for as_of in ("2025-03-17T15:29:59Z", "2025-03-17T15:30:00Z")]
        self.assertEqual(states, ["not_applied", "applied"])

    def test_what_was_not_needed_is_said_to_be(self):
        states = [part["state"] for part in self.parts(DEMO, "np.deemed_approval", "condition")]
        self.assertIn("not_needed", states)

    def test_an_obstacle_is_where_it_is_written(self):
        place = self.parts(DEMO, "np.deemed_approval", "obstacle")[0]["place"]
        file, line = place.split(":")
        text = self.read("rules/" + file).decode().splitlines()[int(line) - 1]
        self.assertIn("review.action:absent()", text)

    def test_a_rule_that_applied_says_what_became_of_it(self):
        says = self.parts(DEMO, "np.approved", "on")[0]["says"]
        self.assertEqual(says, "It applied, and carries the outcome.")
        undercut = self.parts(OTHER, "np.deemed_approval", "on")[0]
        self.assertEqual(undercut["state"], "undercut")
        self.assertIn("np.sham_delivery", undercut["says"])

    def test_an_outcome_names_all_its_remedies(self):
        remedies = {part["name"]: part for part in self.parts(DEMO, "release_full", "remedy")}
        self.assertEqual(remedies["release_in_full"]["parts"][0]["state"], "holds")
        self.assertGreater(len(remedies), 1)
        for name, part in remedies.items():
            if name != "release_in_full":
                self.assertEqual(part["parts"][0]["state"], "not_held")

    def test_issues_states_flags_and_derived_facts_can_be_asked(self):
        for name, kind in (("accepted", "issue"), ("state.submitted", "state"), ("fraud", "flag"),
                           ("item.review.in_time", "fact"),
                           ("milestones.M1.review.in_time", "fact")):
            with self.subTest(name=name):
                self.assertEqual(len(self.parts(DEMO, name, kind)) > 0, True)

    def test_what_speaks_of_no_record_of_the_case_says_so(self):
        self.assertEqual(self.parts(DEMO, "hr.protected", "on")[0]["state"], "not_asked")

    def test_depth_follows_derived_facts(self):
        reads = [len(self.parts(DEMO, "np.deemed_approval", "obstacle", "--depth", depth))
                 for depth in ("0", "1")]
        self.assertLess(reads[0], reads[1])
        same = self.call("explain", DEMO, "--why-not", "np.chat_only", "--depth", "1").out
        self.assertEqual(same, self.call("explain", DEMO, "--why-not", "np.chat_only").out)

    def test_tree_shows_what_is_met_as_well(self):
        brief = self.call("explain", DEMO, "--why-not", "np.approved").out
        whole = self.call("explain", DEMO, "--why-not", "np.approved", "--tree").out
        self.assertNotIn("E7", brief)
        self.assertIn("E7", whole)

    def test_depth_cuts_the_argument(self):
        def height(branch):
            return 1 + max(map(height, branch.get("parts", [])), default=0)
        for depth in range(4):
            tree = self.call("explain", "-f", "json", DEMO, "--depth", str(depth)).json()
            self.assertEqual(height(tree), depth + 1)
        whole = self.call("explain", DEMO).out
        self.assertEqual(self.call("explain", "--tree", DEMO).out, whole)
        self.assertEqual(self.call("explain", "--depth", "99", DEMO).out, whole)

    def test_plain_is_one_fact_a_line(self):
        lines = self.call("explain", "-f", "plain", DEMO, "--why-not", "np.chat_only").out.splitlines()
        for line in lines:
            self.assertRegex(line, r"^(ruling|rule|on|condition|obstacle|read|threshold|distance|wanted|"
                                   r"evidence|record|unless|undercutter|question|value|issue) C-2025-0417")

    def test_ndjson_is_one_line_and_the_same_twice(self):
        once = self.call("explain", "-f", "ndjson", DEMO, "--why-not", "np.approved").out
        self.assertEqual(once.count("\n"), 1)
        self.assertEqual(once, self.call("explain", "-f", "ndjson", DEMO, "--why-not", "np.approved").out)

    def test_an_unknown_name_gets_the_nearest(self):
        result = self.call("explain", DEMO, "--why-not", "np.deemd_approval")
        self.assertEqual(result.code, 3)
        self.assertEqual(result.out, "")
        self.assertIn("did you mean 'np.deemed_approval'?", result.err)

    def test_a_rule_of_another_marketplace_is_told_apart(self):
        result = self.call("explain", DEMO, "--why-not", "silence_approves")
        self.assertEqual(result.code, 3)
        told = " ".join(result.err.split())
        self.assertRegex(told, r"belongs to \S*model, and this case is decided by upwork")

    def test_a_rule_that_was_not_in_force_says_from_when(self):
        result = self.call("explain", "--policy-date", "2020-01-01", DEMO, "--why-not",
                           "pr.evidence_closed")
        self.assertEqual(result.code, 0)
        told = " ".join(result.out.split())
        self.assertIn("It was not in force.", told)
        self.assertIn("in force from 2023-12-05, and the date of the policy is 2020-01-01", told)

    def test_what_cannot_hold_is_said_to_be_something_else(self):
        for name in ("review_period", "U-FP-01", "item.held"):
            with self.subTest(name=name):
                result = self.call("explain", DEMO, "--why-not", name)
                self.assertEqual(result.code, 3)
                self.assertIn("is no rule, issue, remedy,", result.err)
                self.assertIn("amicus explain " + name, result.err)
                self.assertEqual(self.call("explain", name).code, 0)

    def test_an_outcome_that_no_remedy_has_says_so(self):
        self.assertEqual(len(self.parts(DEMO, "no_rule", "outcome")), 1)

    def test_programs_get_the_number(self):
        distance = self.parts(BEFORE_DUE, "np.deemed_approval", "distance")[-1]
        self.assertEqual((distance["state"], distance["name"]), ("less", "1 seconds"))

    def test_wrong_use_is_two(self):
        for words in (["C0104", "--why-not", "x"], [DEMO, "accepted", "--why-not", "x"],
                      [DEMO, "--depth", "deep"], [DEMO, "--depth", "100"], [DEMO, "--why-not"]):
            with self.subTest(words=words):
                result = self.call("explain", *words)
                self.assertEqual(result.code, 2)
                self.assertRegex(result.err, r"U010\d")

    def test_a_broken_case_gets_its_diagnostics(self):
        result = self.call("explain", "cases/broken/C0104-no-currency.yaml", "--why-not", "x")
        self.assertEqual(result.code, 3)
        self.assertIn("C0104", result.err)

    def test_a_huge_case_is_folded_for_a_reader(self):
        text = self.read("cases/worked/hourly/h1-memo-none.yaml").decode()
        segment = re.search(r"^segments:\n((?:  .*\n)+)", text, re.MULTILINE).group(1)
        huge = self.file("huge.yaml", text.replace(segment, segment * 400))
        result = self.call("explain", huge, "--why-not", "hr.protected")
        self.assertEqual(result.code, 0, result.err)
        self.assertLessEqual(len(result.out.splitlines()), 24)
        self.assertIn("segments[1] and ", result.out)


if __name__ == "__main__":
    main()
