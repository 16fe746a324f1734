-- How much money went from whom to whom, by type, in US dollars?
-- Grants, loans, investment made and pledged are different things: a column each, never one sum.
pivot (
    select
        provider,
        recipient,
        flow_type,
        round(amount_usd) as amount_usd
    from {{ ref('financial_flows') }}
    where counts_in_totals and provider is not null
)
on flow_type in ('grant', 'loan', 'fdi', 'investment_pledge', 'export')
using sum(amount_usd)
group by provider, recipient
order by provider, recipient
