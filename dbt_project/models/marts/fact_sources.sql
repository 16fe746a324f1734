with
clusters as (
    select * from {{ ref('int_clusters') }}
),
claims as (
    select claim_key, document_id, evidence, evidence_start, evidence_end, rule from {{ ref('stg_agreement_claims') }}
    union all
    select claim_key, document_id, evidence, evidence_start, evidence_end, rule from {{ ref('stg_flow_claims') }}
    union all
    select claim_key, document_id, evidence, evidence_start, evidence_end, rule from {{ ref('stg_meeting_claims') }}
),
documents as (
    select * from {{ ref('int_documents') }}
),
sources as (
    select
        clusters.fact_id,
        clusters.fact_type,
        clusters.claim_id,
        clusters.claim_key,
        claims.document_id,
        documents.source_path,
        documents.published_on,
        documents.language,
        claims.evidence,
        claims.evidence_start,
        claims.evidence_end,
        claims.rule,
        clusters.match_reason,
        matched.claim_id as matched_claim_id,
        documents.is_official
    from clusters
    inner join claims using (claim_key)
    inner join documents using (document_id)
    left join clusters as matched on clusters.matched_claim_key = matched.claim_key
)
select * from sources
