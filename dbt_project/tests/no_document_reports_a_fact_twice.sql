-- Extraction leaves one claim per fact and document, so two claims of one document in one fact are a wrong merger, unless a
-- person has joined them.
{{ config(meta={'dagster': {'ref': {'name': 'fact_sources'}}}) }}
select
    sources.fact_id,
    sources.document_id,
    count(*) as claims
from {{ ref('fact_sources') }} as sources
where sources.fact_id not in (
    select one.fact_id
    from {{ ref('int_overrides') }} as overrides
    inner join {{ ref('fact_sources') }} as one on overrides.claim_a = one.claim_key
    where overrides.decision = 'same'
)
group by sources.fact_id, sources.document_id
having count(*) > 1
