{#- What every fact has: its reports, and the claim that each of its attributes is taken from. -#}
with
clusters as (
    select * from {{ ref('int_clusters') }}
),
claims as (
    select claim_key, document_id, language, published_on from {{ ref('int_agreement_claims') }}
    union all
    select claim_key, document_id, language, published_on from {{ ref('int_flow_claims') }}
    union all
    select claim_key, document_id, language, published_on from {{ ref('int_meeting_claims') }}
),
reported as (
    select
        clusters.fact_id,
        clusters.fact_type,
        clusters.block,
        min(claims.published_on) as first_reported_on,
        max(claims.published_on) as last_reported_on,
        count(distinct claims.document_id) as report_count,
        list_sort(list(distinct claims.language)) as languages
    from clusters
    inner join claims using (claim_key)
    group by clusters.fact_id, clusters.fact_type, clusters.block
),
chosen as (
    select
        fact_id,
        map_from_entries(list((attribute, claim_key) order by attribute)) as source_claims,
        coalesce(
            list_sort(list(attribute) filter (where is_contested and attribute not in ('subject', 'forum'))), []
        ) as contested
    from {{ ref('int_fact_values') }}
    where is_chosen
    group by fact_id
)
select
    reported.*,
    chosen.source_claims,
    chosen.contested
from reported
inner join chosen using (fact_id)
