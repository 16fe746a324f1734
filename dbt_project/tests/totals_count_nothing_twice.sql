-- What counts in totals holds no target, no stock beside its parts, no two figures of overlapping time and no value of a
-- package beside values of its members; and the totals of the pairs are the sums of exactly these flows.
{{ config(meta={'dagster': {'ref': {'name': 'financial_flows'}}}) }}
with
counted as (
    select * from {{ ref('financial_flows') }} where counts_in_totals
),
targets as (
    select 'a target is counted' as problem, flow_id from counted where is_target or flow_type = 'trade_target'
),
stocks as (
    select 'a stock is counted beside its parts', stock.flow_id
    from counted as stock
    inner join {{ ref('financial_flows') }} as part
        on
            stock.pair = part.pair
            and stock.provider is not distinct from part.provider
            and stock.recipient is not distinct from part.recipient
            and stock.flow_id != part.flow_id
    where stock.flow_type = 'fdi' and part.flow_type = 'fdi' and stock.period_end is null and part.period_end is not null
),
overlapping as (
    select 'two figures of the same time are counted', one.flow_id
    from counted as one
    inner join counted as other
        on
            one.pair = other.pair
            and one.flow_type = other.flow_type
            and one.provider is not distinct from other.provider
            and one.recipient is not distinct from other.recipient
            and one.flow_id != other.flow_id
            and one.period_start <= other.period_end
            and one.period_end >= other.period_start
),
packages as (
    select 'a package is counted beside its members', total.flow_id
    from counted as total
    inner join {{ ref('agreements') }} as package
        on
            total.pair = package.parties
            and package.kind = 'package'
            and total.amount = package.amount
            and total.currency = package.currency
    inner join {{ ref('agreements') }} as member on package.agreement_id = member.package_id
    inner join counted as part
        on
            total.pair = part.pair
            and member.amount = part.amount
            and member.currency = part.currency
            and total.flow_id != part.flow_id
            and total.flow_type = part.flow_type
    where total.flow_type = 'investment_pledge'
),
sums as (
    select
        pair,
        sum(amount_usd) filter (where flow_type = 'grant') as grants_usd,
        sum(amount_usd) filter (where flow_type = 'loan') as loans_usd,
        sum(amount_usd) filter (where flow_type = 'fdi') as fdi_usd,
        sum(amount_usd) filter (where flow_type = 'investment_pledge') as pledges_usd
    from counted
    group by pair
),
totals as (
    select 'totals of a pair are not the sums of what counts', array_to_string(relations.pair, '-')
    from {{ ref('bilateral_relations') }} as relations
    left join sums using (pair)
    where
        abs(coalesce(relations.grants_usd, 0) - coalesce(sums.grants_usd, 0)) > 0.01
        or abs(coalesce(relations.loans_usd, 0) - coalesce(sums.loans_usd, 0)) > 0.01
        or abs(coalesce(relations.fdi_usd, 0) - coalesce(sums.fdi_usd, 0)) > 0.01
        or abs(coalesce(relations.pledges_usd, 0) - coalesce(sums.pledges_usd, 0)) > 0.01
)
select * from targets
union all
select * from stocks
union all
select * from overlapping
union all
select * from packages
union all
select * from totals
