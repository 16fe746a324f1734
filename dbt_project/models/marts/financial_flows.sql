{#- The order of the reasons is the order of precedence: a flow that could be left out twice gets the first. -#}
with
flows as (
    select
        *,
        flow_type = 'fdi' and period_end is null as is_stock
    from {{ ref('int_flows') }}
),
-- Pledges that a report gives as the value of a whole package, beside pledges of named members of it.
package_pledges as (
    select distinct flows.fact_id
    from flows
    inner join {{ ref('agreements') }} as packages
        on
            flows.block = {{ block('packages.parties') }}
            and packages.kind = 'package'
            and flows.amount = packages.amount
            and flows.currency = packages.currency
    inner join {{ ref('agreements') }} as members on packages.agreement_id = members.package_id
    inner join flows as parts
        on
            members.amount = parts.amount
            and members.currency = parts.currency
            and flows.block = parts.block
            and flows.flow_type = parts.flow_type
            and flows.fact_id != parts.fact_id
    where flows.flow_type = 'investment_pledge'
),
compared as (
    select
        flows.fact_id,
        -- The same stretch of time, or more of it, in one figure.
        bool_or(
            not flows.is_stock and not other.is_stock
            and flows.period_start >= other.period_start
            and flows.period_end <= other.period_end
            and flows.period_end - flows.period_start < other.period_end - other.period_start
        ) as is_within_longer,
        -- Two figures that share a part of their time and neither holds the other: the longer counts, else the lower id.
        bool_or(
            not flows.is_stock and not other.is_stock
            and flows.period_start <= other.period_end
            and flows.period_end >= other.period_start
            and (flows.period_end - flows.period_start, other.fact_id) < (other.period_end - other.period_start, flows.fact_id)
        ) as is_overlapped,
        bool_or(flows.is_stock and not other.is_stock) as has_parts,
        bool_or(
            flows.is_stock and other.is_stock
            and (coalesce(other.as_of_on, date '0001-01-01'), other.fact_id)
            > (coalesce(flows.as_of_on, date '0001-01-01'), flows.fact_id)
        ) as is_older_stock,
        -- An undated figure beside figures with a period may be one of them.
        bool_or(
            flows.flow_type in ('trade_turnover', 'export')
            and flows.period_start is null and flows.period_end is null
            and (
                other.period_end is not null
                or (coalesce(other.as_of_on, date '0001-01-01'), other.fact_id)
                > (coalesce(flows.as_of_on, date '0001-01-01'), flows.fact_id)
            )
        ) as is_undated_beside_dated,
        bool_or(
            flows.currency != other.currency
            and flows.flow_type in ('grant', 'loan', 'investment_pledge')
            and abs(flows.amount_usd - other.amount_usd) <= 0.05 * greatest(flows.amount_usd, other.amount_usd)
            and abs(flows.first_reported_on - other.first_reported_on) <= {{ var('reconciliation').plan_days }}
            and (other.report_count, other.currency = 'USD', other.fact_id)
            > (flows.report_count, flows.currency = 'USD', flows.fact_id)
        ) as is_restated
    from flows
    inner join flows as other
        on
            flows.block = other.block
            and flows.flow_type = other.flow_type
            and flows.provider is not distinct from other.provider
            and flows.recipient is not distinct from other.recipient
            and flows.fact_id != other.fact_id
    group by flows.fact_id
),
reasoned as (
    select
        flows.*,
        case
            when flows.is_target then 'target'
            when package_pledges.fact_id is not null then 'package_total'
            when compared.has_parts then 'cumulative_stock'
            when compared.is_older_stock then 'older_stock'
            when compared.is_within_longer then 'within_longer_period'
            when compared.is_overlapped then 'overlapping_period'
            when compared.is_undated_beside_dated then 'period_unknown'
            when compared.is_restated then 'restated_in_other_currency'
            when flows.amount_usd is null then 'no_usd_rate'
        end as not_counted_because
    from flows
    left join compared using (fact_id)
    left join package_pledges using (fact_id)
),
flows_with_reason as (
    select
        fact_id as flow_id,
        flow_type,
        provider,
        recipient,
        pair,
        amount,
        currency,
        amount_bound,
        amount_usd,
        usd_rate,
        usd_rate_on,
        usd_rate_source,
        period_start,
        period_end,
        as_of_on,
        is_target,
        not_counted_because is null as counts_in_totals,
        not_counted_because,
        first_reported_on,
        last_reported_on,
        report_count,
        languages,
        contested
    from reasoned
)
select * from flows_with_reason
