"""What if: edits, flips, sweeps and ranges; and that nothing of it changes the ruling."""
from harness import DEMO, Cli, main

BEFORE_DUE = "cases/worked/non_payment/n1-before-due.yaml"


def parts(tree, kind):
    return [part for part in tree.get("parts", []) if part["kind"] == kind]


class WhatIf(Cli):
    def tree(self, *words):
        result = self.call("whatif", "-f", "json", *words)
        self.assertEqual(result.code, 0, result.err)
        tree = result.json()
        self.assertEqual(tree["schema"], "amicus.whatif/1")
        self.assertEqual(tree["says"], "hypothetical: the case is not altered")
        return tree

    def test_before_and_after_stand_side_by_side(self):
        tree = self.tree(BEFORE_DUE, "--set", "D1.at=2025-03-01T00:00:00Z")
        self.assertEqual(parts(tree, "before")[0]["state"], "request_evidence")
        self.assertEqual(parts(tree, "after")[0]["state"], "release_full")
        self.assertEqual({part["name"]: part["state"] for part in parts(tree, "money")},
                         {"freelancer": "+USD 560.00", "stays held": "-USD 560.00"})
        findings = {part["name"]: part["state"] for part in parts(tree, "finding")}
        self.assertEqual(findings["np.deemed_approval milestones.M1"], "not_applied -> applied")

    def test_a_wrong_path_names_the_nearest_and_nothing_is_answered(self):
        result = self.call("whatif", BEFORE_DUE, "--set", "D1.att=2025-03-01T00:00:00Z", "--unset", "M7")
        self.assertEqual(result.code, 3)
        self.assertEqual(result.out, "")
        self.assertIn("write 'deliveries.D1.at'", result.err)
        self.assertEqual(result.err.count("C0180"), 4)  # two faults, each with its page

    def test_evidence_left_out_recomputes_what_rests_on_it(self):
        tree = self.tree(DEMO, "--without", "E7")
        self.assertEqual(parts(tree, "after")[0]["state"], "request_evidence")

    def test_nothing_supposed_is_a_usage_error(self):
        for words in ((), ("--flip", "--range"), ("--to", "split")):
            self.assertEqual(self.call("whatif", DEMO, *words).code, 2, words)

    def test_a_sweep_has_the_exact_instant_of_the_threshold(self):
        intervals = parts(self.tree(BEFORE_DUE, "--sweep",
                                    "D1.at=2025-02-01T00:00:00Z..2025-04-01T00:00:00Z"), "interval")
        self.assertEqual([part["state"] for part in intervals],
                         ["release_full", "request_evidence", "dismiss"])
        for at, outcome in (("2025-03-03T15:29:59Z", 0), ("2025-03-17T15:29:59Z", 1)):
            tree = self.tree(BEFORE_DUE, "--set", "D1.at=" + at)
            self.assertEqual(parts(tree, "after")[0]["state"], intervals[outcome]["state"], at)

    def test_steps_that_are_too_many_or_go_nowhere_are_refused(self):
        sweep = "M1.amount=USD 1.00..USD 500000.00/"
        for step in ("USD 0.01", "USD 0.00"):
            result = self.call("whatif", BEFORE_DUE, "--sweep", sweep + step)
            self.assertEqual(result.code, 3)
            self.assertIn("C0185", result.err)

    def flips(self, case, *words):
        result = self.call("suggest", "-f", "json", "--with", "flips,missing", case, *words)
        self.assertEqual(result.code, 0, result.err)
        return result.json()

    def words_of(self, change):
        for option in ("set", "unset", "without"):
            if option in change:
                return ["--" + option, change[option]]
        self.fail(change)

    def test_every_flip_flips_and_no_part_of_it_does(self):
        for case in (DEMO, BEFORE_DUE, "cases/worked/scope/s1-agreed.yaml"):
            brief = self.flips(case)
            self.assertEqual(brief["schema"], "amicus.brief/1")
            before = brief["ruling"]
            for flip in brief["flips"]:
                with self.subTest(case=case, flip=flip["changes"]):
                    changes = [self.words_of(change) for change in flip["changes"]]
                    after = parts(self.tree(case, *sum(changes, [])), "after")[0]
                    self.assertEqual(after["state"], flip["outcome"])
                    for left in range(len(changes) if len(changes) > 1 else 0):
                        rest = sum(changes[:left] + changes[left + 1:], [])
                        tree = self.tree(case, *rest)
                        self.assertEqual(parts(tree, "after")[0]["state"], before["outcome"])
                        self.assertEqual(parts(tree, "money"), [])

    def test_the_ruling_and_its_digest_do_not_depend_on_flips(self):
        plain = self.call("suggest", "-f", "json", DEMO).json()
        self.assertEqual(self.flips(DEMO)["ruling"], plain)

    def test_flips_to_one_outcome_reach_it(self):
        tree = self.tree(DEMO, "--flip", "--to", "refund_full")
        self.assertEqual({part["state"] for part in parts(tree, "flip")}, {"refund_full"})
        wrong = self.call("whatif", DEMO, "--flip", "--to", "refund_ful")
        self.assertIn("did you mean 'refund_full'?", wrong.err)

    def test_the_page_says_how_easily_it_turns(self):
        page = self.call("suggest", DEMO).out
        self.assertIn("Stability  knife-edge: 1 fact, claimed", page)
        self.assertIn("WHAT WOULD CHANGE IT", page)

    def test_without_a_contested_fact_the_range_says_so(self):
        tree = self.tree(BEFORE_DUE, "--range")
        self.assertIn("contested", parts(tree, "search")[0]["says"])


if __name__ == "__main__":
    main()
