with
claims as (
    select * from {{ source('claims', 'agreement_claims') }}
),
documents as (
    select * from {{ ref('stg_documents') }}
),
present_claims as (
    select
        claims.claim_id,
        {{ claim_key('agreement', "claims.kind, claims.status, claims.instrument_count, claims.amount") }} as claim_key,
        claims.document_id,
        documents.language,
        documents.published_on,
        documents.source_path,
        list_sort(claims.parties) as parties,
        claims.kind,
        claims.status,
        claims.signed_on,
        claims.signed_on_precision,
        coalesce(claims.instrument_count, 1)::bigint as instrument_count,
        coalesce(claims.instrument_count_bound, 'exact') as instrument_count_bound,
        claims.amount::double as amount,
        claims.currency,
        case when claims.amount is not null then coalesce(claims.amount_bound, 'exact') end as amount_bound,
        claims.subject,
        coalesce(list_sort(list_distinct(claims.sectors)), []) as sectors,
        claims.evidence,
        claims.evidence_start,
        claims.evidence_end,
        claims.rule,
        claims.extractor_version
    from claims
    inner join documents using (document_id)
)

select * from present_claims
