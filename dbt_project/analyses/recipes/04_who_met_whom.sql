-- Who has met whom most often, and what was the longest silence?
-- Meetings held, in person or not, of any two countries or organisations; a gap is the days between two dated meetings.
select
    array_to_string(pair, ' ') as pair,
    meetings_held,
    meetings_of_leaders,
    first_meeting_on,
    last_meeting_on,
    longest_gap_days,
    days_since_last_meeting
from {{ ref('bilateral_relations') }}
where meetings_held > 0
order by meetings_held desc, pair
