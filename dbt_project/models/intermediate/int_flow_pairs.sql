{#-
  Which two claims can be one flow, how strongly, and why. Another type, direction, amount or period is another flow. Yearly
  figures (turnover, exports, stocks of investment) are one flow whenever they are about the same period; a grant, loan or
  pledge of the same sum is one only while reports of it follow each other.
-#}
with
claims as (
    select
        stated.*,
        flow_type in ('trade_turnover', 'export', 'fdi') as is_measured,
        flow_type in ('trade_turnover', 'trade_target') as is_two_way
    from {{ ref('int_flow_claims') }} as stated
    inner join {{ ref('int_blocks') }} as blocks using (block)
    where blocks.fact_type = 'flow' and blocks.is_touched
),
candidates as (
    select
        one.block,
        one.claim_key as claim_a,
        other.claim_key as claim_b,
        one.is_measured,
        one.flow_type,
        one.currency = other.currency as is_same_currency,
        case when one.currency = other.currency then {{ amounts_agree('one', 'other') }} end as agreement,
        abs(one.amount - other.amount) / greatest(one.amount, other.amount) as difference,
        abs(one.compared_usd - other.compared_usd) / greatest(one.compared_usd, other.compared_usd) as usd_difference,
        coalesce(one.period_start, one.period_end) is not null
        and coalesce(other.period_start, other.period_end) is not null as both_in_period,
        -- A target is known by the year it is aimed at, a measured figure by the days it covers.
        case
            when one.flow_type = 'trade_target' then year(one.period_end) = year(other.period_end)
            when one.period_start = other.period_start then coalesce(one.period_end = other.period_end, true)
            else one.period_start is null and other.period_start is null and one.period_end = other.period_end
        end as is_same_period,
        greatest(one.written_from - other.written_to, other.written_from - one.written_to, 0) as days_between_reports
    from claims as one
    inner join claims as other
        on
            one.block = other.block
            and one.flow_type = other.flow_type
            and one.claim_key < other.claim_key
            and one.document_id != other.document_id
            and coalesce(one.provider = other.provider, true)
            and coalesce(one.recipient = other.recipient, true)
            -- Two signings are two sums, however equal.
            and coalesce(abs(one.agreed_on - other.agreed_on) <= 1, true)
            -- Coarse: amounts of one currency within a seventh of each other, or any two currencies.
            and (one.currency != other.currency or one.amount between other.amount * 0.85 and other.amount * 1.18)
),
compatible as (
    select *
    from candidates
    where
        case
            when not is_same_currency
                then is_measured and both_in_period and is_same_period and usd_difference <= 0.05
            when agreement is not null then true
            -- One period of one pair has one turnover: figures that differ by a little contradict, they do not add.
            else is_measured and both_in_period and is_same_period and difference <= 0.1
        end
        and (not both_in_period or coalesce(is_same_period, flow_type = 'trade_target'))
        and (
            flow_type in ('trade_turnover', 'export') and both_in_period
            or flow_type = 'trade_target'
            or days_between_reports is null
            or days_between_reports <= case
                when is_measured then {{ var('reconciliation').stock_days }} else {{ var('reconciliation').retold_days }}
            end
        )
),
scored as (
    select
        *,
        1
        + case agreement when 'equal' then 2 when 'rounded' then 1 else 0.5 end
        + case when both_in_period and is_same_period then 2 when both_in_period then 0 else 0.5 end
        + case
            when days_between_reports <= 30 then 1
            when days_between_reports <= 180 then 0.5
            else 0
        end as score
    from compatible
)
select
    'flow' as fact_type,
    block,
    claim_a,
    claim_b,
    score,
    concat_ws(
        ', ',
        case agreement
            when 'equal' then 'same amount'
            when 'rounded' then 'same amount, rounded'
            else case when is_same_currency then 'amounts differ by little' else 'same value in another currency' end
        end,
        case when both_in_period and is_same_period then 'same period' end,
        case when days_between_reports is not null then 'reported ' || days_between_reports || ' days apart' end
    ) as reason
from scored
