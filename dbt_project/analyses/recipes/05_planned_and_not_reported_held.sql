-- Which planned meetings did nobody report as held?
-- Their day has passed, or none was named; a report that comes later turns the same row into `held`.
select
    array_to_string(countries, ' ') as countries,
    list_transform(participants, person -> person.name) as participants,
    started_on,
    ended_on,
    city,
    planned_first_reported_on,
    report_count
from {{ ref('meetings') }}
where status = 'planned' and coalesce(ended_on, started_on, date '0001-01-01') < {{ today() }}
order by coalesce(started_on, ended_on) nulls last, meeting_id
