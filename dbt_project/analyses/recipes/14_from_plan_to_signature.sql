-- Which agreements are still only planned, and how long since the first report of them?
-- `signed_on` of a plan is the expected day; once a report tells of the signing, the status moves on.
select
    array_to_string(parties, ' ') as parties,
    kind,
    subject,
    signed_on as expected_on,
    planned_first_reported_on,
    ({{ today() }} - planned_first_reported_on)::integer as days_since_first_report
from {{ ref('agreements') }}
where status = 'planned'
order by planned_first_reported_on nulls last, agreement_id
