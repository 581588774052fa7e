"""Statistics of the record from outside: what is counted, what --where means, and each format."""
import csv
import io
import os
import xml.etree.ElementTree as ElementTree

import harness
from harness import DEMO, OTHER

SCOPE = "cases/worked/scope/s1-agreed.yaml"
WHY = "A part of the page is missing, says E6."


class Stats(harness.Cli):
    def setUp(self):
        super().setUp()
        self.store = os.path.join(self.folder, "record.db")
        for case, who in ((OTHER, "ben"), (SCOPE, "anna")):
            self.record("accept", case, "--by", who)
        self.override(DEMO)

    def record(self, *words):
        result = self.call(*words, "--store", self.store, "--key", os.path.join(self.folder, "key"))
        self.assertEqual(result.code, 0, result.err)
        return result

    def override(self, case, *words):
        return self.record("override", case, "--award", "M1=USD 1100.00", "--reason", "fact_finding_differs",
                           "--disagree", "np.approved", "--cite", "E6", "--note", WHY, "--by", "ben", *words)

    def stats(self, *words):
        return self.call("stats", "--store", self.store, *words)

    def rows(self, *words):
        """By name: decisions and overrides."""
        result = self.stats("-f", "csv", *words)
        if result.code == 4:
            return {}
        self.assertEqual(result.code, 0, result.err)
        rows = list(csv.reader(io.StringIO(result.out)))
        self.assertEqual(rows[0][1:], ["decisions", "overridden", "rate", "low", "high"])
        return {row[0]: (int(row[1]), int(row[2])) for row in rows[1:]}

    def test_each_way_to_make_rows_counts_the_same_decisions(self):
        self.assertEqual(self.rows("--by", "reviewer"), {"anna": (1, 0), "ben": (2, 1)})
        self.assertEqual(self.rows("--by", "ground"), {"non_payment": (2, 1), "scope": (1, 0)})
        self.assertEqual(self.rows()["np.approved"], (1, 1))
        self.assertEqual(self.rows("--by", "rule"), self.rows())
        months = self.rows("--by", "month")
        self.assertEqual(list(months.values()), [(3, 1)])
        self.assertEqual(sum(count for count, _ in self.rows("--by", "outcome").values()), 3)

    def test_where_picks_decisions(self):
        for where, wanted in (("ground=scope", 1), ("overridden", 1), ("not overridden", 2),
                              ("accepted or overridden", 3), ("ground=non_payment and overridden", 1),
                              ("reviewer=ben and not (rule=np.approved)", 1),
                              ("moved>=10000", 1),
                              ("moved>10000", 0), ("rule!=np.approved", 2), ("outcome=split and overridden", 1),
                              ("suggested=release_full and reason=fact_finding_differs", 1),
                              ("month>=2000-01", 3), ("case=C-2025-0417", 1), ("ground=nosuch", 0)):
            rows = self.rows("--by", "month", "--where", where)
            self.assertEqual(sum(count for count, _ in rows.values()), wanted, where)

    def test_the_interval_is_wilsons(self):
        page = self.stats("--by", "reviewer", "-f", "json").json()
        ben = [row for row in page["parts"][-1]["parts"] if row["name"] == "ben"][0]
        self.assertEqual((ben["state"], ben["says"]), ("50.0 %", "1 of 2 (9.5 % to 90.5 %)"))
        self.assertEqual(page["schema"], "amicus.stats/1")

    def test_a_decision_that_was_superseded_counts_no_more(self):
        log = self.call("audit", "log", "C-2025-0417", "--store", self.store, "-f", "json").json()
        seen = [part["name"] for part in log["parts"] if part["state"] == "override"][0]
        self.record("accept", DEMO, "--by", "carl", "--supersede", seen)
        self.assertEqual(self.rows("--by", "reviewer"), {"anna": (1, 0), "ben": (1, 0), "carl": (1, 0)})

    def test_a_plot_is_well_formed_and_needs_nothing_else(self):
        for by in ("rule", "reviewer"):
            result = self.stats("--by", by, "-f", "svg")
            root = ElementTree.fromstring(result.out)
            self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
            self.assertNotIn("href", result.out)
            circles = root.findall("{http://www.w3.org/2000/svg}circle")
            self.assertEqual(len(circles), len(self.rows("--by", by)))

    def test_faults_are_said_with_a_mend(self):
        result = self.stats("--where", "gruond=scope", "--by", "colour")
        self.assertEqual(result.code, 2)
        self.assertIn("did you mean 'ground'?", result.err)
        self.assertIn("U0104", result.err)
        self.assertEqual(self.stats("--where", "ground=nosuch").code, 4)
        self.assertEqual(self.call("stats", "--store", os.path.join(self.folder, "no.db")).code, 3)


if __name__ == "__main__":
    harness.main()
