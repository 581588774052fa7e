#!/usr/bin/env python3
"""Compares what commands print with what was kept.

    run.py AMICUS FILE...             compare
    UPDATE=1 run.py AMICUS FILE...    keep what is printed now, after somebody has read the difference

A golden file holds commands and what they print, as a terminal shows it:

    $ amicus suggest cases/worked/non_payment/demo.yaml
    ...stdout...
    [stderr]
    ...stderr...
    [exit 3]

[stderr] and [exit N] are left out where there is nothing to say. `$ COLUMNS=100 amicus ...` sets a
variable for one command; `< FILE` behind it is its stdin. Everything runs in the root of the
repository, in the locale C, 80 columns wide.
"""
import difflib
import os
import re
import shlex
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def environment():
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "ASAN_OPTIONS", "UBSAN_OPTIONS")
            if name in os.environ}
    return {**keep, "LC_ALL": "C", "COLUMNS": "80", "TERM": "dumb"}


def run(program, line):
    words = shlex.split(line)
    variables = environment()
    while "=" in words[0]:
        name, value = words.pop(0).split("=", 1)
        variables[name] = value
    stdin = subprocess.DEVNULL
    if "<" in words:
        at = words.index("<")
        stdin = open(os.path.join(ROOT, words[at + 1]), "rb")
        del words[at:at + 2]
    if words[0] != "amicus":
        sys.exit(f"only amicus can be run, not {words[0]}")
    done = subprocess.run([program] + words[1:], cwd=ROOT, env=variables, stdin=stdin,
                          capture_output=True, timeout=120)
    text = re.sub(r"^(policy .*) [0-9a-f]{64}$", r"\1 <digest>", done.stdout.decode("utf-8", "replace"),
                  flags=re.MULTILINE)  # it changes with every rule
    text = re.sub(r"(\b[Rr]un\W{1,4})[0-9a-f]{64}", r"\1<digest>", text)  # and so does a batch's
    if done.stderr:
        text += "[stderr]\n" + done.stderr.decode("utf-8", "replace")
    if done.returncode:
        text += f"[exit {done.returncode}]\n"
    return text


def retell(program, kept):
    """The golden text as it would be now; comments before the first command are kept."""
    parts = re.split(r"^(\$ .*\n)", kept, flags=re.MULTILINE)
    told = parts[0]
    for prompt in parts[1::2]:
        told += prompt + run(program, prompt[2:].strip())
    return told


def main():
    program, files = os.path.abspath(sys.argv[1]), sys.argv[2:]
    faults = 0
    for path in files:
        with open(path, encoding="utf-8", newline="") as file:
            kept = file.read()
        told = retell(program, kept)
        if "$ amicus" not in kept and "$ COLUMNS" not in kept:
            sys.exit(f"{path} runs no command")
        if told == kept:
            continue
        if os.environ.get("UPDATE") == "1":
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(told)
            print(f"kept {path}")
            continue
        faults += 1
        sys.stdout.writelines(difflib.unified_diff(
            kept.splitlines(keepends=True), told.splitlines(keepends=True), path, "now"))
    sys.exit(1 if faults else 0)


main()
