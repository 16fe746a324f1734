with
claims as (
    select * from {{ source('claims', 'meeting_claims') }}
),
documents as (
    select * from {{ ref('stg_documents') }}
),
present_claims as (
    select
        claims.claim_id,
        {{ claim_key('meeting', "claims.medium, claims.status, claims.started_on, claims.countries") }} as claim_key,
        claims.document_id,
        documents.language,
        documents.published_on,
        documents.source_path,
        list_sort(claims.countries) as countries,
        coalesce(claims.participants, []) as participants,
        claims.medium,
        claims.status,
        claims.started_on,
        claims.ended_on,
        claims.date_precision,
        claims.city,
        claims.host_country,
        claims.forum,
        claims.evidence,
        claims.evidence_start,
        claims.evidence_end,
        claims.rule,
        claims.extractor_version
    from claims
    inner join documents using (document_id)
)

select * from present_claims
