-- How often did two countries meet each year, and at which level?
-- One row per pair and calendar year; a meeting of three countries is one of each of the three pairs.
select
    array_to_string(pair, ' ') as pair,
    year,
    meetings_held,
    meetings_of_leaders,
    meetings_of_ministers,
    meetings_in_person,
    meetings_by_phone,
    meetings_planned
from {{ ref('bilateral_meeting_cadence') }}
order by pair, year
