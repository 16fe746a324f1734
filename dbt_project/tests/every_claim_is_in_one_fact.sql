-- Nothing that a present document states is lost on the way to the facts, and nothing counts twice.
{{ config(meta={'dagster': {'ref': {'name': 'fact_sources'}}}) }}
with
claims as (
    select claim_id from {{ ref('stg_agreement_claims') }}
    union all
    select claim_id from {{ ref('stg_flow_claims') }}
    union all
    select claim_id from {{ ref('stg_meeting_claims') }}
),
facts as (
    select agreement_id as fact_id from {{ ref('agreements') }}
    union all
    select flow_id from {{ ref('financial_flows') }}
    union all
    select meeting_id from {{ ref('meetings') }}
)
select
    claim_id,
    count(sources.claim_id) as source_rows,
    count(facts.fact_id) as facts
from claims
full join {{ ref('fact_sources') }} as sources using (claim_id)
left join facts using (fact_id)
group by claim_id
having count(*) != 1 or count(sources.claim_id) != 1 or count(facts.fact_id) != 1
