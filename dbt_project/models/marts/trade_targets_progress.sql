with
flows as (
    select * from {{ ref('financial_flows') }}
),
targets as (
    select
        *,
        year(period_end)::integer as target_year
    from flows
    where flow_type = 'trade_target'
),
-- Only whole years tell how far a yearly target is.
turnovers as (
    select
        pair,
        flow_id,
        amount_usd,
        period_start,
        period_end,
        year(period_end)::integer as year
    from flows
    where flow_type = 'trade_turnover' and amount_usd is not null and period_end - period_start between 360 and 370
),
before as (
    select
        targets.flow_id,
        arg_max(turnovers.amount_usd, (turnovers.year, turnovers.flow_id)) as turnover_usd,
        max(turnovers.year) as turnover_year
    from targets
    inner join turnovers
        on targets.pair = turnovers.pair and turnovers.period_end <= coalesce(targets.first_reported_on, turnovers.period_end)
    group by targets.flow_id
),
after as (
    select
        targets.flow_id,
        arg_max(turnovers.amount_usd, (turnovers.year, turnovers.flow_id)) as turnover_usd,
        max(turnovers.year) as turnover_year
    from targets
    inner join turnovers on targets.pair = turnovers.pair and targets.first_reported_on < turnovers.period_end
    group by targets.flow_id
),
progress as (
    select
        targets.flow_id,
        targets.pair,
        targets.amount as trade_target,
        targets.currency as trade_target_currency,
        targets.amount_usd as trade_target_usd,
        targets.target_year,
        targets.first_reported_on,
        targets.last_reported_on,
        before.turnover_year as turnover_before_year,
        before.turnover_usd as turnover_before_usd,
        after.turnover_year as turnover_after_year,
        after.turnover_usd as turnover_after_usd,
        coalesce(after.turnover_year, before.turnover_year) as last_turnover_year,
        coalesce(after.turnover_usd, before.turnover_usd) as last_turnover_usd,
        coalesce(after.turnover_usd, before.turnover_usd) / targets.amount_usd as share_reached,
        (targets.target_year - year({{ today() }}))::integer as years_left,
        coalesce(coalesce(after.turnover_usd, before.turnover_usd) >= targets.amount_usd, false) as is_reached
    from targets
    left join before using (flow_id)
    left join after using (flow_id)
)
select * from progress
