-- A decision about claims that are gone decides nothing: name them by claim_key, or drop the row.
{{ config(severity='warn', meta={'dagster': {'ref': {'name': 'reconciliation_overrides'}}}) }}
with
named as (
    select claim_id as name from {{ ref('fact_sources') }}
    union
    select claim_key from {{ ref('fact_sources') }}
)
select *
from {{ ref('reconciliation_overrides') }}
where claim_a not in (select name from named) or claim_b not in (select name from named)
