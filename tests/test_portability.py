"""Nothing that Windows lacks stands on the way of serving, training and saving without a fallback.

No Windows was at hand, so the source is read: a name that only POSIX has must stand in a branch
that asks for it, or where its absence is caught; text is read and written in a named encoding.
"""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = [ROOT / "app.py", *sorted((ROOT / "nnviz").rglob("*.py"))]

MISSING = {
    "os": {
        "fork",
        "forkpty",
        "getuid",
        "geteuid",
        "getgid",
        "getegid",
        "getpgid",
        "getpgrp",
        "setsid",
        "killpg",
        "nice",
        "sysconf",
        "statvfs",
        "fchmod",
        "fchown",
        "chown",
        "lchown",
        "mkfifo",
        "openpty",
        "pipe2",
        "posix_spawn",
        "sched_getaffinity",
        "wait3",
        "wait4",
        "WNOHANG",
        "getloadavg",
        "O_DIRECTORY",
        "O_NOFOLLOW",
        "O_CLOEXEC",
        "rename",
    },
    "signal": {
        "SIGKILL",
        "SIGHUP",
        "SIGUSR1",
        "SIGUSR2",
        "SIGCHLD",
        "SIGALRM",
        "SIGPIPE",
        "SIGQUIT",
        "SIGSTOP",
        "SIGCONT",
        "alarm",
        "setitimer",
        "pthread_kill",
        "pthread_sigmask",
        "sigwait",
        "siginterrupt",
        "pause",
    },
    "socket": {"SO_REUSEPORT", "AF_UNIX", "socketpair", "TCP_USER_TIMEOUT"},
    "asyncio": {"get_child_watcher", "open_unix_connection", "start_unix_server"},
}
MODULES_MISSING = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "spwd"}
METHODS_MISSING = {"add_signal_handler", "is_mount"}
ARGUMENTS_MISSING = {"preexec_fn", "pass_fds"}
ASKED = ("platform", "hasattr", "os.name", "getattr")
BARE_TEXT = {"read_text", "write_text"}


def parents(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def guarded(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    """Whether it stands in a branch that asks for the system, or where its absence is caught."""
    while node in above:
        before, node = node, above[node]
        if isinstance(node, ast.Try) and before in node.body and node.handlers:
            return True
        if isinstance(node, ast.With) and "suppress" in ast.unparse(node.items[0]):
            return True
        test = getattr(node, "test", None)
        if isinstance(node, (ast.If, ast.IfExp)) and any(a in ast.unparse(test) for a in ASKED):
            return True
        if isinstance(node, ast.FunctionDef) and leaves_early(node, before):
            return True
    return False


def leaves_early(function: ast.FunctionDef, statement: ast.AST) -> bool:
    """Whether a statement before this one returns where the system lacks what follows."""
    for each in function.body:
        if each is statement:
            return False
        asks = isinstance(each, ast.If) and any(a in ast.unparse(each.test) for a in ASKED)
        if asks and isinstance(each.body[-1], (ast.Return, ast.Raise)):
            return True
        if isinstance(each, ast.Try) and any(
            isinstance(handler.body[-1], ast.Return) for handler in each.handlers
        ):
            return True
    return False


def missing(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """What a module uses that only POSIX has."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            if node.attr in MISSING.get(owner, ()):
                yield node, f"{owner}.{node.attr}"
            if node.attr in METHODS_MISSING:
                yield node, node.attr
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in MODULES_MISSING:
                    yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            if node.module in MODULES_MISSING or names & MISSING.get(node.module or "", set()):
                yield node, f"from {node.module} import {', '.join(names)}"
        elif isinstance(node, ast.keyword) and node.arg in ARGUMENTS_MISSING:
            yield node, node.arg


def told_by_platform(tree: ast.Module, node: ast.AST) -> bool:
    """Whether an argument's value is a name that was chosen by the platform."""
    value = getattr(node, "value", None)
    return isinstance(value, ast.Name) and any(
        isinstance(each, ast.Assign)
        and ast.unparse(each.targets[0]) == value.id
        and "platform" in ast.unparse(each.value)
        for each in ast.walk(tree)
    )


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_what_only_posix_has_is_asked_for_first() -> None:
    bare = []
    for path in MODULES:
        tree = tree_of(path)
        above = parents(tree)
        bare += [
            f"{shown(path)}, line {node.lineno}: {name}"  # type: ignore[attr-defined]
            for node, name in missing(tree)
            if not guarded(node, above) and not told_by_platform(tree, node)
        ]
    assert not bare, "\n".join(["What Windows lacks is used:", *bare])


def test_text_has_a_named_encoding() -> None:
    """A console's code page is nobody's choice of encoding for a file."""
    calls = [
        (path, node)
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
    ]
    assert len(calls) > len(MODULES)
    found = [
        f"{shown(path)}, line {node.lineno}: {ast.unparse(node)}"
        for path, node in calls
        if leaves_encoding_open(node)
    ]
    assert not found, "\n".join(found)


def leaves_encoding_open(node: ast.Call) -> bool:
    """Whether a call reads or writes text in whatever encoding the system prefers."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if any(each.arg == "encoding" for each in node.keywords):
        return False
    if name in BARE_TEXT:
        return len(node.args) <= (name == "write_text")
    function = ast.unparse(node.func)
    if function in ("open", "os.fdopen", "tempfile.NamedTemporaryFile") or (
        name == "open" and "path" in ast.unparse(node) and function != "os.open"
    ):
        return not any(isinstance(a, ast.Constant) and "b" in str(a.value) for a in node.args)
    return False


@pytest.mark.parametrize(
    ("source", "is_open"),
    [
        ("path.read_text()", True),
        ("path.read_text('utf-8')", False),
        ("path.write_text('a')", True),
        ("path.write_text('a', 'utf-8')", False),
        ("open(path)", True),
        ("open(path, 'rb')", False),
        ("path.open('w', encoding='utf-8')", False),
        ("os.open(path, 3)", False),
    ],
)
def test_an_open_encoding_is_found(source: str, is_open: bool) -> None:
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)
    assert leaves_encoding_open(call) == is_open


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("import os, signal\nos.kill(1, signal.SIGKILL)", 1),
        ("import fcntl", 1),
        ("import os\nif hasattr(os, 'nice'):\n    os.nice(5)", 0),
        ("try:\n    import resource\nexcept ImportError:\n    pass", 0),
        ("def f():\n    if sys.platform == 'win32':\n        return\n    os.fork()", 0),
        ("def f():\n    os.fork()\n    if sys.platform == 'win32':\n        return", 1),
        ("subprocess.Popen([], preexec_fn=f)", 1),
    ],
)
def test_the_reading_finds_what_it_should(source: str, count: int) -> None:
    tree = ast.parse(source)
    above = parents(tree)
    assert len([1 for node, _ in missing(tree) if not guarded(node, above)]) == count
