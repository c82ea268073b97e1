"""Runs a program on a terminal of its own and answers its questions.

usage: terminal.py '[["text to wait for", "line to type"], ...]' PROGRAM ARGUMENT...
Prints everything that the terminal showed; exits as the program does.
"""
import json
import os
import pty
import sys

answers = json.loads(sys.argv[1])
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])

shown = b""
read = 0
while True:
    try:
        piece = os.read(terminal, 4096)
    except OSError:
        break
    if not piece:
        break
    shown += piece
    while answers and answers[0][0].encode() in shown[read:]:
        question, answer = answers.pop(0)
        read = shown.index(question.encode(), read) + len(question.encode())
        os.write(terminal, answer.encode() + b"\r")

sys.stdout.buffer.write(shown)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
