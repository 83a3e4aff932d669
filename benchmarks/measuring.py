"""What the benchmarks share: commands run to their end with what they cost, and the place they were measured at."""

import os
import pathlib
import platform
import subprocess
import sys
import time
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent

ENGINES = {
    "cwltool": ["cwltool", "--quiet"],
    "twinflow": [str(ROOT / "twinflow"), "run", "--quiet", "--no-cache"],
}


@dataclass(frozen=True)
class Sample:
    seconds: float
    cpu: float
    peak_mib: float


def template(name):
    return (HERE / "cases" / f"{name}.cwl").read_text()


def run(command, folder):
    """Runs a command to its end; gives its sample and its standard output."""
    with open(folder / "stdout", "w+b") as out, open(folder / "stderr", "w+b") as err:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        if process.returncode != 0:
            err.seek(0)
            tail = err.read()[-2000:].decode(errors="replace")
            sys.exit(f"benchmarks: exit code {process.returncode} from: {' '.join(map(str, command))}\n{tail}")
        # Linux counts in KiB, macOS in bytes.
        unit = 2**20 if sys.platform == "darwin" else 2**10
        return Sample(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit), out.read()


def progress(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def first_line(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return (done.stdout or done.stderr).strip().split("\n")[0]


def machine():
    cpu = platform.processor()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            cpu = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), cpu)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} × {cpu}, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def place():
    """On what it was measured. Figures that were written just before change nothing."""
    changes = ["git", "status", "--porcelain", "-uno", "--", ".", ":(exclude)docs/figures"]
    dirty = " with uncommitted changes" if first_line(changes) else ""
    yield f"- commit {first_line(['git', 'rev-parse', '--short=12', 'HEAD'])}{dirty}, {time.strftime('%Y-%m-%d', time.gmtime())}"
    yield f"- machine: {machine()}; load at the start {os.getloadavg()[0]:.1f}"


def write_figures(name, text):
    figures = ROOT / "docs" / "figures"
    figures.mkdir(parents=True, exist_ok=True)
    (figures / name).write_text(text)
