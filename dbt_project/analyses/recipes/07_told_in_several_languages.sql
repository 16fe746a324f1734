-- Which facts do reports in more than one language tell?
-- One row per fact, whatever its type, with the days on which it was first and last reported.
with
facts as (
    select agreement_id as fact_id, parties as countries, languages, report_count, first_reported_on, last_reported_on
    from {{ ref('agreements') }}
    union all
    select flow_id, pair, languages, report_count, first_reported_on, last_reported_on from {{ ref('financial_flows') }}
    union all
    select meeting_id, countries, languages, report_count, first_reported_on, last_reported_on from {{ ref('meetings') }}
)
select
    fact_id,
    array_to_string(countries, ' ') as countries,
    array_to_string(languages, ' ') as languages,
    report_count,
    first_reported_on,
    last_reported_on
from facts
where len(languages) > 1
order by report_count desc, fact_id
