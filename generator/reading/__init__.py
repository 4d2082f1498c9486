"""An office's file (Word, Excel, pasted text) becomes the YAML text of a draft plan.

The order of work, one module each: `guard` checks the bytes; `word_reader`, `sheet_reader` and `pasted_text` read them
into an `OfficeDocument`; `plan_tables` finds the plan's table, `column_headings` the meaning of its columns,
`row_hierarchy` which row stands below which; `draft_plan` fills the fields, `row_ids` names the entries. `ledger`
records where each word of the source went; `import_report` shows it.

All modules are pure; only `legacy_word` starts another program and only the command line reads and writes files.
"""
