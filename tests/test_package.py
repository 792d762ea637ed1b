"""The wheel: it holds everything, and its command draws, trains and reads from anywhere."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATIENCE = 120  # seconds
SEVEN = json.dumps({"strokes": [[[0.3, 0.2], [0.7, 0.2], [0.45, 0.85]]]}).encode()
SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built of a copy so that nothing is left in the tree."""
    tree, built = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("built")
    for name in ("nnviz", "static", "templates"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "setup.py", "requirements.txt", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(built), str(tree)], check=True)
    (found,) = built.glob("*.whl")
    return found


def names_of(folder: Path) -> set[str]:
    """Every file below a folder, without what Python makes of them."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in found if "__pycache__" not in path.parts}


def test_the_wheel_holds_every_file_of_the_package_and_its_pages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
        (entry,) = (name for name in held if name.endswith("entry_points.txt"))
        assert "nnviz = nnviz.__main__:main" in archive.read(entry).decode()
    pages = {f"nnviz/{name}" for name in names_of(ROOT / "static") | names_of(ROOT / "templates")}
    assert not (names_of(ROOT / "nnviz") | pages) - held
    assert "nnviz/py.typed" in held
    assert not [name for name in held if name.startswith(("tests", "benchmarks", "app.py"))]


def environment_with(wheel: Path, folder: Path, *options: str) -> Path:
    """A new virtual environment with the wheel in it; the path of its command."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(folder), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", *options, str(wheel)], check=True)
    return folder / SCRIPTS / "nnviz"


def clean(**more: str) -> dict[str, str]:
    """This process's environment without what leads to the repository."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | more


def draws(command: list[str], cwd: Path, port: int) -> None:
    """Start the command's server from a folder: its pages, scripts and readings are there."""
    serve = [*command, "serve", "--no-browser", "--port", str(port), "--data", str(cwd / "data")]
    server = subprocess.Popen(serve, cwd=cwd, env=clean())
    address = f"http://127.0.0.1:{port}"
    try:
        limit = time.monotonic() + PATIENCE
        while True:
            try:
                page = urllib.request.urlopen(f"{address}/", timeout=PATIENCE).read().decode()
                break
            except OSError:
                assert server.poll() is None, "the server ended"
                assert time.monotonic() < limit
                time.sleep(0.1)
        script = page.split('type="module" src="')[1].split('"')[0]
        assert urllib.request.urlopen(address + script, timeout=PATIENCE).status == 200
        asked = urllib.request.Request(
            f"{address}/api/models/mlp-sigmoid/activations",
            SEVEN,
            {"Content-Type": "application/json"},
        )
        assert json.load(urllib.request.urlopen(asked, timeout=PATIENCE))["prediction"] == 7
    finally:
        server.terminate()
        assert server.wait(PATIENCE) == 0


@pytest.mark.thorough
def test_the_installed_command_draws_and_tells_its_commands(
    wheel: Path, tmp_path: Path, free_port: int
) -> None:
    """What it needs is borrowed from this environment, so that no network is needed."""
    command = environment_with(wheel, tmp_path / "new", "--no-deps", "--no-index")
    (packages,) = (tmp_path / "new").rglob("site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    told = subprocess.run([command, "--help"], cwd="/", capture_output=True, text=True, check=True)
    for name in ("serve", "train", "evaluate", "predict", "work"):
        assert f"\n    {name} " in told.stdout
    where = subprocess.run(
        [str(command.parent / "python"), "-c", "import nnviz; print(nnviz.__file__)"],
        cwd="/",
        env=clean(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(tmp_path))
    draws([str(command)], tmp_path, free_port)


@pytest.mark.slow
def test_it_installs_into_an_empty_environment(wheel: Path, tmp_path: Path, free_port: int) -> None:
    draws([str(environment_with(wheel, tmp_path / "new"))], tmp_path, free_port)


@pytest.mark.slow
def test_pipx_runs_it(wheel: Path, tmp_path: Path, free_port: int) -> None:
    command = [sys.executable, "-m", "pipx", "run", "--spec", str(wheel), "nnviz"]
    told = subprocess.run([*command, "--version"], cwd=tmp_path, capture_output=True, text=True)
    assert told.stdout.startswith("nnviz "), told.stderr
    draws(command, tmp_path, free_port)


def test_who_reads_one_line_of_a_prediction_sees_no_traceback(tmp_path: Path) -> None:
    predict = [sys.executable, "-m", "nnviz", "predict", "mlp-sigmoid"]
    picture = str(ROOT / "tests" / "pictures" / "two42.png")
    reader = subprocess.Popen([*predict, picture], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert reader.stdout is not None
    reader.stdout.close()
    assert reader.stderr is not None
    assert reader.stderr.read() == b""
    assert reader.wait(PATIENCE) == 0


@pytest.mark.parametrize(
    "encoding",
    ["cp949", *(pytest.param(each, marks=pytest.mark.thorough) for each in ("cp1252", "ascii"))],
)
def test_a_console_without_the_characters_shows_the_table(encoding: str) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "nnviz", "evaluate", "mlp-sigmoid"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=True,
    )
    assert b"of 10,000 MNIST test digits" in shown.stdout
