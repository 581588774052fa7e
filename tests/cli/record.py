"""The record from outside: decisions, the audit, replay, and a second verifier that must agree.

    record.py [TEST...] [--store ADDRESS]   with an address, the tests share that store
"""
import hashlib
import os
import random
import resource
import sqlite3
import subprocess
import sys
import threading

import harness
from harness import DEMO, OTHER, ROOT

SECOND = os.path.join(ROOT, "tests", "record", "second_verifier.py")
STORE = None
WHY = "The words of E6 answer the question about the invoice."
SPLIT = ["--award", "M1=USD 720.00", "--reason", "fact_finding_differs", "--disagree", "np.approved",
         "--cite", "E6,E7", "--note", WHY]


class Recorded(harness.Cli):
    """Every test has cases of its own, so that a shared store does not matter."""

    number = 0

    def setUp(self):
        super().setUp()
        self.store = STORE or os.path.join(self.folder, "record.db")
        self.key = os.path.join(self.folder, "record.key")

    def run_on(self, *words, store=None, **more):
        words = list(words)
        takes_key = words[0] in ("accept", "override", "approve") or words[1:2] == ["checkpoint"]
        if takes_key:
            words += ["--key", self.key]
        return self.call(*words, "--store", store or self.store, **more)

    def case(self, source=DEMO, **changes):
        """A copy of a case under an id of its own."""
        Recorded.number += 1
        self.id = f"R-{os.getpid()}-{Recorded.number}"
        return self.again(source, **changes)

    def again(self, source=DEMO, **changes):
        text = self.read(source).decode()
        text = text.replace("C-2025-0417", self.id)
        for old, new in changes.items():
            text = text.replace(old, new)
        return self.file(f"{self.id}.yaml", text)

    def decided(self, result):
        self.assertEqual(result.code, 0, result.err)
        parts = {part["name"]: part for part in result.json()["parts"]}
        return int(parts["log"]["state"].split()[1])


class Decisions(Recorded):
    def test_what_is_accepted_is_in_the_log_and_replays_to_the_byte(self):
        done = self.run_on("accept", self.case(), "--by", "anna", "-f", "json")
        number = self.decided(done)
        log = self.run_on("audit", "log", self.id, "-f", "json").json()
        kinds = [(part["state"], int(part["name"])) for part in log["parts"]]
        self.assertEqual([kind for kind, _ in kinds], ["case", "ruling", "accept"])
        self.assertEqual(kinds[-1][1], number)
        replay = self.run_on("replay", "--case", self.id)
        self.assertEqual(replay.code, 0, replay.err)
        self.assertIn("1 the same to the byte", replay.out)

    def test_a_second_decision_must_say_that_it_saw_the_first(self):
        path = self.case()
        number = self.decided(self.run_on("accept", path, "-f", "json"))
        again = self.run_on("accept", path)
        self.assertEqual(again.code, 7)
        self.assertIn("R0302", again.err)
        self.assertIn(f"--supersede {number}", " ".join(again.err.split()))
        self.assertEqual(self.run_on("accept", path, "--supersede", str(number + 1000)).code, 7)
        self.assertEqual(self.run_on("accept", path, "--supersede", str(number)).code, 0)

    def test_an_override_divides_and_keeps_the_suggestion(self):
        done = self.run_on("override", self.case(), *SPLIT, "--by", "anna", "--second", "ben", "-f", "json")
        parts = {part["name"]: part for part in done.json()["parts"]}
        self.assertEqual(parts["decided"]["state"], "split")
        self.assertIn("USD 720.00", parts["decided"]["says"])
        self.assertIn("USD 480.00", parts["decided"]["says"])
        self.assertEqual(parts["suggested"]["state"], "release_full")
        self.assertEqual(parts["moved"]["state"], "USD 480.00")

    def test_above_the_threshold_another_person_signs(self):
        path = self.case()
        alone = self.run_on("override", path, *SPLIT, "--by", "anna")
        self.assertEqual((alone.code, "R0303" in alone.err), (7, True))
        self.assertEqual(self.run_on("override", path, *SPLIT, "--by", "anna", "--second", "anna").code, 7)
        waiting = self.run_on("override", path, *SPLIT, "--by", "anna", "--pending", "-f", "json")
        self.assertEqual(waiting.json()["state"], "recorded, waiting")
        self.assertEqual(self.run_on("approve", self.id, "--by", "anna").code, 7)
        self.assertEqual(self.run_on("approve", self.id, "--by", "ben").code, 0)
        self.assertEqual(self.run_on("approve", self.id, "--by", "ben").code, 7)
        self.assertEqual(self.run_on("audit", "verify").code, 0)

    def test_below_it_one_person_decides(self):
        small = ["--award", "M1=USD 1100.00"] + SPLIT[2:]
        self.assertEqual(self.run_on("override", self.case(), *small, "--by", "anna").code, 0)

    def test_small_steps_add_up(self):
        path = self.case()
        steps = [["--award", f"M1=USD {sum_}.00"] + SPLIT[2:] for sum_ in (1000, 800)]
        number = self.decided(self.run_on("override", path, *steps[0], "--by", "anna", "-f", "json"))
        second = self.run_on("override", path, *steps[1], "--by", "anna", "--supersede", str(number))
        self.assertEqual((second.code, "R0303" in second.err), (7, True))

    def test_all_that_is_wrong_is_said_at_once_and_nothing_is_recorded(self):
        path = self.case()
        wrong = self.run_on("override", path, "--award", "M1=USD 1300", "--award", "M9=USD 1", "--reason",
                            "policy_gapp", "--cite", "E99", "--disagree", "np.nothing", "--note", "short")
        self.assertEqual(wrong.code, 3)
        for code in ("R0311", "R0313", "R0315", "R0316", "R0317"):
            self.assertIn(code, wrong.err)
        self.assertEqual(self.run_on("audit", "log", self.id).code in (3, 4), True)

    def test_money_must_balance(self):
        path = self.case()
        rest = SPLIT[2:] + ["--by", "anna", "--second", "ben"]
        for award in ("M1=USD 720.00/USD 400.00", "M1=USD 720.00/USD 480.01", "M1=USD 1200.01"):
            done = self.run_on("override", path, "--award", award, *rest)
            self.assertEqual((done.code, "R0311" in done.err), (3, True), award)
        for award in ("M1=EUR 720.00", "M1=-1", "M1", "M1=USD 7.001", "M1=USD 99999999999999999999"):
            self.assertEqual(self.run_on("override", path, "--award", award, *rest).code, 3, award)
        self.assertEqual(self.run_on("override", path, "--award", "M1=USD 720.00/480", *rest).code, 0)

    def test_an_outcome_must_fit_its_division(self):
        path = self.case()
        rest = SPLIT[2:] + ["--by", "anna", "--second", "ben", "--dry-run"]
        for words in (["--outcome", "refund_full", "--award", "M1=USD 1.00"], ["--outcome", "split"],
                      ["--outcome", "dismiss", "--award", "M1=USD 1.00"], ["--outcome", "half"], []):
            done = self.run_on("override", path, *words, *rest)
            self.assertEqual((done.code, "R0312" in done.err), (3, True), words)
        for outcome in ("refund_full", "release_full", "request_evidence"):
            done = self.run_on("override", path, "--outcome", outcome, *rest)
            self.assertEqual(done.code, 0, done.err)

    def test_a_reason_comes_with_what_it_needs(self):
        path = self.case()
        rest = ["--outcome", "refund_full", "--note", WHY, "--second", "ben", "--by", "anna", "--dry-run"]
        for reason, words, code in (
                ("new_evidence", ["--cite", "E1"], "R0314"), ("conflict_resolved", ["--cite", "E1"], "R0314"),
                ("policy_misapplied", ["--cite", "E1"], "R0314"), ("data_error", ["--cite", "E1"], "R0314"),
                ("data_error", ["--cite", "E1", "--disagree", "np.approved"], "R0314"),
                ("settlement", [], "R0315"), ("policy_gap", [], "R0315")):
            done = self.run_on("override", path, "--reason", reason, *words, *rest)
            self.assertEqual((done.code, code in done.err), (3, True), (reason, words, done.err))
        for reason, words in (("policy_misapplied", ["--disagree", "np.approved"]), ("settlement", ["--cite", "E1"]),
                              ("data_error", ["--cite", "E1", "--disagree", "milestones.M1.submission.formal=false"])):
            self.assertEqual(self.run_on("override", path, "--reason", reason, *words, *rest).code, 0, reason)

    def test_a_dry_run_answers_truly_and_leaves_no_trace(self):
        path = self.case()
        dry = self.run_on("accept", path, "--dry-run")
        self.assertEqual(dry.code, 0, dry.err)
        self.assertIn("not recorded", dry.out)
        self.assertIn(self.run_on("audit", "log", self.id).code, (3, 4))
        self.assertEqual(self.run_on("accept", path).code, 0)
        self.assertEqual(self.run_on("accept", path, "--dry-run").code, 7)

    def test_a_changed_case_is_a_new_version_and_the_old_one_is_refused(self):
        path = self.case()
        number = self.decided(self.run_on("accept", path, "-f", "json"))
        self.again(**{"Landing page": "Landing page, second"})
        newer = self.run_on("accept", path, "--supersede", str(number), "-f", "json")
        self.assertIn("version 2", newer.json()["says"])
        self.again()
        older = self.run_on("accept", path, "--supersede", str(self.decided(newer)))
        self.assertEqual((older.code, "R0301" in older.err), (7, True))
        self.assertEqual(self.run_on("replay", "--case", self.id).code, 0)

    def test_a_recorded_case_is_taken_by_its_id(self):
        path = self.case()
        self.assertEqual(self.run_on("accept", path).code, 0)
        by_path = self.run_on("suggest", path, "-f", "ndjson")
        by_id = self.run_on("suggest", self.id, "-f", "ndjson")
        self.assertEqual((by_id.code, by_id.out), (0, by_path.out))
        self.assertEqual(self.run_on("suggest", f"record:{self.id}@1", "-f", "ndjson").out, by_path.out)
        missing = self.run_on("suggest", "record:nobody")
        self.assertEqual((missing.code, "R0318" in missing.err), (3, True))
        self.assertEqual(self.run_on("suggest", "nobody").code, 3)


class Audit(Recorded):
    def setUp(self):
        super().setUp()
        for _ in range(3):
            self.assertEqual(self.run_on("accept", self.case(), "--by", "anna").code, 0)

    def second(self, *words):
        done = subprocess.run([sys.executable, "-B", SECOND, *words], capture_output=True, timeout=60)
        return harness.Result(done)

    def test_both_verifiers_say_sound(self):
        verify = self.run_on("audit", "verify", "-f", "json")
        self.assertEqual((verify.code, verify.json()["name"]), (0, "sound"))
        root = {part["name"]: part for part in verify.json()["parts"]}["root"]["state"]
        path = os.path.join(self.folder, "log")
        self.assertEqual(self.run_on("audit", "export", "-o", path).code, 0)
        self.assertEqual(self.second("log", path, root).out, "sound\n")
        self.assertEqual(self.run_on("audit", "export", "--from", "2020-01-01", "-o", path).code, 0)
        self.assertEqual(self.second("log", path, root).out, "sound\n")
        size = int(verify.json()["state"].split()[0])
        for seq in (0, size // 2, size - 1):
            self.assertEqual(self.run_on("audit", "prove", str(seq), "-o", path).code, 0)
            self.assertEqual(self.second("proof", path, root).out, "sound\n", seq)
            self.assertEqual(self.run_on("audit", "consistency", str(seq + 1), "-o", path).code, 0)
            self.assertEqual(self.second("consistency", path).out, "sound\n", seq)

    def test_a_flipped_bit_of_an_export_or_proof_is_found(self):
        log, proof, growth = (os.path.join(self.folder, name) for name in ("log", "proof", "growth"))
        self.run_on("audit", "export", "-o", log)
        self.run_on("audit", "prove", "2", "-f", "ndjson", "-o", proof)
        self.run_on("audit", "consistency", "3", "-f", "ndjson", "-o", growth)
        draw = random.Random(7)
        for what, path in (("log", log), ("proof", proof), ("consistency", growth)):
            data = bytearray(self.read(path))
            start = data.index(b"\n") + 1 if what == "log" else data.index(b'"proof":[') + 10
            end = len(data) if what == "log" else data.index(b"]", start) - 1
            for _ in range(12):
                at, bit = draw.randrange(start, end), 1 << draw.randrange(5)  # 32 is the other case of a letter
                data[at] ^= bit
                self.file(path, bytes(data))
                self.assertNotEqual(self.second(what, path).code, 0, (what, at, bit))
                data[at] ^= bit

    def test_swapped_doubled_and_missing_entries_are_found(self):
        path = os.path.join(self.folder, "log")
        self.run_on("audit", "export", "-o", path)
        lines = self.read(path).splitlines(True)
        for changed in (lines[:-1], lines + lines[-1:], lines[:1] + lines[2:3] + lines[1:2] + lines[3:], lines[:1]):
            self.file(path, b"".join(changed))
            self.assertEqual(self.second("log", path).code, 6)

    def test_what_an_insider_writes_is_found_and_named(self):
        base = sqlite3.connect(self.store)
        base.executescript("DROP TRIGGER decision_keeps; UPDATE decision SET outcome = 'split' WHERE id = 7")
        base.close()
        verify = self.run_on("audit", "verify")
        self.assertEqual(verify.code, 6)
        self.assertIn("entry 7", verify.err)
        self.assertIn("still holds", verify.err)

    def test_a_witness_sees_a_log_grow_and_refuses_one_that_was_cut(self):
        state = os.path.join(self.folder, "state")
        self.run_on("store", "backup", os.path.join(self.folder, "old.db"))
        self.assertEqual(self.run_on("audit", "witness", "--state", state).code, 0)
        self.assertEqual(self.run_on("accept", self.case()).code, 0)
        size = int(self.read(state).split(b"\n")[5])
        proof = os.path.join(self.folder, "proof")
        self.run_on("audit", "consistency", str(size), "-o", proof)
        seen = self.call("audit", "witness", "--state", state, proof)
        self.assertEqual(seen.code, 0, seen.err)
        self.assertEqual(seen.out.count("\u2014"), 2)
        self.assertEqual(self.run_on("audit", "verify", "--witness", state).code, 0)
        old = os.path.join(self.folder, "old.db")
        cut = self.run_on("audit", "verify", "--witness", state, store=old)
        self.assertEqual((cut.code, "its end is gone" in " ".join(cut.err.split())), (6, True))
        refused = self.run_on("audit", "witness", "--state", state, store=old)
        self.assertEqual((refused.code, "R0404" in refused.err), (6, True))

    def test_a_backup_is_the_record(self):
        copy = os.path.join(self.folder, "copy.db")
        self.assertEqual(self.run_on("store", "backup", copy).code, 0)
        self.assertEqual(self.run_on("audit", "verify", store=copy).code, 0)
        self.assertEqual(self.run_on("store", "backup", copy).code, 3)
        self.assertEqual(os.stat(copy).st_mode & 0o077, 0)

    def test_what_is_not_there_is_said(self):
        for words, code in ((["prove", "999"], 3), (["prove", "x"], 2), (["consistency", "0"], 3),
                            (["consistency", "5", "2"], 3), (["consistency", "1", "999"], 3), (["log", "nobody"], 4)):
            self.assertEqual(self.run_on("audit", *words).code, code, words)
        self.assertEqual(self.run_on("audit", "log", store=os.path.join(self.folder, "none")).code, 3)
        self.assertIn("no entry of the log matches", self.run_on("audit", "log", "nobody").err)
        self.assertEqual(self.run_on("audit", "log", store=DEMO).code, 3)

    def test_the_files_of_the_record_are_its_owners_alone(self):
        for path in (self.store, self.key):
            self.assertEqual(os.stat(path).st_mode & 0o077, 0, path)
        os.chmod(self.key, 0o644)
        open_key = self.run_on("accept", self.case())
        self.assertEqual((open_key.code, "R0202" in open_key.err), (0, True))
        self.assertIn("not signed yet", open_key.out)


class Replay(Recorded):
    def test_a_rulebook_that_changed_since_does_not_matter(self):
        rules = os.path.join(self.folder, "rules")
        subprocess.run(["cp", "-r", os.path.join(ROOT, "rules"), rules], check=True)
        path, book = self.case(), os.path.join(rules, "upwork")
        self.assertEqual(self.run_on("accept", path, "-p", book).code, 0)
        subprocess.run(["rm", "-rf", rules], check=True)
        replay = self.run_on("replay", "-v")
        self.assertEqual(replay.code, 0, replay.err)
        self.assertIn("same", replay.out)

    def test_a_ruling_that_does_not_come_out_again_is_shown_with_its_place(self):
        self.assertEqual(self.run_on("accept", self.case()).code, 0)
        # An insider with the disk changes the ruling and its digest, so that only a replay can tell.
        base = sqlite3.connect(self.store)
        for trigger in ("ruling_keeps", "payload_keeps"):
            base.execute(f"DROP TRIGGER {trigger}")
        (number,) = base.execute("SELECT id FROM ruling").fetchone()
        salt, body = base.execute("SELECT salt, body FROM payload WHERE id = ?", (number,)).fetchone()
        body = body.replace(b"USD 1200.00", b"USD 1300.00", 1)
        forged = hashlib.sha256(b"amicus.payload/1" + salt + body).digest()
        base.execute("UPDATE payload SET body = ? WHERE id = ?", (body, number))
        base.execute("UPDATE ruling SET payload = ?", (forged,))
        base.commit()
        base.close()
        replay = self.run_on("replay")
        self.assertEqual(replay.code, 6)
        self.assertIn("USD 1300.00", " ".join(replay.out.split()))
        self.assertEqual(self.run_on("audit", "verify").code, 6)

    def test_a_sample_is_the_same_for_the_same_seed(self):
        for _ in range(4):
            self.assertEqual(self.run_on("accept", self.case(OTHER, **{"n2-blank": f"S-{_}"})).code in (0, 7), True)
            self.assertEqual(self.run_on("accept", self.case()).code, 0)
        one = self.run_on("replay", "--sample", "2", "--seed", "3", "-v")
        self.assertEqual((one.code, one.out), (0, self.run_on("replay", "--sample", "2", "--seed", "3", "-v").out))
        self.assertIn("2 rulings", one.out)
        self.assertEqual(self.run_on("replay", "--sample", "2").code, 2)
        self.assertEqual(self.run_on("replay", "--since", "2999-01-01").code, 4)


class Faults(Recorded):
    def test_a_full_disk_is_74_and_what_was_recorded_stays(self):
        self.assertEqual(self.run_on("accept", self.case()).code, 0)
        size = max(os.stat(self.store).st_size, os.stat(self.store + "-wal").st_size
                   if os.path.exists(self.store + "-wal") else 0)
        limit = size - size % 4096 + 16384
        path, codes = self.case(), []
        for _ in range(40):
            path = self.case()
            words = [harness.AMICUS, "accept", path, "--store", self.store, "--key", self.key]
            done = subprocess.run(words, cwd=ROOT, capture_output=True, env={"PATH": os.environ["PATH"]},
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
            codes.append(done.returncode)
            if done.returncode != 0:
                break
        self.assertEqual(codes[-1], 74, codes)
        self.assertEqual(self.run_on("audit", "verify").code, 0)
        self.assertEqual(self.run_on("accept", path).code, 0)

    def test_a_newer_schema_is_refused_in_words(self):
        self.assertEqual(self.run_on("accept", self.case()).code, 0)
        base = sqlite3.connect(self.store)
        base.execute("PRAGMA user_version = 99")
        base.close()
        newer = self.run_on("audit", "log")
        self.assertEqual((newer.code, "R0103" in newer.err, "99" in newer.err), (7, True, True))

    def test_an_older_schema_is_brought_up_to_date(self):
        self.assertEqual(self.run_on("accept", self.case()).code, 0)
        base = sqlite3.connect(self.store)
        base.executescript("DROP TABLE approval; PRAGMA user_version = 1")
        base.close()
        self.assertEqual(self.run_on("audit", "verify").code, 0)
        done = self.run_on("override", self.case(), *SPLIT, "--by", "anna", "--second", "ben")
        self.assertEqual(done.code, 0, done.err)

    def test_many_processes_write_one_record(self):
        paths = [self.case() for _ in range(6)]
        codes = []
        threads = [threading.Thread(target=lambda path: codes.append(self.run_on("accept", path).code), args=(path,))
                   for path in paths]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(codes, [0] * len(paths))
        self.assertEqual(self.run_on("audit", "verify").code, 0)

    def test_of_processes_that_decide_one_case_exactly_one_wins(self):
        path, codes = self.case(), []
        threads = [threading.Thread(target=lambda: codes.append(self.run_on("accept", path).code)) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(codes), [0, 7, 7, 7, 7])

    def test_a_password_in_an_address_is_refused(self):
        refused = self.run_on("audit", "log", store="postgresql://me:secret@localhost/x")
        self.assertEqual(refused.code in (3, 7), True)
        self.assertNotIn("secret@", refused.out)


if __name__ == "__main__":
    if "--store" in sys.argv:
        at = sys.argv.index("--store")
        STORE = sys.argv[at + 1]
        del sys.argv[at:at + 2]
    harness.main()
