-- Which grants were received, by year and provider, in US dollars?
-- Only what counts in totals is added up; each amount is converted at the rate of its own day.
select
    recipient,
    year(as_of_on) as year,
    provider,
    count(*) as grants,
    round(sum(amount_usd)) as grants_usd
from {{ ref('financial_flows') }}
where flow_type = 'grant' and counts_in_totals
group by all
order by recipient, year, provider
