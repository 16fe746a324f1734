{#- Who took part in which meeting, in which office: the one that most of its reports give. -#}
with
mentions as (
    select
        clusters.fact_id,
        people.person_id,
        people.role,
        mentioned.document_id
    from (
        select claim_key, document_id, unnest(participants, recursive := true)
        from {{ ref('int_meeting_claims') }}
    ) as mentioned
    inner join {{ ref('int_clusters') }} as clusters using (claim_key)
    inner join {{ ref('int_people') }} as people
        on
            mentioned.country = people.country
            and mentioned.name = people.name
            and coalesce(mentioned.role, 'other') = people.role
),
counted as (
    select
        fact_id,
        person_id,
        role,
        count(distinct document_id) as report_count
    from mentions
    group by fact_id, person_id, role
)
select
    counted.fact_id,
    counted.person_id,
    arg_min(counted.role, (-counted.report_count, coalesce(offices.rank, 99), counted.role)) as role
from counted
left join {{ ref('offices') }} as offices using (role)
group by counted.fact_id, counted.person_id
