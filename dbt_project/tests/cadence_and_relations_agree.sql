-- The meetings of a pair are those of its years and those without a date.
{{ config(meta={'dagster': {'ref': {'name': 'bilateral_relations'}}}) }}
with
yearly as (
    select country_a, country_b, sum(meetings_held) as meetings_held from {{ ref('bilateral_meeting_cadence') }} group by all
),
undated as (
    select country_a, country_b, count(*) as meetings_held
    from {{ ref('int_pair_meetings') }}
    where status = 'held' and started_on is null
    group by all
)
select
    country_a,
    country_b,
    relations.meetings_held,
    yearly.meetings_held as meetings_of_years,
    undated.meetings_held as undated_meetings
from {{ ref('bilateral_relations') }} as relations
left join yearly using (country_a, country_b)
left join undated using (country_a, country_b)
where relations.meetings_held != coalesce(yearly.meetings_held, 0) + coalesce(undated.meetings_held, 0)
