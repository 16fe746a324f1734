{#-
  Agreement claims with what reconciliation compares: the block, the days on which it can have been signed (`known_from` to
  `known_to`), its value, what kind of money the same passage tells of, and the words that may name it.
-#}
with
claims as (
    select * from {{ ref('stg_agreement_claims') }}
),
documents as (
    select * from {{ ref('int_documents') }}
),
newest as (
    select max(rate_on) as rate_on from {{ source('ref', 'exchange_rates') }} where frequency = 'monthly'
),
-- The flow of the same document and sum that stands nearest to the agreement: what the instrument is for.
purposes as (
    select
        claims.claim_id,
        arg_min(
            flows.flow_type,
            ({{ evidence_gap('claims', 'flows') }}, flows.evidence_start, flows.flow_type)
        ) as purpose
    from claims
    inner join {{ ref('stg_flow_claims') }} as flows
        on
            claims.document_id = flows.document_id
            and claims.parties = flows.pair
            and claims.amount = flows.amount
            and claims.currency = flows.currency
    where flows.flow_type in ('grant', 'loan', 'fdi', 'investment_pledge')
    group by claims.claim_id
),
-- What is said to be done on a day after the report of it was misread: it counts as undated.
readable as (
    select
        claims.* exclude (signed_on),
        case
            when claims.status = 'planned' or coalesce(claims.signed_on <= documents.written_to + 1, true) then claims.signed_on
        end as signed_on
    from claims
    inner join documents using (document_id)
),
dated as (
    select
        claims.* exclude (signed_on),
        claims.signed_on as started_on,
        documents.is_official,
        documents.written_from,
        documents.written_to,
        purposes.purpose,
        {{ block('claims.parties') }} as block,
        {{ significant_digits('claims.amount') }} as digits,
        {{ evidence_stems("concat_ws(' ', claims.evidence, claims.subject)") }} as stems,
        {{ evidence_sounds("concat_ws(' ', claims.evidence, claims.subject)") }} as sounds,
        {{ evidence_numbers('claims.evidence') }} as numbers,
        case
            when claims.signed_on is not null then coalesce(claims.signed_on_precision, 'day')
            when documents.published_on is not null then 'published'
            when documents.written_from is not null then 'document'
            else 'none'
        end as dated_by,
        least(claims.signed_on, documents.written_to, newest.rate_on) as compared_on
    from readable as claims
    inner join documents using (document_id)
    left join purposes using (claim_id)
    cross join newest
),
windows as (
    select
        *,
        case
            when dated_by in ('day', 'month', 'year') then started_on
            when status = 'planned' then written_from
            -- An agreement in force was signed at any time before.
            when status = 'signed' then written_from - {{ var('reconciliation').signed_days }}
        end as known_from,
        case dated_by
            when 'day' then started_on
            when 'month' then {{ month_or_year_end('signed', 'month') }}
            when 'year' then {{ month_or_year_end('signed', 'year') }}
            else case status when 'planned' then written_to + {{ var('reconciliation').negotiation_days }} else written_to end
        end as known_to
    from dated
),
priced as (
    {{ with_usd_rate('windows', 'priced.currency', 'priced.compared_on') }}
),
valued as (
    select
        * exclude (usd_rate, usd_rate_on, usd_rate_source),
        amount * usd_rate as compared_usd
    from priced
)
select * from valued
