"""The files around the project: what they name exists, and versions are the same everywhere."""

import re

import yaml

from tests.facts import ROOT
from tests.test_environment import PROJECT, PYTHONS, WITH_TENSORFLOW


def loaded(name):
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_the_workflow_runs_every_supported_python_on_three_systems():
    workflow = loaded(".github/workflows/tests.yml")
    jobs, matrix = workflow["jobs"], workflow["jobs"]["locked"]["strategy"]["matrix"]
    run = {name: job["strategy"]["matrix"]["python"] for name, job in jobs.items()}
    assert run["locked"] == run["newest"] == WITH_TENSORFLOW and run["light"] == PYTHONS[3:]
    assert [system.split("-")[0] for system in matrix["system"]] == ["ubuntu", "macos", "windows"]
    assert "schedule" in workflow[True]  # YAML reads the key `on` as a truth value
    assert any("make types" in step.get("run", "") for step in jobs["locked"]["steps"])
    for job in jobs.values():
        assert job["timeout-minutes"] and all(("run" in s) != ("uses" in s) for s in job["steps"])


def test_the_book_of_what_was_pushed_here_is_made_and_only_jobs_without_our_code_may_write():
    workflow = loaded(".github/workflows/pages.yml")
    after, jobs = workflow[True]["workflow_run"], workflow["jobs"]
    assert (after["workflows"], after["branches"]) == (["tests"], ["main"])
    by_hand, pushed = jobs["build"]["if"].split(" || ")
    assert "github.ref == 'refs/heads/main'" in by_hand.split(" && ")
    wanted = "event == 'push'|conclusion == 'success'|head_branch == 'main'"
    wanted += "|head_repository.full_name == github.repository"
    assert pushed.replace("github.event.workflow_run.", "").split(" && ") == wanted.split("|")
    assert workflow["permissions"] == {"contents": "read"} and "permissions" not in jobs["build"]
    assert set(jobs["build"]["env"]) == {"SITE", "REPOSITORY"}  # of the fork where it runs
    *_, build, upload = jobs["build"]["steps"]
    assert build["run"].startswith("make book ") and upload["with"]["path"] == "build/book"
    (step,) = jobs["deploy"]["steps"]
    assert step["uses"].startswith("actions/deploy-pages@") and jobs["deploy"]["needs"] == "build"
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs["colab"]["permissions"] == {"actions": "read", "contents": "write"}
    (step,) = jobs["colab"]["steps"]  # what the build made, and no code of the project's
    assert not re.search(r"\b(make|python|sh)\b", step["run"]) and jobs["colab"]["needs"] == "build"
    assert all(job["timeout-minutes"] for job in jobs.values())


def test_actions_are_pinned_by_commit_and_renewed():
    for path in (ROOT / ".github/workflows").iterdir():
        for used in re.findall(r"uses: *(.*)", path.read_text(encoding="utf-8")):
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v[\d.]+", used), used
    (renewed,) = loaded(".github/dependabot.yml")["updates"]
    assert (renewed["package-ecosystem"], renewed["directory"]) == ("github-actions", "/")


def test_the_hooks_run_what_exists_and_download_nothing():
    for repository in loaded(".pre-commit-config.yaml")["repos"]:
        assert repository["repo"] == "local"
        for hook in repository["hooks"]:
            python, _, module, *_ = hook["entry"].split()
            assert (python, hook["language"]) == (".venv/bin/python", "system")
            assert module == "ruff" or (ROOT / f"{module.replace('.', '/')}.py").is_file()


def test_citation_and_changelog_have_this_version():
    citation, version = loaded("CITATION.cff"), PROJECT["project"]["version"]
    assert {"cff-version", "message", "title", "authors", "version", "license"} <= set(citation)
    assert (citation["cff-version"], citation["version"]) == ("1.2.0", version)
    assert f"## Version {version}\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_what_contributing_names_exists():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    places = re.findall(r"[(`]([\w./-]+(?:/|\.\w{2,4}))[)`]", text)
    for place in places:
        assert any((ROOT / f / place).exists() for f in (".", "xorlib", "notebooks")), place
