-- Which sums are kept and never added up, and why?
-- Targets, stocks beside their flows, figures within a longer one, package totals and sums without a rate.
select
    not_counted_because,
    flow_type,
    array_to_string(pair, ' ') as pair,
    amount,
    currency,
    period_start,
    period_end
from {{ ref('financial_flows') }}
where not counts_in_totals
order by not_counted_because, pair, amount desc, flow_id
