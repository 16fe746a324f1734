{#-
  When a document was written: the day of publication where it is known, else what its own claims allow - not before the
  latest day of something it reports as done, not after the earliest day of something it announces.
-#}
with
documents as (
    select * from {{ ref('stg_documents') }}
),
dated_claims as (
    select
        document_id,
        coalesce(ended_on, started_on) as day,
        status = 'held' as is_past
    from {{ ref('stg_meeting_claims') }}
    where date_precision = 'day'
    union all
    select
        document_id,
        signed_on,
        status != 'planned'
    from {{ ref('stg_agreement_claims') }}
    where signed_on_precision = 'day'
),
limits as (
    select
        document_id,
        max(day) filter (where is_past) as latest_past_on,
        min(day) filter (where not is_past) as earliest_future_on
    from dated_claims
    group by document_id
),
official as (
    select distinct documents.document_id
    from documents
    inner join {{ ref('official_sources') }} as sources on documents.source_path like sources.source_path_pattern
),
windows as (
    select
        documents.document_id,
        documents.language,
        documents.published_on,
        documents.source_path,
        documents.source_paths,
        official.document_id is not null as is_official,
        coalesce(documents.published_on, limits.latest_past_on, limits.earliest_future_on - {{ var('reconciliation').news_days }})
            as written_from,
        coalesce(
            documents.published_on,
            case
                when limits.earliest_future_on >= limits.latest_past_on then limits.earliest_future_on
            end,
            limits.latest_past_on + {{ var('reconciliation').news_days }},
            limits.earliest_future_on
        ) as written_to
    from documents
    left join limits using (document_id)
    left join official using (document_id)
)
select * from windows
