"""Runs checks one after the other, and judges each alone."""

import asyncio
import sys
import traceback

from client import trust


async def refused(error, call):
    """Awaits a call that has to end in that error, and returns it."""
    try:
        await call
    except error as refusal:
        return refusal
    raise AssertionError(f"no {error.__name__}")


async def _run(checks):
    passed = failed = 0
    for name, check in vars(type(checks)).items():
        if name.startswith("_"):
            continue
        try:
            await asyncio.wait_for(check(checks), 30)
            passed += 1
            print("ok", name, flush=True)
        except Exception:  # each check is judged alone
            failed += 1
            print("FAILED", name, flush=True)
            traceback.print_exc(file=sys.stdout)
    await checks._close()
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def main(kind):
    """Runs a class's public methods in the order in which it has them, on an instance that is told the port; ends the process."""
    trust(sys.argv[2])
    sys.exit(asyncio.run(_run(kind(int(sys.argv[1])))))
