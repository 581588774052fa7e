"""Training from outside: answers from a pipe, what they score, what comes next, and the journal."""
import json
import os

import harness
from harness import DEMO, OTHER, ROOT

RIGHT = "release_full\nUSD 1200.00\nE4,E7\n95\n"
WRONG = "refund_full\n0\nE9\n60\n"


class Training(harness.Cli):
    def setUp(self):
        super().setUp()
        self.store = os.path.join(self.folder, "record.db")

    def train(self, answers, *words, who="anna", form="ndjson"):
        return self.call("train", "--store", self.store, "--by", who, "-f", form, *words,
                         stdin=answers.encode() if isinstance(answers, str) else answers)

    def journal(self, who="anna"):
        path = os.path.join(self.folder, "training", f"{who}.ndjson")
        if not os.path.exists(path):
            return []
        with open(path) as file:
            return [json.loads(line) for line in file]

    def pages(self, result, kind):
        return [page for page in result.lines() if page["kind"] == kind]

    def parts(self, page, kind):
        return [part for part in page.get("parts", []) if part["kind"] == kind]

    def deck(self, *paths):
        lines = "".join(f"  - {os.path.join(ROOT, path)}\n" for path in paths)
        return self.file("deck.yaml", f"amicus: deck/1\ndeck: mine\ncases:\n{lines}")


class Answers(Training):
    def test_a_right_answer_with_all_evidence_is_easy(self):
        result = self.train(RIGHT, "--deck", DEMO)
        self.assertEqual(result.code, 0, result.err)
        lesson = self.pages(result, "lesson")[0]
        self.assertEqual(lesson["state"], "right")
        self.assertEqual([part["state"] for part in self.parts(lesson, "money")], ["right"])
        entry = self.journal()[0]
        self.assertEqual((entry["grade"], entry["found"], entry["wanted"], entry["off"]), (4, 2, 2, 0))
        self.assertEqual(entry["schema"], "amicus.training/1")

    def test_what_was_missed_and_what_decides_nothing_is_named(self):
        lesson = self.pages(self.train(WRONG, "--deck", DEMO), "lesson")[0]
        self.assertEqual(lesson["state"], "wrong")
        evidence = self.parts(self.parts(lesson, "evidence")[0], "evidence")
        self.assertEqual({part["name"]: part["state"] for part in evidence},
                         {"E4": "missed", "E7": "missed"})
        self.assertEqual([part["name"] for part in self.parts(lesson, "besides")], ["E9"])
        decisive = [part["name"] for part in self.parts(lesson, "finding")
                    if part["state"] == "decisive"]
        self.assertEqual(decisive, ["np.approved"])
        money = self.parts(lesson, "money")[0]
        self.assertIn("you said freelancer USD 0.00, client USD 1,200.00", money["says"])
        entry = self.journal()[0]
        self.assertEqual((entry["grade"], entry["found"], entry["wanted"], entry["off"]), (1, 0, 2, 120000))

    def test_half_of_the_evidence_is_good_less_or_other_money_is_hard(self):
        for answer, grade in (("release_full\nUSD 1200.00\nE4\n95\n", 3), (RIGHT.replace("95", "89"), 3),
                              ("release_full\nUSD 1200.00\nE9\n95\n", 2),
                              ("release_full\nUSD 1199.99\nE4,E7\n95\n", 2)):
            who = f"g{len(answer)}-{grade}-{answer[-3:-1]}"
            self.train(answer, "--deck", DEMO, who=who)
            self.assertEqual(self.journal(who)[0]["grade"], grade, answer)

    def test_nonsense_is_refused_with_a_mend_and_asked_again(self):
        nonsense = ("relese_full\n\nrelease_full\nmuch\nEUR 3.00\nUSD 1200.01\nUSD 600.00/USD 700.00\n"
                    "-5\nUSD 1200.00\n\nE4 E99\nE4,E7\nsure\n101\n-1\n80%\n")
        result = self.train(nonsense, "--deck", DEMO)
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(result.err.count("error[U0506]"), 12)
        self.assertIn("did you mean 'release_full'?", result.err)
        self.assertEqual(len(self.journal()), 1)
        self.assertEqual(self.journal()[0]["confidence"], 80)

    def test_the_end_of_the_input_ends_cleanly_anywhere(self):
        lines = RIGHT.splitlines(keepends=True)
        for count in range(4):
            result = self.train("".join(lines[:count]), "--deck", DEMO)
            self.assertEqual(result.code, 0, result.err)
            self.assertEqual(result.err, "")
            self.assertEqual(self.journal(), [])
            self.assertEqual(self.pages(result, "progress")[0]["state"], "0 answers")

    def test_lines_without_end_or_sense_are_survived(self):
        result = self.train(b"x" * 100000 + b"\n\xff\xfe\x00\x1b[2J\n" + RIGHT.encode(), "--deck", DEMO)
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(len(self.journal()), 1)
        self.assertNotIn("\x1b", result.err)

    def test_windows_line_ends_are_taken(self):
        self.train(RIGHT.replace("\n", "\r\n"), "--deck", DEMO)
        self.assertEqual(len(self.journal()), 1)

    def test_nothing_of_the_ruling_is_printed_before_the_answer(self):
        for mode in ("blind", "coach", "exam"):
            result = self.train("release_full\n", "--deck", DEMO, "--mode", mode, form="human")
            for secret in ("np.approved", "release_full", "link.k05", "E4  cited"):
                self.assertNotIn(secret, result.out, mode)


class Modes(Training):
    def test_a_coach_gives_hints_before_the_answer(self):
        kinds = [page["kind"] for page in self.train(RIGHT, "--deck", DEMO, "--mode", "coach").lines()]
        self.assertEqual(kinds, ["case", "hints", "lesson", "progress"])

    def test_an_exam_says_nothing_until_the_end(self):
        deck = self.deck(DEMO, OTHER)
        result = self.train(RIGHT + "refund_full\n0\n-\n70\n", "--deck", deck, "--mode", "exam")
        kinds = [page["kind"] for page in result.lines()]
        self.assertEqual(kinds, ["case", "case", "lesson", "lesson", "progress"])

    def test_a_seed_shows_suggestions_of_which_some_are_wrong_on_purpose(self):
        shown = {}
        for seed in range(24):
            result = self.train(RIGHT, "--deck", DEMO, "--seed", str(seed), who=f"t{seed}")
            again = self.train(RIGHT, "--deck", DEMO, "--seed", str(seed), who=f"u{seed}")
            self.assertEqual(result.out, again.out)
            entry = self.journal(f"t{seed}")[0]
            shown[entry["shown"], entry["wrong"]] = shown.get((entry["shown"], entry["wrong"]), 0) + 1
            suggestions = [page for page in result.lines() if page["kind"] == "suggestion"]
            self.assertEqual(len(suggestions), int(entry["shown"]))
            if entry["shown"]:
                is_true = suggestions[0]["state"] == "release_full"
                self.assertEqual(is_true, not entry["wrong"])
                self.assertEqual(entry["followed"], is_true)
        self.assertEqual(set(shown), {(False, False), (True, False), (True, True)})

    def test_without_a_seed_no_suggestion_is_shown(self):
        for _ in range(3):
            result = self.train(RIGHT, "--deck", DEMO)
            self.assertEqual(self.pages(result, "suggestion"), [])


class Schedule(Training):
    def test_what_was_just_learnt_is_not_asked_again(self):
        self.train(RIGHT, "--deck", DEMO)
        result = self.train(RIGHT, "--deck", DEMO)
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("nothing else is due", result.err)
        self.assertEqual(len(self.journal()), 1)

    def test_a_rule_comes_back_when_it_is_due_with_a_case_that_was_seen_less(self):
        self.train(RIGHT, "--deck", DEMO)
        text = self.read(DEMO).decode().replace("C-2025-0417", "C-FRESH")
        fresh = self.file("fresh.yaml", text)
        deck = self.deck(DEMO, fresh)
        path = os.path.join(self.folder, "training", "anna.ndjson")
        entry = self.journal()[0]
        entry["at"] -= 30 * 86400
        self.file("training/anna.ndjson", json.dumps(entry, sort_keys=True, separators=(",", ":")) + "\n")
        self.train(RIGHT, "--deck", deck)
        self.assertEqual([entry["case"] for entry in self.journal()], ["C-2025-0417", "C-FRESH"])
        self.assertTrue(os.path.exists(path))

    def test_no_new_rule_is_taken_up_with_new_0(self):
        result = self.train(RIGHT, "--deck", DEMO, "--new", "0")
        self.assertEqual(self.pages(result, "case"), [])
        self.assertIn("nothing else is due", result.err)

    def test_so_many_cases_as_count_says(self):
        result = self.train("release_full\n0\n-\n50\n" * 2, "--deck", "non_payment", "--count", "1")
        self.assertEqual(len(self.pages(result, "lesson")), 1)


class Truth(Training):
    def test_what_a_reviewer_decided_goes_before_the_rules(self):
        key = os.path.join(self.folder, "key")
        result = self.call("override", DEMO, "--award", "M1=USD 1100.00", "--reason", "fact_finding_differs",
                           "--disagree", "np.approved", "--cite", "E6", "--note", "A part of the page is missing.",
                           "--by", "ben", "--store", self.store, "--key", key)
        self.assertEqual(result.code, 0, result.err)
        result = self.train("split\nUSD 1100.00\nE4,E7\n90\n", "--deck", DEMO)
        lesson = self.pages(result, "lesson")[0]
        self.assertEqual(lesson["state"], "right")
        self.assertIn("decided by a reviewer", self.parts(lesson, "outcome")[0]["says"])
        entry = self.journal()[0]
        self.assertEqual((entry["decided"], entry["expected"], entry["off"]), (True, "split", 0))

    def test_an_answer_never_reaches_the_record(self):
        self.train(RIGHT, "--deck", DEMO)
        self.assertFalse(os.path.exists(self.store))


class Journals(Training):
    def test_scores_are_computed_from_the_whole_journal(self):
        deck = self.deck(DEMO, OTHER)
        self.train(RIGHT + "release_full\nUSD 0.00\n-\n60\n", "--deck", deck)
        page = self.call("train", "--stats", "--store", self.store, "--by", "anna", "-f", "json").json()
        rows = {part["kind"]: part for part in page["parts"]}
        self.assertEqual(page["state"], "2 answers")
        self.assertEqual(rows["accuracy"]["state"], "50.0 %")
        # (0.05^2 + 0.60^2) / 2
        self.assertEqual(rows["brier"]["state"], "0.1813")
        self.assertEqual(len(rows["calibration"]["parts"]), 2)

    def test_half_a_line_costs_that_answer_alone(self):
        self.train(RIGHT, "--deck", DEMO)
        path = os.path.join(self.folder, "training", "anna.ndjson")
        with open(path, "a") as file:
            file.write('{"at":17,"case":"C-1","conf')
        result = self.train("release_full\nUSD 0.00\n-\n60\n", "--deck", OTHER)
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("U0505", result.err)
        with open(path) as file:
            lines = file.read().splitlines()
        self.assertEqual(len(lines), 3)
        json.loads(lines[2])
        page = self.call("train", "--stats", "--store", self.store, "--by", "anna", "-f", "json").json()
        self.assertEqual(page["state"], "2 answers")

    def test_each_trainee_has_a_journal_that_others_cannot_read(self):
        self.train(RIGHT, "--deck", DEMO)
        self.train(RIGHT, "--deck", DEMO, who="ben")
        self.assertEqual((len(self.journal()), len(self.journal("ben"))), (1, 1))
        mode = os.stat(os.path.join(self.folder, "training", "ben.ndjson")).st_mode
        self.assertEqual(mode & 0o077, 0)
        self.assertEqual(self.train(RIGHT, who="../ben").code, 2)


class Decks(Training):
    def test_every_deck_can_be_practised_and_so_can_the_worked_cases(self):
        for words in ([], ["--deck", "non_payment"], ["--deck", "hourly"], ["--deck", "mixed"]):
            result = self.train("", *words)
            self.assertEqual(result.code, 0, result.err)
            self.assertEqual(len(self.pages(result, "case")), 1)

    def test_what_is_no_deck_is_refused(self):
        self.assertEqual(self.train("", "--deck", "nosuch").code, 3)
        self.assertIn("U0504", self.train("", "--deck", "nosuch").err)
        for text in ("amicus: deck/1\n", "amicus: deck/1\ncases: []\n", "amicus: deck/1\ncase: [x]\n",
                     "amicus: deck/1\ncases: [[x]]\n"):
            result = self.train("", "--deck", self.file("bad.yaml", text))
            self.assertEqual(result.code, 3, text)
            self.assertIn("bad.yaml", result.err)

    def test_a_broken_case_costs_itself_alone(self):
        deck = self.deck(harness.BROKEN, DEMO)
        result = self.train(RIGHT, "--deck", deck)
        self.assertEqual(result.code, 3)
        self.assertEqual(len(self.journal()), 1)

    def test_options_are_checked(self):
        for words in (["--mode", "kind"], ["--new", "-1"], ["--new", "x"], ["--count", "x"]):
            self.assertEqual(self.train("", *words).code, 2, words)


if __name__ == "__main__":
    harness.main()
