"""Options that the commands over answers share."""

import click

questionnaire = click.option("--questionnaire", required=True, help="a file, a folder, or the id of one that ships")
responses = click.option(
    "--responses", required=True, help="wide CSV or Parquet: person, then one column per item, raw answers"
)
ignore_columns = click.option("--ignore-columns", is_flag=True, help="pass over columns that are no items")
table_to_write = click.option("--out", required=True, help="CSV or Parquet to write; - for the terminal")
json_to_write = click.option("--out", required=True, help="JSON to write; - for the terminal")
