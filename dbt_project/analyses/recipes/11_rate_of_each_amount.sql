-- At which rate was an amount converted, and where is none?
-- The rate of the day the amount is about, with its publisher; where no rate is published, the dollars are null.
select
    flow_type,
    array_to_string(pair, ' ') as pair,
    amount,
    currency,
    as_of_on,
    usd_rate,
    usd_rate_on,
    usd_rate_source,
    round(amount_usd) as amount_usd
from {{ ref('financial_flows') }}
where currency != 'USD'
order by as_of_on nulls last, flow_id
