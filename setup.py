"""What pyproject.toml cannot say: templates/ and static/ lie inside the installed package."""

from setuptools import find_packages, setup

PAGES = ("static", "templates")

setup(
    packages=[*find_packages(include=["nnviz*"]), *(f"nnviz.{name}" for name in PAGES)],
    package_dir={f"nnviz.{name}": name for name in PAGES},
)
