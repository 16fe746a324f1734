{#- Human decisions on pairs of claims, by lasting key: a row of the seed may name a claim by claim_id or by claim_key. -#}
with
overrides as (
    select * from {{ ref('reconciliation_overrides') }}
),
claims as (
    select 'agreement' as fact_type, claim_id, claim_key, block from {{ ref('int_agreement_claims') }}
    union all
    select 'flow', claim_id, claim_key, block from {{ ref('int_flow_claims') }}
    union all
    select 'meeting', claim_id, claim_key, block from {{ ref('int_meeting_claims') }}
),
named as (
    select fact_type, block, claim_key, claim_id as name from claims
    union all
    select fact_type, block, claim_key, claim_key as name from claims
),
resolved as (
    select
        one.fact_type,
        one.block,
        least(one.claim_key, other.claim_key) as claim_a,
        greatest(one.claim_key, other.claim_key) as claim_b,
        overrides.decision,
        overrides.reason
    from overrides
    inner join named as one on overrides.claim_a = one.name
    inner join named as other
        on overrides.claim_b = other.name and one.fact_type = other.fact_type and one.block = other.block
    where one.claim_key != other.claim_key
)
select distinct * from resolved
