with
meetings as (
    select * from {{ ref('int_pair_meetings') }}
),
yearly as (
    select
        country_a,
        country_b,
        [country_a, country_b] as pair,
        year(started_on)::integer as year,
        {{ meeting_counts() }},
        count(*) filter (where status = 'planned') as meetings_planned
    from meetings
    where started_on is not null
    group by country_a, country_b, year(started_on)
)
select * from yearly
