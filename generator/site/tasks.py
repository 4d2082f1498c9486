"""Cuts the site into tasks that can run alone: pages and files of one plan, unit or year, and of all content.

Each task's reads are recorded while it runs, so nothing here says what depends on what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from generator.data.calendar import AGENDA, plan_agenda
from generator.data.data_files import Content, corpus_files, corpus_tables, plan_files, unit_files, year_files
from generator.data.data_page import data_page
from generator.data.serialised import SERIALISED, serialised_key, table_years
from generator.incremental import Build, SharedTask, Task
from generator.incremental.segments import SegmentedFile
from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Plan
from generator.pages.downloads import plan_file
from generator.pages.items import ITEMS, TARGETS, ItemWriter, items_key
from generator.pages.links import STORE, UNITS, Links
from generator.pages.moved import former_paths, moved_page, removed_pages
from generator.pages.page import Options, Page, Rendered
from generator.pages.parts import PartWriter
from generator.pages.render import render_page
from generator.pages.sheet_rows import SHEET, SheetWriter
from generator.pages.site_map import OF_ALL, OF_PLAN, OF_PROGRAMME, OF_UNIT, OF_YEAR
from generator.pages.static import static_files
from generator.search.activity_store import CHUNK, chunk_facts, chunk_file, chunk_key, chunks_of
from generator.search.header import HEADER, header_files, inner_entries, inner_key
from generator.search.search_files import Engine, shared_search_files
from generator.site.request import CACHE, pdf_folder

Output = Rendered | tuple[str, Content]
"""A page, or the path and content of another file."""


class Subjects(NamedTuple):
    """Things of one kind that have pages or files, by key, with the functions that make these."""

    kind: str
    table: Mapping[Any, Any]
    pages: Sequence[Callable[..., Iterable[Page]]]
    files: Sequence[Callable[..., Mapping[str, Content]]] = ()


def subjects_of(corpus: Corpus, cache: Path = CACHE) -> Sequence[Subjects]:
    """Return all things that have pages or files of their own; `cache` is the folder for what builds keep."""
    return (
        Subjects("plan", corpus.plans, OF_PLAN, (plan_files, partial(paper_files, pdf_folder(cache)), picture_files)),
        Subjects("unit", corpus.units, OF_UNIT, (unit_files,)),
        Subjects("year", {year: year for year in corpus.of_year}, OF_YEAR, (year_files,)),
        Subjects("programme", corpus.programmes, OF_PROGRAMME),
    )


def site_tasks(
    corpus: Corpus, options: Options, build: Build, engine: Engine = "auto", cache: Path = CACHE
) -> list[Task[Output]]:
    """Return all tasks of a corpus; a plan's files follow its pages, because both read its body."""
    tasks = [*page_tasks(corpus, options, build), *file_tasks(corpus, options, build, engine, cache)]
    return sorted(tasks, key=lambda task: task.name.removeprefix("files:"))


def page_tasks(corpus: Corpus, options: Options, build: Build) -> list[Task[Output]]:
    """Return the tasks that make pages."""

    def pages_of(
        makers: Iterable[Callable[..., Iterable[Page]]], table: Mapping[Any, Any], key: Any
    ) -> Iterator[Output]:
        subject = table[key]
        for make in makers:
            for page in make(corpus, subject, options):
                yield (rendered := render_page(page, corpus, options, build))
                now = rendered.path.removesuffix(".md") + ".html"
                for former in former_paths(now, subject):
                    yield former, moved_page(former, now, page.title, options.index, catalogue(options.language))
        if isinstance(subject, Plan):
            yield from removed_pages(subject, options.index, catalogue(options.language))

    def pages_of_all(make: Callable[[Corpus, Options], Iterable[Page]]) -> Iterator[Output]:
        return (render_page(page, corpus, options, build) for page in make(corpus, options))

    tasks = [
        Task(f"{kind}:{key}", partial(pages_of, pages, table, key))
        for kind, table, pages, _ in subjects_of(corpus)
        for key in table
    ]
    return tasks + [Task(f"all:{make.__name__}", partial(pages_of_all, make)) for make in (*OF_ALL, data_page)]


def file_tasks(corpus: Corpus, options: Options, build: Build, engine: Engine, cache: Path) -> list[Task[Output]]:
    """Return the tasks that make the files beside pages: open data, documents, the search."""

    def files_of(
        makers: Iterable[Callable[..., Mapping[str, Content]]], table: Mapping[Any, Any], key: Any
    ) -> Iterator[Output]:
        subject = table[key]
        for make in makers:
            for path, content in make(corpus, subject, options, build).items():
                yield path, content
                yield from ((former, content) for former in former_paths(path, subject))

    def chunk_of(plans: Sequence[Plan]) -> Iterator[Output]:
        file = chunk_file(corpus, plans, build)
        yield f"{STORE}/{file.name}", file.text

    of_all: Mapping[str, Callable[[], Mapping[str, Content]]] = {
        "tables": lambda: corpus_tables(corpus, options, build),
        "data": lambda: corpus_files(corpus, options, build),
        "static": lambda: static_files(options),
        "search": lambda: shared_search_files(corpus, engine, build),
        "picture": lambda: site_picture_file(options),
        "header": lambda: header_files(corpus, options, build),
    }
    return [
        *(
            Task(f"files:{kind}:{key}", partial(files_of, makers, table, key))
            for kind, table, _, makers in subjects_of(corpus, cache)
            if makers
            for key in table
        ),
        *(Task(f"chunk:{' '.join(chunk_key(plans))}", partial(chunk_of, plans)) for plans in chunks_of(corpus)),
        *(Task(f"files:{name}", lambda make=make: make().items()) for name, make in of_all.items()),  # type: ignore[misc]
    ]


def shared_tasks(corpus: Corpus, options: Options, build: Build) -> list[SharedTask]:
    """Return the tasks for memos that many tasks share."""
    to = Links(f"{UNITS}/*", options.index)
    to_sheet = Links(f"{UNITS}/*/*", options.index)
    words = catalogue(options.language)
    write = ItemWriter(corpus, to, words, build)
    sheets = SheetWriter(PartWriter(corpus, to_sheet, words), build)

    def of_plan(plan: str) -> Iterator[SharedTask]:
        items = items_key(plan, to)
        yield SharedTask(ITEMS.id_of(items), lambda: write.activities_of(plan))
        yield SharedTask(TARGETS.id_of(items), lambda: write.targets_of(plan))
        yield SharedTask(SHEET.id_of(items_key(plan, to_sheet)), lambda: sheets.rows_of(plan))
        # The years of a table are in the same task: both read the plan's cells.
        yield SharedTask(
            SERIALISED.id_of(serialised_key(plan, options)), lambda: table_years(corpus, plan, options, build)
        )
        yield SharedTask(AGENDA.id_of((plan,)), lambda: plan_agenda(corpus, plan, build))
        yield SharedTask(HEADER.id_of(inner_key(plan, options)), lambda: inner_entries(corpus, plan, options, build))

    tasks: list[SharedTask] = []
    # Neighbouring tasks read the same bodies.
    for plans in chunks_of(corpus):
        for plan in plans:
            tasks += of_plan(plan.id)
        tasks.append(SharedTask(CHUNK.id_of(chunk_key(plans)), partial(chunk_facts, corpus, plans, build)))
    return tasks


def paper_files(pdfs: Path, corpus: Corpus, plan: Plan, options: Options, build: Build) -> dict[str, Content]:
    """Return the Word file and the PDF beside a plan's page, if they are wanted."""
    files: dict[str, Content] = {}
    if options.office:
        from generator.paper.word import plan_docx

        files[plan_file(plan, "docx")] = plan_docx(corpus, plan, options)
    if options.pdf:
        from generator.site.pdf import plan_pdf

        files[plan_file(plan, "pdf")] = plan_pdf(corpus, plan, options, pdfs)
    return files


def picture_files(corpus: Corpus, plan: Plan, options: Options, build: Build) -> Mapping[str, Content]:
    """Return the pictures for shared links to a plan and its targets."""
    if not options.site_url:
        return {}
    from generator.paper.share_picture import plan_pictures

    return plan_pictures(corpus, plan, options)


def site_picture_file(options: Options) -> Mapping[str, Content]:
    """Return the picture for pages without one of their own."""
    if not options.site_url:
        return {}
    from generator.paper.share_picture import site_picture

    return site_picture(options)


def site_files(corpus: Corpus, options: Options, engine: Engine = "auto") -> dict[str, str | bytes]:
    """Return all published files of a corpus by path, with pages as Markdown."""
    files: dict[str, str | bytes] = {}
    for task in site_tasks(corpus, options, Build(), engine):
        for output in task.run():
            if isinstance(output, Rendered):
                files[output.path] = output.markdown
            else:
                path, content = output
                files[path] = content.content if isinstance(content, SegmentedFile) else content
    return files
