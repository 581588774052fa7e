#!/usr/bin/env python3
"""Runs the shell blocks of a manual, so that what it says to type works.

    blocks.py AMICUS FILE...

A block that starts with ```sh is run as one script, in the root of a copy of what it needs (rules/
and cases/), with AMICUS on the path as `amicus` and as build/release/amicus. A block ```sh and a line
`# not run: why` is left out; so are ./dev lines, which build and install. A block ```yaml or ```lua
whose first line is `# FILE: path` or `-- FILE: path` is written there before the blocks that follow.
Each block must end with 0.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"\A(?:#|--) FILE: (\S+)\n")


def prepare(folder, program):
    for name in ("rules", "cases"):
        shutil.copytree(os.path.join(ROOT, name), os.path.join(folder, name))
    os.makedirs(os.path.join(folder, "build", "release"))
    os.symlink(program, os.path.join(folder, "build", "release", "amicus"))
    os.makedirs(os.path.join(folder, "bin"))
    os.symlink(program, os.path.join(folder, "bin", "amicus"))


def write(folder, block):
    named = NAMED.match(block)
    if named is None:
        return False
    path = os.path.join(folder, named.group(1))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(block[named.end():])
    return True


def run(folder, block):
    if "# not run:" in block:
        return None
    lines = [line for line in block.splitlines() if not line.startswith("./dev")]
    if not "".join(lines).strip():
        return None
    path = os.path.join(folder, "bin") + os.pathsep + os.environ["PATH"]
    return subprocess.run(["sh", "-eu", "-c", "\n".join(lines)], cwd=folder, timeout=300,
                          stdin=subprocess.DEVNULL, capture_output=True,
                          env={**os.environ, "PATH": path, "LC_ALL": "C"})


def main():
    program, manuals = os.path.abspath(sys.argv[1]), sys.argv[2:]
    faults = count = 0
    for manual in manuals:
        with tempfile.TemporaryDirectory() as folder:
            prepare(folder, program)
            with open(manual, encoding="utf-8") as file:
                text = file.read()
            for language, block in BLOCK.findall(text):
                if language in ("yaml", "lua") and write(folder, block):
                    continue
                done = run(folder, block) if language == "sh" else None
                if done is None:
                    continue
                count += 1
                if done.returncode:
                    faults += 1
                    print(f"{manual}: exit {done.returncode} of\n{block}"
                          f"{done.stdout.decode()}{done.stderr.decode()}")
    print(f"{count} blocks, {faults} failed")
    if not count:
        sys.exit("no block was run")
    sys.exit(1 if faults else 0)


main()
