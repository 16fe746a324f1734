{#- Flows as the claims together state them, with the day that the amount is about and its value in dollars. -#}
with
facts as (
    select * from {{ ref('int_facts') }} where fact_type = 'flow'
),
claims as (
    select * from {{ ref('int_flow_claims') }}
),
documents as (
    select
        clusters.fact_id,
        list_sort(list(distinct claims.document_id)) as document_ids
    from claims
    inner join {{ ref('int_clusters') }} as clusters using (claim_key)
    group by clusters.fact_id
),
assembled as (
    select
        facts.fact_id,
        facts.block,
        amount_from.flow_type,
        direction_from.provider,
        direction_from.recipient,
        amount_from.pair,
        amount_from.amount,
        amount_from.currency,
        amount_from.amount_bound,
        period_from.period_start,
        period_from.period_end,
        amount_from.flow_type = 'trade_target' as is_target,
        -- A figure is of the end of its period, but never of a day after the report of it; without a period, of the report.
        case
            when amount_from.flow_type = 'trade_target' then facts.first_reported_on
            when period_from.period_end is not null then least(period_from.period_end, facts.last_reported_on)
            else facts.first_reported_on
        end as as_of_on,
        documents.document_ids,
        facts.first_reported_on,
        facts.last_reported_on,
        facts.report_count,
        facts.languages,
        facts.contested
    from facts
    inner join documents using (fact_id)
    inner join claims as amount_from on amount_from.claim_key = facts.source_claims['amount']
    left join claims as direction_from on direction_from.claim_key = facts.source_claims['direction']
    left join claims as period_from on period_from.claim_key = facts.source_claims['period']
),
priced as (
    {{ with_usd_rate('assembled', 'priced.currency', 'priced.as_of_on') }}
),
valued as (
    select
        *,
        amount * usd_rate as amount_usd
    from priced
)
select * from valued
