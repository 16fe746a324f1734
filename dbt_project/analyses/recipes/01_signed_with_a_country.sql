-- What was signed with Japan, and worth how much?
-- A package stands beside its members: `package_id` says which counts them, so that no instrument is counted twice.
select
    signed_on,
    array_to_string(parties, ' ') as parties,
    kind,
    instrument_count,
    amount,
    currency,
    round(amount_usd) as amount_usd,
    subject,
    package_id is not null as is_in_a_package
from {{ ref('agreements') }}
where list_contains(parties, 'JPN') and status in ('signed', 'in_force')
order by signed_on desc nulls last, agreement_id
