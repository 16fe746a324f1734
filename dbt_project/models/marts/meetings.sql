with
facts as (
    select * from {{ ref('int_facts') }} where fact_type = 'meeting'
),
claims as (
    select * from {{ ref('int_meeting_claims') }}
),
members as (
    select clusters.fact_id, claims.*
    from claims
    inner join {{ ref('int_clusters') }} as clusters using (claim_key)
),
statuses as (
    select
        fact_id,
        case when bool_or(status = 'held') then 'held' else 'planned' end as status,
        min(published_on) filter (where status = 'planned') as planned_first_reported_on,
        min(published_on) filter (where status = 'held') as held_first_reported_on
    from members
    group by fact_id
),
people as (
    select
        attendance.fact_id,
        list(
            struct_pack(name := dim_person.name, country := dim_person.country, role := attendance.role)
            order by dim_person.country, dim_person.name
        ) as participants,
        list_sort(list(attendance.person_id)) as person_ids
    from {{ ref('int_attendance') }} as attendance
    inner join {{ ref('dim_person') }} as dim_person using (person_id)
    group by attendance.fact_id
),
-- The highest office of each side, and of those the lowest: what both sides reached.
sides as (
    select
        attendance.fact_id,
        people.country,
        min(offices.rank) as rank
    from {{ ref('int_attendance') }} as attendance
    inner join {{ ref('dim_person') }} as people using (person_id)
    inner join {{ ref('offices') }} as offices on attendance.role = offices.role
    group by attendance.fact_id, people.country
),
levels as (
    select
        sides.fact_id,
        arg_max(offices.level, offices.rank) as level
    from sides
    inner join (select distinct rank, level from {{ ref('offices') }}) as offices using (rank)
    group by sides.fact_id
    having count(*) > 1
),
assembled as (
    select
        facts.fact_id as meeting_id,
        countries_from.countries,
        coalesce(people.participants, []) as participants,
        coalesce(people.person_ids, []) as person_ids,
        levels.level,
        medium_from.medium,
        statuses.status,
        case
            when dates_from.claim_key is not null then dates_from.started_on
            when statuses.status = 'held' then statuses.held_first_reported_on
        end as started_on,
        case
            when dates_from.claim_key is not null then coalesce(dates_from.ended_on, dates_from.started_on)
            when statuses.status = 'held' then statuses.held_first_reported_on
            else deadline_from.ended_on
        end as ended_on,
        dates_from.dated_by as date_precision,
        case
            when dates_from.claim_key is not null or statuses.status = 'planned' and deadline_from.ended_on is not null
                then 'stated'
            when statuses.status = 'held' and statuses.held_first_reported_on is not null then 'published'
        end as date_basis,
        city_from.city,
        host_from.host_country,
        forum_from.forum,
        statuses.planned_first_reported_on,
        statuses.held_first_reported_on,
        facts.first_reported_on,
        facts.last_reported_on,
        facts.report_count,
        facts.languages,
        facts.contested
    from facts
    inner join statuses using (fact_id)
    inner join claims as countries_from on countries_from.claim_key = facts.source_claims['countries']
    inner join claims as medium_from on medium_from.claim_key = facts.source_claims['medium']
    left join claims as dates_from on dates_from.claim_key = facts.source_claims['held_on']
    left join claims as deadline_from on deadline_from.claim_key = facts.source_claims['held_by']
    left join claims as city_from on city_from.claim_key = facts.source_claims['city']
    left join claims as host_from on host_from.claim_key = facts.source_claims['host_country']
    left join claims as forum_from on forum_from.claim_key = facts.source_claims['forum']
    left join people using (fact_id)
    left join levels using (fact_id)
)
select * from assembled
