"""Puts load on every call of a running server with ghz, and requires that no request fails.

    python load.py GHZ 127.0.0.1:50051 samples/*.ar.txt

ghz learns the messages from the server by reflection. A line for each call tells calls a second and
latency; they are for the eye, since other work may run beside these checks.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

SERVICE = "warraq.v1.TextProcessing"
REQUESTS = 500
# A batch or a stream carries several articles.
REQUESTS_OF_SEVERAL = 100
CONCURRENCY = 4


def calls(text):
    """The name of each call, what it is sent and how often."""
    one = {"document": {"text": text}}
    for call in ("Normalize", "Segment", "ExtractEntities", "SummarizeMetadata", "Annotate"):
        yield call, one, REQUESTS
    yield "BatchAnnotate", {"requests": [one] * 4}, REQUESTS_OF_SEVERAL
    # To ghz an array is the messages of a stream.
    items = [{"item": {"sequence": number, "request": one}} for number in range(1, 5)]
    yield "AnnotateStream", [{"config": {"allowReordering": True}}, *items], REQUESTS_OF_SEVERAL
    yield "GetServiceInfo", {}, REQUESTS


def measure(ghz, address, call, data, total):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(data, file)
        file.flush()
        command = [ghz, "--insecure", "--call", f"{SERVICE}.{call}", "--data-file", file.name]
        command += ["--total", str(total), "--concurrency", str(CONCURRENCY), "--format", "json", address]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        sys.exit(f"ghz {call}: exit status {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def main():
    arguments = argparse.ArgumentParser(description="Puts load on a running warraq server.")
    arguments.add_argument("ghz", help="the program")
    arguments.add_argument("address", help="HOST:PORT of the server")
    arguments.add_argument("articles", nargs="+", type=pathlib.Path, help="articles, UTF-8")
    arguments = arguments.parse_args()
    sent = 0
    for path in arguments.articles:
        text = path.read_bytes().decode("utf-8")
        for call, data, total in calls(text):
            report = measure(arguments.ghz, arguments.address, call, data, total)
            codes, errors = report["statusCodeDistribution"], report.get("errorDistribution")
            if report["count"] != total or codes != {"OK": total} or errors:
                sys.exit(f"ghz {call} with {path.name}: {report['count']} of {total}: {codes} {errors}")
            print(
                f"{path.name}: {call:18} {total} OK, {report['rps']:8.0f} calls/s, "
                f"mean {report['average'] / 1e6:.2f} ms, slowest {report['slowest'] / 1e6:.2f} ms"
            )
            sent += total
    print(f"ghz: {sent} requests, all of them OK")


if __name__ == "__main__":
    main()
