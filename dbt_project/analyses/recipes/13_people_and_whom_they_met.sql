-- Who represents a country, under which spellings, and how many meetings is he or she in?
-- `aliases` are the spellings that reports use; the office is that of the latest report.
with
attendance as (
    select
        unnest(person_ids) as person_id,
        meeting_id
    from {{ ref('meetings') }}
    where status = 'held'
)
select
    people.name,
    people.country,
    people.role,
    array_to_string(people.aliases, '; ') as aliases,
    count(attendance.meeting_id) as meetings_held
from {{ ref('dim_person') }} as people
left join attendance using (person_id)
group by people.person_id, people.name, people.country, people.role, people.aliases
order by meetings_held desc, people.country, people.name
