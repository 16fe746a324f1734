with
names as (
    select * from {{ ref('int_people') }}
),
mentions as (
    select
        names.person_id,
        names.role,
        mentioned.published_on
    from (
        select published_on, unnest(participants, recursive := true) from {{ ref('int_meeting_claims') }}
    ) as mentioned
    inner join names
        on
            mentioned.country = names.country
            and mentioned.name = names.name
            and coalesce(mentioned.role, 'other') = names.role
),
roles as (
    select
        person_id,
        -- The office of the latest dated mention; of one day, the higher.
        arg_max(role, (coalesce(mentions.published_on, date '0001-01-01'), -offices.rank)) as role,
        list_sort(list(distinct role)) as roles,
        min(published_on) as first_reported_on,
        max(published_on) as last_reported_on,
        count(*) as claim_count
    from mentions
    left join {{ ref('offices') }} as offices using (role)
    group by person_id
),
people as (
    select
        names.person_id,
        arg_min(names.name, (-names.mention_count, -names.word_count, names.name)) as name,
        any_value(names.country) as country,
        any_value(roles.role) as role,
        list_sort(list(distinct names.name)) as aliases,
        any_value(roles.roles) as roles,
        any_value(roles.claim_count) as claim_count,
        any_value(roles.first_reported_on) as first_reported_on,
        any_value(roles.last_reported_on) as last_reported_on
    from (
        select
            person_id,
            country,
            name,
            word_count,
            sum(mention_count) as mention_count
        from names
        group by person_id, country, name, word_count
    ) as names
    inner join roles using (person_id)
    group by names.person_id
)
select * from people
