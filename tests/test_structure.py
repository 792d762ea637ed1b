"""Who may import whom: numerics know nothing of files, files nothing of the web, and so on."""

import ast
import functools
import re
from pathlib import Path

import pytest

from scripts import floors

PACKAGE = Path(__file__).parents[1] / "nnviz"

# A module may import from its own rank and from lower ones.
RANKS = [
    {"errors", "__version__"},
    {"environment", "checked", "chapters"},
    {"activations", "initializers", "ink"},
    {"layers"},
    {"workload"},
    {"network"},
    {"losses", "metrics", "samples"},
    {"explain", "edits"},
    {"training", "datasets", "features"},
    {"explore", "figures"},
    {"problems"},
    {"models"},
    {"recipe"},
    {"settings"},
    {"serving"},
    {"beside"},
    {"runs"},
    {"web"},
    {"wsgi", "__main__"},
]
# The same inside ``nnviz.web``: views stand on what serves several, and that on the schemas.
WEB_RANKS = [
    {"schemas", "i18n", "bounds", "prefix", "class_lesson"},
    {"problem_words"},
    {"errors", "replies", "saved"},
    {"assets", "model_registry"},
    {"current", "guards", "edited", "openapi"},
    {"evaluation", "rendering", "requests", "traffic"},
    {"studies"},
    {"views"},
    {"__init__"},
]
FLASK_ONLY_IN = {"web"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@functools.cache
def nodes(path: Path) -> list[ast.AST]:
    """Everything that stands in a module."""
    return list(ast.walk(ast.parse(path.read_text("utf-8"))))


@functools.cache
def imports(path: Path) -> set[str]:
    """The dotted names that a module imports."""
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def rank_of(part: str, ranks: list[set[str]] = RANKS) -> int:
    return next(rank for rank, parts in enumerate(ranks) if part in parts)


WEB = PACKAGE / "web"
WEB_MODULES = sorted(WEB.rglob("*.py"))


def test_a_module_of_the_web_imports_only_from_its_floor_or_below() -> None:
    found = []
    for path in WEB_MODULES:
        own = path.relative_to(WEB).parts[0].removesuffix(".py")
        named = {name for name in imports(path) if name.startswith("nnviz.web.")}
        used = {name.split(".")[2] for name in named}
        used = {part for part in used if (WEB / part).is_dir() or (WEB / f"{part}.py").is_file()}
        rank = rank_of(own, WEB_RANKS)
        above = {part for part in used - {own} if rank_of(part, WEB_RANKS) > rank}
        if above:
            found.append(f"{path.relative_to(WEB)} imports {above}, which stand above it")
    assert not found, "\n".join(found)


def test_a_view_imports_no_view() -> None:
    for path in (WEB / "views").glob("[!_]*.py"):
        assert not {name for name in imports(path) if name.startswith("nnviz.web.views")}, path


def test_a_module_imports_only_from_its_rank_or_below() -> None:
    found = []
    for path in modules():
        if path == PACKAGE / "__init__.py":
            continue
        own = part_of(path)
        used = {name.split(".")[1] for name in imports(path) if name.startswith("nnviz.")}
        above = {part for part in used - {own} if rank_of(part) > rank_of(own)}
        if above:
            found.append(f"{path.relative_to(PACKAGE)} imports {above}, which stand above it")
    assert not found, "\n".join(found)


def test_flask_stays_in_web() -> None:
    for path in modules():
        if part_of(path) not in FLASK_ONLY_IN:
            used = {name for name in imports(path) if name.split(".")[0] in ("flask", "werkzeug")}
            assert not used, path


@pytest.mark.parametrize(
    "name",
    ["activations", "layers", "losses", "metrics", "network", "samples", "training"],
)
def test_what_computes_knows_no_problem(name: str) -> None:
    """Neither which there are, nor what their numbers mean."""
    paths = [path for path in modules() if part_of(path).startswith(name)]
    assert paths
    for path in paths:
        used = {found.split(".")[1] for found in imports(path) if found.startswith("nnviz.")}
        assert not used & {"problems", "datasets", "features", "ink", "models"}, path


def test_layers_do_not_import_one_another() -> None:
    for path in (PACKAGE / "layers").glob("[!_]*.py"):
        used = {name for name in imports(path) if name.startswith("nnviz.layers.")}
        assert {name.split(".")[2] for name in used} <= {"base"}


def test_no_module_but_the_command_line_prints() -> None:
    for path in modules():
        names = {node.id for node in nodes(path) if isinstance(node, ast.Name)}
        assert path.name == "__main__.py" or "print" not in names, path


def test_the_environment_is_read_in_one_place() -> None:
    """Elsewhere it may only be told something: how many threads the arithmetic takes."""
    for path in [PACKAGE.parent / "app.py", *modules()]:
        if path == PACKAGE / "environment.py":
            continue
        told = {id(target.value) for target in nodes(path) if _tells_threads(target)}
        for node in nodes(path):
            name = getattr(node, "attr", getattr(node, "id", ""))
            assert name not in ("environ", "environb", "getenv", "getenvb") or (
                id(node) in told or _of_request(node)
            ), f"{path.name}, line {node.lineno}: settings are read in nnviz/environment.py"


def _tells_threads(node: ast.AST) -> bool:
    """``os.environ["…_THREADS"] = …`` or ``os.environ.setdefault("…_THREADS", …)``."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        return isinstance(node.slice, ast.Constant) and str(node.slice.value).endswith("_THREADS")
    return isinstance(node, ast.Attribute) and node.attr == "setdefault"


def _of_request(node: ast.AST) -> bool:
    """``request.environ``, which is no environment."""
    return isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "request"


SCRIPTS = Path(__file__).parents[1] / "static" / "js"

# A folder of scripts imports from its own floor's folder and from lower floors; `state` and
# `server` know nothing of one another, nor does one screen of another.
FLOORS = [
    {"page"},
    {"state", "server"},
    {"sessions"},
    {"views"},
    {"step"},
    {"draw", "train", "explore", "learn", "class"},
]
MOST_ROOMS = 15
IMPORT = re.compile(
    r"^\s*(?:import|export)\b[^'\"();]*?from\s*['\"](\.[^'\"]+)['\"]"  # import … from '…'
    r"|^import\s*['\"](\.[^'\"]+)['\"]"
    r"|(?<!typeof )\bimport\(\s*['\"](\.[^'\"]+)['\"]\s*\)(?!\.|\[)",
    re.MULTILINE,
)


def scripts() -> list[Path]:
    return sorted(SCRIPTS.rglob("*.js"))


def imported_by(script: Path) -> list[Path]:
    """The scripts that a script loads: at once, or later by `import()`; types are not loaded."""
    found = ("".join(groups) for groups in IMPORT.findall(script.read_text("utf-8")))
    return [(script.parent / name).resolve() for name in found]


def floor_of(folder: str) -> int:
    return next(floor for floor, folders in enumerate(FLOORS) if folder in folders)


def test_scripts_lie_in_known_folders() -> None:
    assert not list(SCRIPTS.glob("*.js")), "a script needs a folder that says who may use it"
    assert {path.name for path in SCRIPTS.iterdir()} == set().union(*FLOORS)


def test_a_script_imports_only_from_its_folder_or_lower_floors() -> None:
    found = []
    for script in scripts():
        own, name = script.relative_to(SCRIPTS).parts[0], script.relative_to(SCRIPTS)
        for used in imported_by(script):
            if not used.is_file():
                found.append(f"{name} imports {used}, and there is no such file")
                continue
            if not used.is_relative_to(SCRIPTS):
                continue  # vendored
            other = used.relative_to(SCRIPTS).parts[0]
            if other != own and floor_of(other) >= floor_of(own):
                found.append(f"{name} imports {used.relative_to(SCRIPTS)}")
    assert not found, "\n".join(found)


# Sessions and a screen's own server ask; views are handed what they show. `late.js` fetches words,
# `presence.js` is no view.
ASKS = re.compile(r"(?<![.\w])(?:createApi|createSender|fetch)\(|\bXMLHttpRequest\b")
MAY_ASK = re.compile(
    r"(server|sessions)/|(draw|train|explore|class)/main\.js|(train|explore)/server\.js"
    r"|learn/course\.js|page/late\.js|class/presence\.js"
)


def test_views_never_fetch() -> None:
    names = [path.relative_to(SCRIPTS).as_posix() for path in scripts() if asks(path)]
    assert "learn/course.js" in names
    assert not [name for name in names if not MAY_ASK.match(name)]


def asks(script: Path) -> bool:
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", script.read_text("utf-8"), flags=re.DOTALL)
    return bool(ASKS.search(code))


EXPORT = re.compile(r"^export (?:async )?(?:const|let|class|function\*?) (\w+)", re.MULTILINE)


def test_what_a_script_exports_is_used_elsewhere() -> None:
    """By another script, or by a test that holds it alone."""
    tests = (Path(__file__).parent / "js").glob("*.js")
    texts = {path: path.read_text("utf-8") for path in [*scripts(), *tests]}
    words = {path: set(re.findall(r"\w+", text)) for path, text in texts.items()}
    found = [
        f"{script.relative_to(SCRIPTS)}: {name}"
        for script in scripts()
        for name in EXPORT.findall(texts[script])
        if not any(name in words[path] for path in texts if path != script)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("root", [SCRIPTS, PACKAGE], ids=["scripts", "package"])
def test_no_folder_has_too_many_rooms(root: Path) -> None:
    full = {}
    for folder in [root, *(path for path in root.rglob("*") if path.is_dir())]:
        rooms = [p for p in folder.iterdir() if p.suffix in (".js", ".py") and p.stem != "__init__"]
        if len(rooms) > MOST_ROOMS:
            full[str(folder.relative_to(root))] = len(rooms)
    assert not full


def test_the_drawing_of_the_floors_is_up_to_date() -> None:
    assert floors.PAGE.read_text("utf-8") == floors.page(), "run: python -m scripts.floors"


def test_a_circle_of_imports_is_told() -> None:
    with pytest.raises(ValueError, match="circle: a → b → a"):
        floors.without_shortcuts({"a": {"b"}, "b": {"a"}})


def test_an_arrow_that_follows_from_others_is_left_out() -> None:
    arrows = {"a": {"b", "c"}, "b": {"c"}, "c": set()}
    assert floors.without_shortcuts(arrows) == {"a": {"b"}, "b": {"c"}, "c": set()}
