-- Which trade targets are due by 2030, and how far are they?
-- The share is that of the last whole year's turnover that any report states; targets without a year are listed last.
select
    array_to_string(pair, ' ') as pair,
    target_year,
    years_left,
    round(trade_target_usd) as trade_target_usd,
    last_turnover_year,
    round(last_turnover_usd) as last_turnover_usd,
    round(100 * share_reached) as percent_reached
from {{ ref('trade_targets_progress') }}
where coalesce(target_year, 2030) <= 2030
order by target_year nulls last, pair
