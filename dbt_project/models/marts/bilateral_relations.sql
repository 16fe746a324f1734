with
meetings as (
    select * from {{ ref('int_pair_meetings') }}
),
agreements as (
    select * from {{ ref('agreements') }}
),
flows as (
    select
        *,
        pair[1] as country_a,
        pair[2] as country_b
    from {{ ref('financial_flows') }}
),
targets as (
    select
        *,
        pair[1] as country_a,
        pair[2] as country_b
    from {{ ref('trade_targets_progress') }}
),
meeting_figures as (
    select
        country_a,
        country_b,
        {{ meeting_counts() }},
        min(started_on) filter (where status = 'planned' and started_on >= {{ today() }}) as next_planned_meeting_on,
        count(*) filter (
            where status = 'planned' and coalesce(ended_on, started_on) < {{ today() }}
        ) as planned_meetings_not_reported_held
    from meetings
    group by country_a, country_b
),
agreement_parties as (
    select agreement_id, unnest(parties) as country from agreements
),
agreement_figures as (
    select
        one.country as country_a,
        other.country as country_b,
        count(*) filter (where agreements.kind != 'package' and agreements.status != 'planned') as agreements_signed,
        count(*) filter (where agreements.kind != 'package' and agreements.status = 'planned') as agreements_planned,
        -- Documents counted once: a package by its number, and what is signed outside any package.
        coalesce(sum(agreements.instrument_count) filter (
            where agreements.package_id is null and agreements.status != 'planned'
        ), 0)::bigint as instruments_signed,
        max(agreements.signed_on) filter (where agreements.status != 'planned') as last_agreement_signed_on
    from agreement_parties as one
    inner join agreement_parties as other on one.agreement_id = other.agreement_id and one.country < other.country
    inner join agreements on one.agreement_id = agreements.agreement_id
    group by one.country, other.country
),
flow_figures as (
    select
        country_a,
        country_b,
        {%- for name, flow_type in [('grants', 'grant'), ('loans', 'loan'), ('fdi', 'fdi'), ('pledges', 'investment_pledge')] %}
        sum(amount_usd) filter (where counts_in_totals and flow_type = '{{ flow_type }}') as {{ name }}_usd,
        {%- endfor %}
        -- What the stock of investment is said to have come to: beside fdi_usd, never in it.
        arg_max(amount_usd, (as_of_on, flow_id)) filter (
            where flow_type = 'fdi' and period_end is null and amount_usd is not null
        ) as fdi_stock_usd,
        count(*) filter (
            where flow_type in ('grant', 'loan', 'fdi', 'investment_pledge') and not counts_in_totals
        ) as flows_not_counted
    from flows
    group by country_a, country_b
),
last_turnover as (
    select
        country_a,
        country_b,
        arg_max(
            struct_pack(amount := amount, currency := currency, usd := amount_usd, starts := period_start, ends := period_end),
            (coalesce(period_end, as_of_on, date '0001-01-01'), coalesce(period_end - period_start, 0), flow_id)
        ) as turnover
    from flows
    where flow_type = 'trade_turnover'
    group by country_a, country_b
),
-- The target stated last; of one day, the one further ahead.
last_target as (
    select
        country_a,
        country_b,
        arg_max(
            struct_pack(usd := trade_target_usd, target_year := target_year, share_reached := share_reached),
            (coalesce(last_reported_on, date '0001-01-01'), coalesce(target_year, 0), flow_id)
        ) as target
    from targets
    group by country_a, country_b
),
pairs as (
    select country_a, country_b from meeting_figures
    union
    select country_a, country_b from agreement_figures
    union
    select country_a, country_b from flow_figures
),
relations as (
    select
        pairs.country_a,
        pairs.country_b,
        [pairs.country_a, pairs.country_b] as pair,
        coalesce(meeting_figures.meetings_held, 0) as meetings_held,
        coalesce(meeting_figures.meetings_of_leaders, 0) as meetings_of_leaders,
        coalesce(meeting_figures.meetings_of_ministers, 0) as meetings_of_ministers,
        coalesce(meeting_figures.meetings_of_officials, 0) as meetings_of_officials,
        coalesce(meeting_figures.meetings_of_unknown_level, 0) as meetings_of_unknown_level,
        coalesce(meeting_figures.meetings_in_person, 0) as meetings_in_person,
        coalesce(meeting_figures.meetings_by_phone, 0) as meetings_by_phone,
        coalesce(meeting_figures.meetings_by_video, 0) as meetings_by_video,
        meeting_figures.first_meeting_on,
        meeting_figures.last_meeting_on,
        ({{ today() }} - meeting_figures.last_meeting_on)::integer as days_since_last_meeting,
        meeting_figures.median_gap_days,
        meeting_figures.longest_gap_days,
        meeting_figures.next_planned_meeting_on,
        coalesce(meeting_figures.planned_meetings_not_reported_held, 0) as planned_meetings_not_reported_held,
        coalesce(agreement_figures.agreements_signed, 0) as agreements_signed,
        coalesce(agreement_figures.agreements_planned, 0) as agreements_planned,
        coalesce(agreement_figures.instruments_signed, 0) as instruments_signed,
        agreement_figures.last_agreement_signed_on,
        flow_figures.grants_usd,
        flow_figures.loans_usd,
        flow_figures.fdi_usd,
        flow_figures.pledges_usd,
        flow_figures.fdi_stock_usd,
        coalesce(flow_figures.flows_not_counted, 0) as flows_not_counted,
        last_turnover.turnover.amount as trade_turnover,
        last_turnover.turnover.currency as trade_turnover_currency,
        last_turnover.turnover.usd as trade_turnover_usd,
        last_turnover.turnover.starts as trade_turnover_period_start,
        last_turnover.turnover.ends as trade_turnover_period_end,
        last_target.target.usd as trade_target_usd,
        last_target.target.target_year as trade_target_year,
        last_target.target.share_reached as trade_target_share_reached
    from pairs
    left join meeting_figures using (country_a, country_b)
    left join agreement_figures using (country_a, country_b)
    left join flow_figures using (country_a, country_b)
    left join last_turnover using (country_a, country_b)
    left join last_target using (country_a, country_b)
)
select * from relations
