{#-
  Flow claims with what reconciliation compares: the block, the figure's digits, its rough value in dollars, the report's time.
-#}
with
claims as (
    select * from {{ ref('stg_flow_claims') }}
),
documents as (
    select * from {{ ref('int_documents') }}
),
newest as (
    select max(rate_on) as rate_on from {{ source('ref', 'exchange_rates') }} where frequency = 'monthly'
),
-- The signing that the same document tells of beside the sum, where there is one: what the money is owed to.
signings as (
    select
        claims.claim_id,
        arg_min(
            agreements.signed_on,
            ({{ evidence_gap('claims', 'agreements') }}, agreements.evidence_start, agreements.signed_on)
        ) as agreed_on
    from claims
    inner join {{ ref('stg_agreement_claims') }} as agreements
        on
            claims.document_id = agreements.document_id
            and claims.pair = agreements.parties
            and claims.amount = agreements.amount
            and claims.currency = agreements.currency
    where
        claims.flow_type in ('grant', 'loan', 'investment_pledge')
        and agreements.status != 'planned'
        and agreements.signed_on_precision = 'day'
    group by claims.claim_id
),
dated as (
    select
        claims.*,
        signings.agreed_on,
        documents.is_official,
        documents.written_from,
        documents.written_to,
        {{ block('claims.pair') }} as block,
        {{ significant_digits('claims.amount') }} as digits,
        -- Only to compare two currencies: a claim without a date of its own takes the newest rate.
        least(claims.period_end, documents.written_to, newest.rate_on) as compared_on
    from claims
    inner join documents using (document_id)
    left join signings using (claim_id)
    cross join newest
),
priced as (
    {{ with_usd_rate('dated', 'priced.currency', 'priced.compared_on') }}
),
valued as (
    select
        * exclude (usd_rate, usd_rate_on, usd_rate_source),
        amount * usd_rate as compared_usd
    from priced
)
select * from valued
