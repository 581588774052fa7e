"""The recipes of engine/workshop/README.md, each called as its engine calls it."""
import json
import os
import re
import shutil
import subprocess

from harness import AMICUS, ROOT, Cli, main

README = os.path.join(ROOT, "engine/workshop/README.md")
WORKED = "cases/worked/quality"
BLOCK = re.compile(r"^```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Recipes(Cli):
    def setUp(self):
        super().setUp()
        os.symlink(AMICUS, os.path.join(self.folder, "amicus"))
        os.symlink(os.path.join(ROOT, "rules"), os.path.join(self.folder, "rules"))
        self.archive = os.path.join(self.folder, "day.ndjson.zst")
        self.assertEqual(self.call("archive", "pack", WORKED, "-o", self.archive).code, 0)
        self.environment = {**os.environ, "PATH": self.folder + os.pathsep + os.environ["PATH"]}

    def recipe(self, name):
        found = [block for block in BLOCK.findall(self.read(README).decode()) if f"# recipe: {name}\n" in block]
        self.assertEqual(len(found), 1, name)
        return found[0].split(f"# recipe: {name}\n")[1]

    def sh(self, script, **variables):
        return subprocess.run(["sh", "-c", script], cwd=self.folder, env={**self.environment, **variables},
                              capture_output=True, timeout=120)

    def check(self, count, out="run"):
        """The parts are those of one process."""
        merged = self.call("merge", "--out", os.path.join(self.folder, out), "--shards", str(count), "-f", "json")
        whole = self.call("batch", "-f", "json", "--out", os.path.join(self.folder, "whole"), self.archive)
        self.assertEqual(merged.code, 0, merged.err)
        self.assertEqual(merged.out, whole.out)

    def test_slurm_sets_the_index_of_a_job_array(self):
        script = self.recipe("slurm")
        variables = {"N": "3", "OUT": "run", "ARCHIVE": "day.ndjson.zst"}
        for index in (0, 2, 1, 1):
            done = self.sh(script, SLURM_ARRAY_TASK_ID=str(index), **variables)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.check(3)
        self.assertEqual(self.sh(script, SLURM_ARRAY_TASK_ID="3", **variables).returncode, 2)

    def test_slurm_stops_trying_again_some_time(self):
        os.remove(os.path.join(self.folder, "amicus"))
        self.file("amicus", "#!/bin/sh\nexit 75\n")
        os.chmod(os.path.join(self.folder, "amicus"), 0o755)
        for count, code in (("0", 75), ("4", 75), ("5", 74)):
            done = self.sh(self.recipe("slurm"), SLURM_ARRAY_TASK_ID="0", SLURM_RESTART_COUNT=count, N="1", OUT="r", ARCHIVE="a")
            self.assertEqual(done.returncode, code)

    def test_kubernetes_sets_the_index_of_a_completion(self):
        manifest = self.recipe("kubernetes")
        command = re.search(r"args: \['(.*)'\]", manifest)[1]
        count = int(re.search(r"completions: (\d+)", manifest)[1])
        self.assertIn(f"/{count}\"", command)
        self.assertIn("completionMode: Indexed", manifest)
        self.assertNotIn("\t", manifest)
        command = command.replace("/data/", "").replace(f"/{count}\"", "/2\"")
        for index in range(2):
            done = self.sh(command, JOB_COMPLETION_INDEX=str(index))
            self.assertEqual(done.returncode, 0, done.stderr)
        self.check(2)

    def test_spark_pipes_each_partition_through(self):
        command = re.search(r'pipe\("(.*?)"', self.recipe("spark"))[1]
        lines = self.call("archive", "cat", self.archive).out.splitlines(keepends=True)
        lines.insert(1, "no case\n")
        out = []
        for partition in (lines[:3], lines[3:], []):
            done = subprocess.run(command.split(), input="".join(partition).encode(), cwd=self.folder, env=self.environment,
                                  capture_output=True, timeout=120)
            # A partition without lines is nothing to do, and Spark must not fail for it.
            self.assertEqual(done.returncode, 0, done.stderr)
            out += done.stdout.splitlines()
        self.assertEqual(len(out), len(lines))
        self.assertIn("error", json.loads(out[1]))
        whole = self.call("batch", "-f", "ndjson", self.archive).out.splitlines()
        self.assertEqual([line.decode() for at, line in enumerate(out) if at != 1], whole)

    def test_gnu_parallel_runs_shards_side_by_side(self):
        line = self.recipe("parallel").replace("seq 0 63", "seq 0 3").replace("/64", "/4")
        if shutil.which("parallel") is None:
            # What it would run for each index.
            line = "for i in 3 0 1 2; do " + re.search(r"amicus batch.*", line)[0].replace("{}", "$i") + " & done; wait"
        done = self.sh(line)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.check(4)


if __name__ == "__main__":
    main()
