"""amicus batch, merge, archive: what an operations team relies on."""
import json
import os
import re
import shutil
import signal
import subprocess
import time
import xml.etree.ElementTree as tree

from harness import AMICUS, ROOT, Cli, main

WORKED = "cases/worked/non_payment"


class Batch(Cli):
    def lines(self, copies=1, bad=True):
        """NDJSON of the worked cases, with new ids, and four lines that are no case."""
        packed = os.path.join(self.folder, "worked.ndjson.zst")
        if not os.path.exists(packed):
            result = self.call("archive", "pack", WORKED, "-o", packed)
            self.assertEqual(result.code, 0, result.err)
        text = self.call("archive", "cat", packed).out
        out = []
        for copy in range(copies):
            for line in text.splitlines():
                out.append(re.sub(r'("case":\{[^}]*"id":")([^"]*)', rf"\1\2-{copy}", line) + "\n")
        if bad:
            out.insert(3, '{"amicus":"case/1","case":{"id":"BAD-1"}\n')
            out.insert(9, "\n")
            out.insert(12, '{"amicus":"case/1","case":{"id":"BAD-2","platform":"nowhere"}}\n')
            out.insert(len(out) - 2, "not json\n")
        return "".join(out)

    def archive(self, name="a.ndjson", copies=1, bad=True):
        return self.file(name, self.lines(copies, bad))

    def framed(self, text, name="a.ndjson.zst", bytes_a_frame=20000):
        """An archive with small frames, written by the format's description and not by amicus."""
        frames, table, at = b"", b"", 0
        lines = text.encode().splitlines(keepends=True)
        while at < len(lines):
            block = b""
            while at < len(lines) and len(block) < bytes_a_frame:
                block += lines[at]
                at += 1
            packed = subprocess.run(["zstd", "-q", "-c", f"--stream-size={len(block)}"], input=block,
                                    capture_output=True, check=True).stdout
            frames += packed
            table += len(packed).to_bytes(4, "little") + len(block).to_bytes(4, "little")
        count = len(table) // 8
        table += count.to_bytes(4, "little") + b"\0" + (0x8F92EAB1).to_bytes(4, "little")
        return self.file(name, frames + (0x184D2A5E).to_bytes(4, "little") + len(table).to_bytes(4, "little") + table)

    def whole(self, archive, *words):
        """Report, results and rejects of one process."""
        paths = [os.path.join(self.folder, f"whole.{end}") for end in ("json", "ndjson", "rejects")]
        result = self.call("batch", "--max-errors", "100", "-j", "1", "-f", f"json:{paths[0]}", "-f",
                           f"ndjson:{paths[1]}", "--rejects", paths[2], *words, archive)
        self.assertEqual(result.code, 0, result.err)
        return tuple(self.read(path) for path in paths)

    def sharded(self, archive, count, jobs=1, order=None, folder=None, words=()):
        folder = folder or os.path.join(self.folder, f"run-{count}-{jobs}")
        for i in order or range(count):
            result = self.call("batch", "--shard", f"{i}/{count}", "--out", folder, "-j", str(jobs), *words, archive)
            self.assertEqual(result.code, 0, result.err)
        return folder

    def merged(self, folder, *words):
        paths = [os.path.join(self.folder, f"merged.{end}") for end in ("json", "ndjson", "rejects")]
        result = self.call("merge", "--out", folder, "--max-errors", "100", "-f", f"json:{paths[0]}", "-f",
                           f"ndjson:{paths[1]}", "--rejects", paths[2], *words)
        self.assertEqual(result.code, 0, result.err)
        return tuple(self.read(path) for path in paths)

    # --- archives ---

    def test_zstdcat_reads_what_pack_writes(self):
        path = os.path.join(self.folder, "w.ndjson.zst")
        self.assertEqual(self.call("archive", "pack", WORKED, "-o", path).code, 0)
        plain = subprocess.run(["zstdcat", path], capture_output=True, check=True).stdout
        self.assertEqual(plain.decode(), self.call("archive", "cat", path).out)
        ids = [json.loads(line)["case"]["id"] for line in plain.splitlines()]
        self.assertGreater(len(ids), 20)
        subprocess.run(["zstd", "-q", "-t", path], check=True)
        info = self.call("archive", "info", "-f", "json", path).json()
        self.assertEqual((info["lines"], info["inventory"]), (len(ids), "agrees"))

    def test_a_case_with_a_fault_keeps_an_archive_from_being_packed(self):
        source, path = self.archive(), os.path.join(self.folder, "p.ndjson.zst")
        result = self.call("archive", "pack", source, "-o", path)
        self.assertEqual(result.code, 3)
        self.assertIn("B0110", result.err)
        self.assertFalse(os.path.exists(path) or os.path.exists(path + ".json"))
        self.assertEqual(self.call("archive", "pack", "--max-errors", "4", source, "-o", path).code, 0)
        self.assertEqual(self.call("archive", "cat", path).out.count("\n"), self.lines().count("\n") - 4)

    def test_the_shards_of_any_count_are_the_archive(self):
        text = self.lines(copies=2)
        for path in (self.archive(copies=2), self.framed(text)):
            for count in (1, 2, 3, 7):
                parts = [self.call("archive", "cat", "--shard", f"{i}/{count}", path).out for i in range(count)]
                self.assertEqual("".join(parts), text, (path, count))

    def test_a_line_belongs_to_the_shard_in_which_it_begins(self):
        text = '{"a":1}\n\n{"b":22}\n'
        path = self.file("tiny.ndjson", text)
        for count in (2, 5, 18):
            parts = [self.call("archive", "cat", "--shard", f"{i}/{count}", path).out for i in range(count)]
            self.assertEqual("".join(parts), text, count)
            self.assertTrue(all(part == "" or part.endswith("\n") for part in parts))

    def test_a_damaged_archive_is_refused_and_never_loses_cases_in_silence(self):
        whole = self.read(self.framed(self.lines(bad=False)))
        good = self.whole(self.file("good.ndjson.zst", whole))[1]
        step = max(1, len(whole) // 12)
        for at in list(range(0, len(whole), step)) + [len(whole) - 5, len(whole) - 9]:
            flipped = bytearray(whole)
            flipped[at] ^= 0x10
            for name, data in (("flip", bytes(flipped)), ("cut", whole[:at])):
                path = self.file(f"{name}.ndjson.zst", data)
                out = os.path.join(self.folder, "o.ndjson")
                result = self.call("batch", "-f", f"ndjson:{out}", path)
                self.assertIn(result.code, (0, 3, 4), (name, at, result.err))
                if result.code == 0:
                    self.assertEqual(self.read(out), good, (name, at))
                if result.code == 4:
                    self.assertLess(len(data), 5)

    # --- one process ---

    def test_forms_of_one_archive_give_the_same_results(self):
        text = self.lines()
        plain = self.whole(self.archive())
        framed = self.whole(self.framed(text))
        packed = self.file("one.ndjson.zst", subprocess.run(["zstd", "-q", "-c"], input=text.encode(),
                                                           capture_output=True, check=True).stdout)
        piped = self.call("batch", "--stdin", stdin=text.encode())
        self.assertEqual(plain[1], framed[1].replace(b"a.ndjson.zst", b"a.ndjson"))
        self.assertEqual(plain[1], self.whole(packed)[1].replace(b"one.ndjson.zst", b"a.ndjson"))
        self.assertEqual(plain[1].decode(), piped.out.replace("(stdin)", "a.ndjson"))
        self.assertEqual(piped.code, 0)

    def test_each_line_leaves_one_line_in_its_order(self):
        text = self.lines()
        results = self.call("batch", "--stdin", stdin=text.encode()).out.splitlines()
        self.assertEqual(len(results), len(text.splitlines()))
        for line, result in zip(text.splitlines(), results):
            found = re.search(r'"case":\{[^}]*"id":"([^"]*)', line)
            if found and "BAD" not in found[1]:
                self.assertEqual(json.loads(result)["case"], found[1])

    def test_a_reject_says_where_and_why(self):
        path = self.archive()
        rejects = [json.loads(line) for line in self.whole(path)[2].splitlines()]
        data = self.read(path)
        codes = [reject["error"]["code"] for reject in rejects]
        self.assertEqual(codes[:2], ["C0105", "B0105"])
        self.assertEqual(len(codes), 4)
        self.assertEqual([reject["case"] for reject in rejects], [None, None, "BAD-2", None])
        for reject in rejects:
            at = reject["error"]["offset"]
            self.assertTrue(at == 0 or data[at - 1:at] == b"\n")
            self.assertTrue(reject["error"]["what"])
        self.assertTrue(data[rejects[0]["error"]["offset"]:].startswith(b'{"amicus":"case/1","case":{"id":"BAD-1"}\n'))

    def test_a_line_that_is_too_long_or_cut_off_costs_itself_only(self):
        good = self.lines(bad=False).splitlines(keepends=True)
        text = good[0] + '{"x":"' + "y" * (9 << 20) + '"}\n' + good[1] + good[2].rstrip("\n")
        for call in (("batch", "-f", "ndjson", self.file("long.ndjson", text)), ("batch", "--stdin")):
            result = self.call(*call, stdin=text.encode() if "--stdin" in call else b"")
            lines = [json.loads(line) for line in result.out.splitlines()]
            self.assertEqual([line.get("error", {}).get("code") for line in lines], [None, "B0106", None, "B0104"])

    def test_results_are_those_of_suggest(self):
        path = os.path.join(self.folder, "w.ndjson.zst")
        self.assertEqual(self.call("archive", "pack", WORKED, "-o", path).code, 0)
        full = self.call("batch", "--results", "full", "-f", "ndjson", path).out
        self.assertEqual(full, self.call("suggest", "-f", "ndjson", WORKED).out)
        for brief, ruling in zip(self.call("batch", "-f", "ndjson", path).lines(), map(json.loads, full.splitlines())):
            self.assertEqual((brief["case"], brief["outcome"]), (ruling["case"]["id"], ruling["outcome"]))
            keys = ("item", "outcome", "held", "to_freelancer", "to_client", "fees", "stays_held")
            self.assertEqual([[item[key] for key in keys] for item in brief["items"]],
                             [[item[key] for key in keys] for item in ruling["items"]])
            applied = [(f["rule"], f["item"], [c["evidence"] for c in f["cites"]]) for f in ruling["findings"]
                       if f["status"] == "applied"]
            self.assertEqual(sorted((f["rule"], f["item"] or "", f["cites"]) for f in brief["findings"]),
                             sorted((rule, item or "", cites) for rule, item, cites in applied))

    def test_the_summary_adds_up_what_the_rulings_say(self):
        path = self.archive(copies=3)
        report, results, _ = self.whole(path, "--results", "full")
        report = json.loads(report)
        money, outcomes, rules = {}, {}, {}
        cents = lambda text: int(text[4:].replace(".", ""))
        rulings = [json.loads(line) for line in results.splitlines() if b'"error"' not in line[:200]]
        for ruling in rulings:
            outcomes[ruling["outcome"]] = outcomes.get(ruling["outcome"], 0) + 1
            for rule in {f["rule"] for f in ruling["findings"] if f["status"] == "applied"}:
                rules[rule] = rules.get(rule, 0) + 1
            if ruling["totals"]["held"] is not None:
                sums = money.setdefault(ruling["outcome"], {})
                for key, value in ruling["totals"].items():
                    sums[key] = sums.get(key, 0) + cents(value)
        self.assertEqual(report["cases"], len(rulings))
        self.assertEqual(report["lines"], report["cases"] + report["rejected"])
        counted = {}
        for row in report["outcomes"]:
            counted[row["outcome"]] = counted.get(row["outcome"], 0) + row["cases"]
            if row["currency"] != "-":
                self.assertEqual({key: cents(row[key]) for key in money[row["outcome"]]}, money[row["outcome"]])
        self.assertEqual(counted, outcomes)
        self.assertEqual({row["rule"]: row["cases"] for row in report["rules"]}, rules)

    def test_formats_are_what_they_say(self):
        path = self.archive()
        outs = {form: os.path.join(self.folder, "o." + form) for form in ("human", "plain", "csv", "md", "html")}
        words = [word for form, out in outs.items() for word in ("-f", f"{form}:{out}")]
        self.assertEqual(self.call("batch", "--max-errors", "9", *words, path).code, 0)
        text = {form: self.read(out).decode() for form, out in outs.items()}
        self.assertTrue(all(len(line) <= 80 for line in text["human"].splitlines()))
        self.assertIn("outcome/release_full/USD: ", text["plain"])
        rows = [line.split(",") for line in text["csv"].splitlines()]
        self.assertEqual({len(row) for row in rows}, {10})
        self.assertIn("### Outcomes", text["md"])
        self.assertIn("<svg", text["html"])
        for word in ("<script", "http://", "https://", "src=", "url("):
            self.assertNotIn(word, text["html"])
        body = text["html"].split("</head>", 1)[1].replace("</html>", "")
        tree.fromstring(body)

    def test_expectations_gate(self):
        path = self.archive(bad=False)
        for words, code in ((["rejected=0"], 0), (["cases>1", "outcome.release_full>=1"], 0), (["cases=1"], 1),
                            (["outcome.release_full<=1%"], 1), (["ground.non_payment>=0.95"], 0),
                            (["rule.np.approved>0"], 0), (["rejekted=0"], 2), (["cases"], 2), (["agree>=0.85"], 2),
                            (["cases>=200%"], 2)):
            args = [arg for word in words for arg in ("--expect", word)]
            result = self.call("batch", *args, path)
            self.assertEqual(result.code, code, (words, result.err))
        result = self.call("batch", self.archive("bad.ndjson"))
        self.assertEqual(result.code, 3)
        self.assertIn("B0304", result.err)
        self.assertIn("4 rejected", result.out)
        self.assertEqual(self.call("batch", self.file("empty.ndjson", "")).code, 4)
        self.assertEqual(self.call("batch", os.path.join(self.folder, "none.ndjson")).code, 3)
        self.assertEqual(self.call("batch", "--shard", "8/8", "--out", "x", path).code, 2)
        self.assertEqual(self.call("batch", "--shard", "0/2", path).code, 2)

    def test_progress_is_drawn_and_wiped(self):
        result = self.call("batch", "-f", "plain", "--progress", "always", self.archive(copies=20, bad=False))
        self.assertTrue(result.err.endswith("\r"))
        self.assertNotIn("[", self.call("batch", "-f", "plain", self.archive(bad=False)).err)

    # --- shards ---

    def test_the_bytes_do_not_depend_on_shards_or_threads(self):
        text = self.lines(copies=2)
        for path in (self.archive(copies=2), self.framed(text)):
            whole = self.whole(path)
            for count, jobs in ((1, 2), (2, 1), (3, 2), (7, 1), (16, 2)):
                folder = self.sharded(path, count, jobs, order=reversed(range(count)))
                self.assertEqual(self.merged(folder), whole, (path, count, jobs))
                shutil.rmtree(folder)
            for jobs in (2, 5):
                out = self.call("batch", "--max-errors", "9", "-f", "ndjson", "-j", str(jobs), path,
                                env={"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"})
                self.assertEqual(out.out.encode(), whole[1])

    def test_parts_end_to_end_decompress_to_the_whole(self):
        path = self.framed(self.lines(copies=3))
        folder = self.sharded(path, 3)
        parts = b"".join(self.read(os.path.join(folder, f"part-{i:05}-of-00003.ndjson.zst")) for i in range(3))
        out = subprocess.run(["zstdcat"], input=parts, capture_output=True, check=True).stdout
        self.assertEqual(out, self.whole(path)[1])

    def test_a_part_that_is_there_is_not_done_again(self):
        path = self.archive(copies=2)
        folder = self.sharded(path, 3, order=[0, 2])
        status = self.call("batch-status", "--out", folder, "--shards", "3")
        self.assertEqual((status.code, status.out), (1, "1\n"))
        part = os.path.join(folder, "part-00002-of-00003.json")
        before = os.stat(part).st_mtime_ns
        self.assertIn("was there", self.call("batch", "--shard", "2/3", "--out", folder, path).err)
        self.assertEqual(os.stat(part).st_mtime_ns, before)
        refused = self.call("merge", "--out", folder)
        self.assertEqual(refused.code, 7)
        self.assertIn("part-00001-of-00003", refused.err)
        self.sharded(path, 3, order=[1], folder=folder)
        self.assertEqual(self.call("batch-status", "--out", folder).code, 0)
        self.assertEqual(self.merged(folder), self.whole(path))

    def test_merge_refuses_what_is_damaged_or_mixed(self):
        path = self.archive(copies=2)
        good = self.sharded(path, 2)
        name = "part-00001-of-00002"

        def spoilt(change):
            folder = os.path.join(self.folder, "spoilt")
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(good, folder)
            change(folder)
            result = self.call("merge", "--out", folder, "--max-errors", "99")
            self.assertEqual(result.code, 7, result.err)
            return result.err

        def flip(end, at):
            def change(folder):
                file = os.path.join(folder, name + end)
                data = bytearray(self.read(file))
                data[at] ^= 1
                self.file(file, bytes(data))
            return change

        for end in (".json", ".ndjson.zst", ".rejects.ndjson"):
            for at in (0, -1, 40):
                self.assertIn("B0202", spoilt(flip(end, at)))
        self.assertIn("B0202", spoilt(lambda f: os.remove(os.path.join(f, name + ".ndjson.zst"))))
        self.assertIn("B0203", spoilt(lambda f: os.remove(os.path.join(f, name + ".json"))))
        self.assertIn("B0203", spoilt(lambda f: os.remove(os.path.join(f, "run.json"))))
        self.assertIn("B0202", spoilt(lambda f: [shutil.copy(os.path.join(f, "part-00000-of-00002" + end),
                                                             os.path.join(f, name + end))
                                                 for end in (".json", ".ndjson.zst", ".rejects.ndjson")]))
        self.assertIn("B0204", spoilt(lambda f: self.sharded(path, 3, order=[0], folder=f)))
        other = self.sharded(self.archive("other.ndjson"), 2, folder=os.path.join(self.folder, "other"))
        self.assertIn("B0201", spoilt(lambda f: [shutil.copy(os.path.join(other, name + end), os.path.join(f, name + end))
                                                 for end in (".json", ".ndjson.zst", ".rejects.ndjson")]))

    def test_a_folder_belongs_to_one_run(self):
        folder = self.sharded(self.archive(), 2, order=[0])
        for words, member in ((["--as-of", "2025-06-02"], "as_of"), (["--results", "full"], "options"),
                              (["-p", "rules/model"], "rulebooks")):
            result = self.call("batch", "--shard", "1/2", "--out", folder, *words, self.archive())
            self.assertEqual(result.code, 7)
            self.assertIn(member, result.err)
        result = self.call("batch", "--shard", "1/2", "--out", folder, self.archive("a.ndjson", copies=2))
        self.assertIn("inputs", result.err)

    def test_wrong_totals_are_told_by_the_inventory(self):
        source, path = self.archive(bad=False), os.path.join(self.folder, "i.ndjson.zst")
        self.assertEqual(self.call("archive", "pack", source, "-o", path).code, 0)
        folder = self.sharded(path, 3)
        self.assertIn("id hash agree", self.call("merge", "--out", folder).err)
        inventory = json.loads(self.read(path + ".json"))
        for key, value in (("lines", inventory["lines"] + 1), ("hash", "0" * 32)):
            changed = dict(inventory, **{key: value})
            self.file(path + ".json", json.dumps(changed))
            result = self.call("merge", "--out", self.sharded(path, 2, folder=os.path.join(self.folder, "w-" + key)))
            self.assertEqual(result.code, 6, result.err)
            self.assertIn("B0205", result.err)
            self.assertEqual(self.call("archive", "info", path).code, 6)

    def test_too_many_rejects_are_judged_on_the_total(self):
        path = self.archive(copies=2)
        for count in (1, 3, 7):
            folder = self.sharded(path, count)
            self.assertEqual(self.call("merge", "--out", folder, "--max-errors", "4").code, 0)
            self.assertEqual(self.call("merge", "--out", folder, "--max-errors", "3").code, 3)
            self.assertEqual(self.call("merge", "--out", folder).code, 3)
        result = self.call("batch", "--shard", "0/1", "--out", os.path.join(self.folder, "stop"), "--max-errors", "3", path)
        self.assertEqual(result.code, 3)
        self.assertEqual(os.listdir(os.path.join(self.folder, "stop")), ["run.json"])

    def test_shards_run_twice_at_once_leave_one_part(self):
        path = self.archive(copies=15)
        whole = self.whole(path)
        folder = os.path.join(self.folder, "twice")
        calls = [subprocess.Popen([AMICUS, "batch", "-q", "--shard", f"{i % 2}/2", "--out", folder, "-j", "1", path], cwd=ROOT)
                 for i in range(4)]
        self.assertEqual([call.wait() for call in calls], [0] * 4)
        self.assertEqual(self.merged(folder), whole)
        self.assertEqual([name for name in os.listdir(folder) if name.startswith(".tmp")], [])

    def test_a_shard_that_is_killed_leaves_no_part_and_is_done_again(self):
        """The controller dies, and with it everything that runs; another one starts it all again."""
        path = self.archive(copies=40)
        whole = self.whole(path)
        folder = os.path.join(self.folder, "killed")
        for sign in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
            call = subprocess.Popen([AMICUS, "batch", "-q", "--shard", "1/2", "--out", folder, "-j", "1", path], cwd=ROOT)
            limit = time.time() + 60
            while time.time() < limit and not (os.path.isdir(folder) and
                                               any(f"-{call.pid}." in name for name in os.listdir(folder) if name.endswith(".zst"))):
                time.sleep(0.005)
            call.send_signal(sign)
            code = call.wait()
            self.assertIn(code, {signal.SIGKILL: (-9,), signal.SIGTERM: (143,), signal.SIGINT: (130,)}[sign])
            self.assertFalse(any(name.startswith("part") for name in os.listdir(folder)))
        status = self.call("batch-status", "--out", folder, "--shards", "2")
        self.assertEqual((status.code, status.out), (1, "0-1\n"))
        self.sharded(path, 2, folder=folder)
        self.assertEqual(self.merged(folder), whole)

    def test_a_full_disk_leaves_nothing_half_written(self):
        path = self.archive(copies=6)
        folder = os.path.join(self.folder, "full")
        for limit in (1, 2):
            result = subprocess.run(["sh", "-c", f"ulimit -f {limit}; exec \"$@\"", "sh", AMICUS, "batch", "-q", "--shard", "0/1",
                                     "--out", folder, path], cwd=ROOT, capture_output=True)
            self.assertEqual(result.returncode, 74, result.stderr)
            self.assertEqual([name for name in os.listdir(folder) if name != "run.json"], [])
        self.sharded(path, 1, folder=folder)
        self.assertEqual(self.merged(folder), self.whole(path))

    def test_out_without_a_shard_does_all_of_it(self):
        path = self.archive(bad=False)
        result = self.call("batch", "--out", os.path.join(self.folder, "all"), "-f", "json", path)
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(result.out.encode(), self.whole(path)[0])


if __name__ == "__main__":
    main()
