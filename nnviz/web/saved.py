"""Models that visitors keep: one file each in a folder, seen by every worker process."""

import contextlib
import re
import secrets
import time
from dataclasses import replace
from pathlib import Path
from stat import S_ISREG

from nnviz.errors import InputError
from nnviz.models import model_file
from nnviz.models.model_file import ID, Model, slug
from nnviz.recipe.limits import Limits
from nnviz.runs.storage import Storage

OWNER = re.compile(r"(.+)\.([0-9a-f]{16})\.owner", re.ASCII)
ABOUT = 10_000  # bytes of a model file besides its weights
LEFT = 3600.0  # seconds after which a file that was never finished is taken for left over


class SavedModels:
    """The model files in ``folder``, which is made when the first one is kept.

    Who made a model stands in the name of an empty file beside it, ``MODEL.MAKER.owner``. By the
    limits so many ``models`` are kept in all and ``own_models`` of one maker, and ``storage`` says
    whether there is room.
    """

    def __init__(
        self, folder: Path, limits: Limits | None = None, storage: Storage | None = None
    ) -> None:
        self.folder, self._limits, self._storage = folder, limits or Limits(), storage
        self._tidy()

    def ids(self) -> list[str]:
        """Every model's id, oldest first; files that are no model of ours are left out."""
        files = [path for path in self.folder.glob("*.safetensors") if ID.fullmatch(path.stem)]
        return [path.stem for path in sorted(files, key=_age)]

    def fingerprint(self, model_id: str) -> str | None:
        """What changes when the model's file does; None when there is no such model."""
        if ID.fullmatch(model_id) is None:
            return None
        try:
            found = self._path(model_id).stat()
        except OSError:
            return None
        return f"{found.st_mtime_ns} {found.st_size}" if S_ISREG(found.st_mode) else None

    def load(self, model_id: str) -> Model:
        """The model of that id; raises `InputError` when the file is none."""
        return replace(model_file.load(self._path(model_id)), id=model_id)

    def makers(self) -> dict[str, str]:
        """Who made each model, by its id; nobody is known of those kept by an older nnviz."""
        found = (OWNER.fullmatch(path.name) for path in self.folder.glob("*.owner"))
        return {match[1]: match[2] for match in found if match}

    def add(self, model: Model, maker: str | None = None) -> Model:
        """Keep a model under an id made of its title; raises `InputError` as `check` does.

        Also (``no_room``) when the folder is full or cannot be written.
        """
        self.check(model.title, model.network.parameters.nbytes, maker)
        kept = replace(model, id=_new_id(model.title))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if maker is not None:
                (self.folder / f"{kept.id}.{maker}.owner").touch()
            model_file.save(self._path(kept.id), kept)
        except OSError as error:
            reason = error.strerror or "the disk refuses"
            raise InputError(
                "no_room", f"Expected room for a model file; got: {reason}."
            ) from error
        return kept

    def check(self, title: str, size: int, maker: str | None = None) -> None:
        """Raise `InputError` unless a model with so many bytes of weights may be kept.

        ``bad_title`` when the title has characters that cannot be shown or spaces at its ends,
        ``no_room`` when its maker or all together have too many, or the disk has no room.
        """
        if not title.isprintable() or title != title.strip():
            raise InputError(
                "bad_title", f"Expected a printable title without space at its ends; got {title!r}."
            )
        self._check_room(size, maker)

    def delete(self, model_id: str) -> None:
        """Remove the model's file; it is no error when it is gone already."""
        self._path(model_id).unlink(missing_ok=True)
        for path in self.folder.glob(f"{model_id}.*.owner"):
            path.unlink(missing_ok=True)

    def delete_all_of(self, maker: str) -> None:
        """Remove every model of a maker."""
        for model_id, by in self.makers().items():
            if by == maker:
                self.delete(model_id)

    def _check_room(self, size: int, maker: str | None) -> None:
        ids, limits = self.ids(), self._limits
        if len(ids) >= limits.models:
            raise InputError(
                "no_room", f"Expected at most {limits.models} saved models; delete one first."
            )
        makers = self.makers()
        own = sum(makers.get(model_id) == maker for model_id in ids)
        if maker is not None and own >= limits.own_models:
            raise InputError(
                "no_room",
                f"Expected at most {limits.own_models} models of yours; delete one first.",
            )
        if self._storage is not None:
            self._storage.check_room(size + ABOUT)

    def _tidy(self) -> None:
        """Remove what a save that was cut off left, and names of makers without a model."""
        with contextlib.suppress(OSError):
            there, old = set(self.ids()), time.time() - LEFT
            for path in [*self.folder.glob(".*.safetensors.*"), *self.folder.glob("*.owner")]:
                owner = OWNER.fullmatch(path.name)
                if path.stat().st_mtime < old and not (owner and owner[1] in there):
                    path.unlink(missing_ok=True)

    def _path(self, model_id: str) -> Path:
        return self.folder / f"{model_id}.safetensors"


def _new_id(title: str) -> str:
    """A readable id that no other model has: the title's letters and six random digits."""
    return f"{slug(title)}-{secrets.token_hex(3)}"


def _age(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_mtime_ns, path.stem
    except OSError:  # deleted since it was listed
        return 0, path.stem
