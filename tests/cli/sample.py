"""amicus case sample and case new: cases that nobody had to write."""
import json
import os
import re

from harness import Cli, main

GROUNDS = ("non_payment", "scope", "quality", "breach", "miscommunication")


class Sample(Cli):
    def sample(self, *words):
        return self.call("case", "sample", *words)

    def test_a_seed_gives_the_same_bytes_and_parts_are_the_whole(self):
        twenty = self.sample("--seed", "7", "--count", "20").out
        self.assertEqual(self.sample("--seed", "7", "--count", "20").out, twenty)
        self.assertEqual(self.sample("--count", "5", "--seed", "7").out,
                         "".join(twenty.splitlines(keepends=True)[:5]))
        self.assertNotEqual(self.sample("--seed", "8", "--count", "20").out, twenty)

    def test_each_line_is_canonical_and_a_case_of_its_own(self):
        lines = self.sample("--seed", "1", "--count", "30").out.splitlines()
        self.assertEqual(len(lines), 30)
        for line in lines:
            case = json.loads(line)
            self.assertEqual(line, json.dumps(case, sort_keys=True, separators=(",", ":"),
                                              ensure_ascii=False))
            self.assertEqual(case["amicus"], "case/1")
        self.assertEqual(len({json.loads(line)["case"]["id"] for line in lines}), 30)

    def test_every_case_passes_the_check_and_is_decided(self):
        for i, line in enumerate(self.sample("--seed", "3", "--count", "60").out.splitlines()):
            self.file("cases/c%02d.json" % i, line)
        folder = os.path.join(self.folder, "cases")
        checked = self.call("case", "check", folder)
        self.assertEqual(checked.code, 0, checked.out)
        ruled = self.call("suggest", "-f", "ndjson", folder)
        self.assertEqual(ruled.code, 0, ruled.err)
        outcomes = [line["outcome"] for line in ruled.lines()]
        self.assertEqual(len(outcomes), 60)
        self.assertGreaterEqual(len(set(outcomes)), 5)
        self.assertLess(max(map(outcomes.count, outcomes)), 30)

    def test_the_platforms_are_those_that_have_a_rulebook(self):
        lines = self.sample("--seed", "2", "--count", "80").out.splitlines()
        platforms = {json.loads(line)["case"]["platform"] for line in lines}
        self.assertEqual(platforms, {"upwork", "freelancer_com", "peopleperhour", "model"})
        lines = self.sample("--seed", "2", "--count", "9", "-p", "rules/model").out.splitlines()
        self.assertEqual({json.loads(line)["case"]["platform"] for line in lines}, {"model"})

    def test_a_ground_is_in_every_case(self):
        for ground in GROUNDS:
            out = self.sample("--seed", "5", "--count", "8", "--ground", ground).out
            for line in out.splitlines():
                self.assertIn(ground, json.loads(line)["case"]["grounds"])

    def test_dates_stand_in_the_order_of_causes(self):
        for line in self.sample("--seed", "4", "--count", "100").out.splitlines():
            case = json.loads(line)
            times = [case["contract"]["formed_at"], case["case"]["filed_at"],
                     case["case"]["as_of"]]
            self.assertEqual(times, sorted(times))
            for review in case.get("reviews", []):
                at = [d.get("at") for d in case["deliveries"] if d["id"] == review["delivery"]]
                if isinstance(at[0], str) and isinstance(review.get("at"), str):
                    self.assertLess(at[0], review["at"])

    def test_usage(self):
        self.assertEqual(self.sample("--count", "1").code, 2)
        self.assertEqual(self.sample("--seed", "1").code, 2)
        self.assertEqual(self.sample("--seed", "-1", "--count", "1").code, 2)
        self.assertEqual(self.sample("--seed", "18446744073709551616", "--count", "1").code, 2)
        self.assertEqual(self.sample("--seed", "1", "--count", "1", "--ground", "rain").code, 2)
        self.assertEqual(self.sample("--seed", "1", "--count", "1", "extra").code, 2)
        none = self.sample("--seed", "18446744073709551615", "--count", "0")
        self.assertEqual((none.code, none.out), (0, ""))

    def test_a_file_is_written_whole(self):
        path = os.path.join(self.folder, "s.ndjson")
        self.assertEqual(self.sample("--seed", "7", "--count", "3", "-o", path).code, 0)
        with open(path, encoding="utf-8") as file:
            self.assertEqual(file.read(), self.sample("--seed", "7", "--count", "3").out)

    def test_a_guide_with_a_fault_is_named(self):
        for name in ("vocabulary.yaml", "model/rulebook.yaml"):
            self.file("rules/" + name, self.read("rules/" + name))
        for name in os.listdir("rules/model"):
            if name.endswith(".lua"):
                self.file("rules/model/" + name, self.read("rules/model/" + name))
        self.file("rules/sample.yaml", "amicus: sample/1\noften: {contract.formd_at: 3}\n")
        result = self.sample("--seed", "1", "--count", "1", "-p", self.folder + "/rules/model")
        self.assertEqual(result.code, 3, result.err)
        self.assertIn("V0115", result.err)
        self.assertIn("contract.formd_at", result.err)


class New(Cli):
    def test_as_printed_it_is_valid(self):
        for ground in GROUNDS:
            result = self.call("case", "new", "--ground", ground)
            self.assertEqual(result.code, 0)
            checked = self.call("case", "check", self.file("new.yaml", result.out))
            self.assertEqual(checked.code, 0, checked.out)

    def fill(self, text):
        """Takes the sign of a comment off every line of the case, and puts a value of the type
        behind each name."""
        filled, asked = [], ""
        for line in text.splitlines():
            if line.startswith("# ") and not line.startswith("# Take") and not \
                    line.startswith(("# comment:", "# A plain", "# {is:")):
                line = line[2:]
            if line.strip().startswith("# "):
                asked = line
            name = re.fullmatch(r"( +)([a-z_0-9.]+):", line)
            if name:
                line += " " + self.value(name.group(2), asked)
            filled.append(line)
        return "\n".join(filled) + "\n"

    def value(self, name, asked):
        inside = re.search(r"\(([^()]*)\)$", asked).group(1)
        kind, _, finding = inside.partition("; a finding")
        ids = {"item": "M1", "delivery": "D1", "criterion": "C1", "term": "T1", "week": "W1"}
        if kind.startswith("as "):
            value = kind[3:]
        elif kind.startswith("the id of "):
            value = ids[kind[10:]]
        elif kind in ("a whole number", "minutes") or kind.startswith("0 to 10000"):
            value = "10"
        elif kind == "a text":
            value = '"words"'
        else:
            value = re.split(r", | or ", kind)[0]
        return "{is: %s, says: reviewer}" % value if finding else value

    def test_filled_in_it_is_valid_and_can_be_decided(self):
        for ground in GROUNDS:
            text = self.fill(self.call("case", "new", "--ground", ground,
                                       "--platform", "upwork").out)
            text = re.sub(r"\nabsent:\n.*", "\n", text)
            path = self.file("filled.yaml", text)
            checked = self.call("case", "check", "-f", "plain", path)
            self.assertEqual(checked.code, 0, checked.out)
            self.assertEqual(self.call("suggest", path).code, 0)

    def test_it_asks_for_the_facts_that_the_rules_on_the_ground_read(self):
        scope = self.call("case", "new", "--ground", "scope").out
        quality = self.call("case", "new", "--ground", "quality").out
        self.assertIn("# changes:", scope)
        self.assertNotIn("# terms:", quality)
        self.assertIn("# terms:", self.call("case", "new", "--ground", "miscommunication").out)
        self.assertIn("# defects:", quality)
        self.assertNotIn("# defects:", scope)

    def test_usage(self):
        self.assertEqual(self.call("case", "new").code, 2)
        self.assertEqual(self.call("case", "new", "--ground", "rain").code, 2)
        self.assertEqual(self.call("case", "new", "--ground", "scope", "--platform", "fiverr").code,
                         3)
        chosen = self.call("case", "new", "--ground", "scope", "--platform", "upwork").out
        self.assertIn("  platform: upwork\n", chosen)


if __name__ == "__main__":
    main()
