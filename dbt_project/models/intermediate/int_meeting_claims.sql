{#-
  Meeting claims with what reconciliation compares: the block, who is named on each side, and the days on which the
  meeting can have been (`known_from` to `known_to`, open where the text and its date leave it open).
-#}
with
claims as (
    select * from {{ ref('stg_meeting_claims') }}
),
documents as (
    select * from {{ ref('int_documents') }}
),
named as (
    select
        mentioned.claim_id,
        list_sort(list(distinct people.person_id)) as people
    from (
        select claim_id, unnest(participants, recursive := true) from claims
    ) as mentioned
    inner join {{ ref('int_people') }} as people
        on
            mentioned.country = people.country
            and mentioned.name = people.name
            and coalesce(mentioned.role, 'other') = people.role
    group by mentioned.claim_id
),
-- The highest office of each side.
sides as (
    select
        mentioned.claim_id,
        mentioned.country,
        min(offices.rank) as rank
    from (
        select claim_id, unnest(participants, recursive := true) from claims
    ) as mentioned
    inner join {{ ref('offices') }} as offices on coalesce(mentioned.role, 'other') = offices.role
    group by mentioned.claim_id, mentioned.country
),
standing as (
    select
        claim_id,
        count(*) as named_sides,
        count(*) > 1 and min(rank) = max(rank) as is_of_peers
    from sides
    group by claim_id
),
-- What is said to have been on a day after the report of it was misread: it counts as undated.
readable as (
    select
        claims.* exclude (started_on, ended_on, date_precision, is_readable),
        case when is_readable then claims.started_on end as started_on,
        case when is_readable then claims.ended_on end as ended_on,
        case when is_readable then claims.date_precision end as date_precision
    from (
        select
            claims.*,
            claims.status = 'planned' or coalesce(claims.started_on <= documents.written_to + 1, true) as is_readable
        from claims
        inner join documents using (document_id)
    ) as claims
),
dated as (
    select
        claims.*,
        documents.is_official,
        documents.written_from,
        documents.written_to,
        coalesce(named.people, []) as people,
        coalesce(standing.named_sides, 0) as named_sides,
        coalesce(standing.is_of_peers, false) as is_of_peers,
        {{ block('claims.countries') }} as block,
        nullif({{ folded('claims.city') }}, '') as city_key,
        case claims.medium when 'in_person' then 'in_person' else 'remote' end as manner,
        case
            when claims.date_precision in ('month', 'year') then claims.date_precision
            when claims.started_on is not null then 'day'
            when documents.published_on is not null then 'published'
            when documents.written_from is not null then 'document'
            else 'none'
        end as dated_by
    from readable as claims
    inner join documents using (document_id)
    left join named using (claim_id)
    left join standing using (claim_id)
),
windows as (
    select
        *,
        case
            when dated_by in ('day', 'month', 'year') then started_on
            when status = 'planned' then written_from
            else written_from - {{ var('reconciliation').news_days }}
        end as known_from,
        case dated_by
            when 'day' then coalesce(ended_on, started_on)
            -- A month of the year that the report itself is from ends with the report.
            when 'month' then {{ month_or_year_end('held', 'month') }}
            when 'year' then {{ month_or_year_end('held', 'year') }}
            else
                case status
                    when 'planned' then coalesce(ended_on, written_to + {{ var('reconciliation').plan_days }})
                    else written_to
                end
        end as known_to
    from dated
)
select * from windows
