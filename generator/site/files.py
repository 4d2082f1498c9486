"""What a site is made of, in jobs that can be done alone: pages and files of one plan, one unit, one year, or of all.

What a job reads of the corpus is noted while it works (`Corpus`): nothing here says which job depends on what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from generator.data.files import Content, corpus_files, corpus_tables, plan_files, unit_files, year_files
from generator.data.forms import FORMS, forms_name, forms_of, years_of_plan
from generator.data.page import data_page
from generator.data.pieces import whole
from generator.language.catalogue import catalogue
from generator.link.corpus import Corpus
from generator.link.model import Plan
from generator.pages.downloads import plan_file
from generator.pages.items import ITEMS, TARGETS, ItemWriter, items_name
from generator.pages.links import STORE, UNITS, Links
from generator.pages.page import Options, Page, Rendered
from generator.pages.render import render_page
from generator.pages.site_map import OF_ALL, OF_PLAN, OF_PROGRAMME, OF_UNIT, OF_YEAR
from generator.pages.static import static_files
from generator.search.files import Engine, SqlitePackage, is_split, outgrown, shared_search_files
from generator.search.header import HEADER, header_files, inner_entries, inner_name
from generator.search.store import CHUNK, chunk_file, chunk_name, chunks_of, kept_chunk
from generator.site.request import PDFS

SEARCH_JOB = "files:search"

Output = Rendered | tuple[str, Content]
PageMaker = Callable[..., Iterable[Page]]
FileMaker = Callable[..., Mapping[str, Content]]


class Search(NamedTuple):
    """What the search of activities runs on, and the package that it may need."""

    engine: Engine = "auto"
    package: SqlitePackage | None = None


AUTO = Search()


@dataclass(frozen=True)
class Job:
    """A job's name, and what it makes: pages, and files with their paths."""

    name: str
    make: Callable[[], Iterator[Output]]


def paper_files(corpus: Corpus, plan: Plan, options: Options) -> dict[str, Content]:
    """The Word file and the PDF beside a plan's page, where they are wanted."""
    files: dict[str, Content] = {}
    if options.office:
        from generator.paper.word import plan_docx

        files[plan_file(plan, "docx")] = plan_docx(corpus, plan, options)
    if options.pdf:
        from generator.site.pdf import plan_pdf

        files[plan_file(plan, "pdf")] = plan_pdf(corpus, plan, options, PDFS)
    return files


FILES_OF_ALL: Mapping[str, Callable[[Corpus, Options, Search], Iterable[tuple[str, Content]]]] = {
    "tables": lambda corpus, options, search: corpus_tables(corpus, options).items(),
    "data": lambda corpus, options, search: corpus_files(corpus, options).items(),
    "static": lambda corpus, options, search: static_files(options).items(),
    "search": lambda corpus, options, search: shared_search_files(corpus, *search).items(),
    "header": lambda corpus, options, search: header_files(corpus, options).items(),
}


def jobs_of(corpus: Corpus, options: Options, search: Search = AUTO, *, only_pages: bool = False) -> list[Job]:
    """All jobs of a corpus, or only those that make pages."""
    subjects: Sequence[tuple[str, Mapping[Any, Any], Sequence[PageMaker], Sequence[FileMaker]]] = (
        ("plan", corpus.plans, OF_PLAN, (plan_files, paper_files)),
        ("unit", corpus.units, OF_UNIT, (unit_files,)),
        ("year", {year: year for year in corpus.of_year}, OF_YEAR, (year_files,)),
        ("programme", corpus.programmes, OF_PROGRAMME, ()),
    )

    def pages_of(makers: Sequence[PageMaker], table: Mapping[Any, Any], key: Any) -> Iterator[Output]:
        subject = table[key]
        for make in makers:
            yield from (render_page(page, corpus, options) for page in make(corpus, subject, options))

    def files_of(makers: Sequence[FileMaker], table: Mapping[Any, Any], key: Any) -> Iterator[Output]:
        subject = table[key]
        for make in makers:
            yield from make(corpus, subject, options).items()

    def of_all(pages: PageMaker) -> Iterator[Output]:
        return (render_page(page, corpus, options) for page in pages(corpus, options))

    def files_of_all(name: str) -> Iterator[Output]:
        return iter(FILES_OF_ALL[name](corpus, options, search))

    def of_chunk(plans: Sequence[Plan]) -> Iterator[Output]:
        file = chunk_file(corpus, plans)
        yield f"{STORE}/{file.name}", file.text

    jobs = []
    for kind, table, pages, files in subjects:
        for key in table:
            jobs.append(Job(f"{kind}:{key}", partial(pages_of, pages, table, key)))
            if files and not only_pages:
                jobs.append(Job(f"files:{kind}:{key}", partial(files_of, files, table, key)))
    jobs += [Job(f"all:{pages.__name__}", partial(of_all, pages)) for pages in (*OF_ALL, data_page)]
    if only_pages:
        return jobs
    if not is_split(corpus, *search):
        jobs += [Job(f"chunk:{chunk_name(plans)}", partial(of_chunk, plans)) for plans in chunks_of(corpus)]
    return jobs + [Job(f"files:{name}", partial(files_of_all, name)) for name in FILES_OF_ALL]


def jobs_ahead(corpus: Corpus, options: Options, search: Search = AUTO, *, only_pages: bool = False) -> list[Job]:
    """What many jobs share (`Corpus.keep`), each by the name under which it is kept: made ahead, nobody makes it twice
    or waits for it, and it is known who must be done again; or only what pages share."""

    def job(key: str, given: Sequence[object], *makers: Callable[..., object]) -> Job:
        def made() -> Iterator[Output]:
            for make in makers:
                make(*given)
            return iter(())

        return Job(key, made)

    to = Links(f"{UNITS}/*", options.index)
    write = ItemWriter(corpus, to, catalogue(options.language))
    jobs = []
    # Those that read the same bodies follow each other.
    for plans in chunks_of(corpus):
        for plan in plans:
            items, given = items_name(plan.id, to), [corpus, plan.id, options]
            jobs.append(job(ITEMS.key(items), [plan.id], write.activities_of))
            jobs.append(job(TARGETS.key(items), [plan.id], write.targets_of))
            if not only_pages:
                jobs.append(job(FORMS.key(forms_name(plan.id, options)), given, forms_of, years_of_plan))
                jobs.append(job(HEADER.key(inner_name(plan.id, options)), given, inner_entries))
        if search.engine != "sqlite" and not only_pages:
            jobs.append(job(CHUNK.key(chunk_name(plans)), [corpus, plans], kept_chunk))
    return jobs


def lacks_sqlite(search: Search, options: Options, outputs: Iterable[Output]) -> bool:
    """Whether the files of the search show that it would be better off with SQLite, which is not installed."""
    files = {output[0]: whole(output[1]) for output in outputs if isinstance(output, tuple)}
    return search.engine == "auto" and not (search.package or options.index) and outgrown(files)


def site_files(
    corpus: Corpus, options: Options, engine: Engine = "auto", package: SqlitePackage | None = None
) -> dict[str, str | bytes]:
    """Everything that a corpus is published as, pages as Markdown, by its path."""
    made = (output for job in jobs_of(corpus, options, Search(engine, package)) for output in job.make())
    return dict((one.path, one.markdown) if isinstance(one, Rendered) else (one[0], whole(one[1])) for one in made)
