-- Extraction leaves one claim per fact and document, so two claims of one document in one fact are a wrong merger, unless a
-- person has joined them.
{{ config(meta={'dagster': {'ref': {'name': 'fact_sources'}}}) }}
with
sources as (
    select * from {{ ref('fact_sources') }}
),
joined_by_hand as (
    select sources.fact_id
    from {{ ref('int_overrides') }} as overrides
    inner join sources on overrides.claim_a = sources.claim_key
    where overrides.decision = 'same'
)
select
    fact_id,
    document_id,
    count(*) as claims
from sources
where fact_id not in (select fact_id from joined_by_hand)
group by fact_id, document_id
having count(*) > 1
