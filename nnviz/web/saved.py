"""Models that visitors keep: one file each in a folder, seen by every worker process."""

import secrets
from dataclasses import replace
from pathlib import Path
from stat import S_ISREG

from nnviz import model_file
from nnviz.errors import InputError
from nnviz.model_file import ID, Model, slug

MOST = 100  # models in the folder


class SavedModels:
    """The model files in ``folder``, which is made when the first one is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

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

    def add(self, model: Model) -> Model:
        """Keep a model under an id made of its title; raises `InputError`.

        ``bad_title`` when the title has characters that cannot be shown or spaces at its ends,
        ``no_room`` when the folder is full or cannot be written.
        """
        title = model.title
        if not title.isprintable() or title != title.strip():
            raise InputError(
                "bad_title", f"Expected a printable title without space at its ends; got {title!r}."
            )
        if len(self.ids()) >= MOST:
            raise InputError("no_room", f"Expected at most {MOST} saved models; delete one first.")
        kept = replace(model, id=_new_id(title))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            model_file.save(self._path(kept.id), kept)
        except OSError as error:
            reason = error.strerror or "the disk refuses"
            raise InputError(
                "no_room", f"Expected room for a model file; got: {reason}."
            ) from error
        return kept

    def delete(self, model_id: str) -> None:
        """Remove the model's file; it is no error when it is gone already."""
        self._path(model_id).unlink(missing_ok=True)

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
