with
claims as (
    select * from {{ source('claims', 'flow_claims') }}
),
documents as (
    select * from {{ ref('stg_documents') }}
),
present_claims as (
    select
        claims.claim_id,
        {{ claim_key('flow', "claims.flow_type, claims.provider, claims.recipient, claims.amount, claims.currency") }} as claim_key,
        claims.document_id,
        documents.language,
        documents.published_on,
        documents.source_path,
        claims.flow_type,
        claims.provider,
        claims.recipient,
        list_sort(claims.pair) as pair,
        claims.amount::double as amount,
        claims.currency,
        coalesce(claims.amount_bound, 'exact') as amount_bound,
        claims.period_start,
        claims.period_end,
        claims.evidence,
        claims.evidence_start,
        claims.evidence_end,
        claims.rule,
        claims.extractor_version
    from claims
    inner join documents using (document_id)
)

select * from present_claims
