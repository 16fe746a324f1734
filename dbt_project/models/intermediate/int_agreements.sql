{#- Agreements as the claims together state them, before money is converted and packages are matched with members. -#}
with
facts as (
    select * from {{ ref('int_facts') }} where fact_type = 'agreement'
),
claims as (
    select * from {{ ref('int_agreement_claims') }}
),
members as (
    select clusters.fact_id, claims.*
    from claims
    inner join {{ ref('int_clusters') }} as clusters using (claim_key)
),
statuses as (
    select
        fact_id,
        arg_max(
            status, case status when 'planned' then 1 when 'signed' then 2 when 'in_force' then 3 when 'terminated' then 4 end
        ) as status,
        min(published_on) filter (where status = 'planned') as planned_first_reported_on,
        min(published_on) filter (where status = 'signed') as signed_first_reported_on,
        min(published_on) filter (where status = 'in_force') as in_force_first_reported_on,
        min(published_on) filter (where status = 'terminated') as terminated_first_reported_on,
        list_sort(list_distinct(flatten(list(sectors)))) as sectors,
        list_sort(list(distinct document_id)) as document_ids
    from members
    group by fact_id
),
assembled as (
    select
        facts.fact_id,
        facts.block,
        parties_from.parties,
        kind_from.kind,
        statuses.status,
        dates_from.started_on as stated_on,
        dates_from.dated_by as stated_on_precision,
        statuses.planned_first_reported_on,
        statuses.signed_first_reported_on,
        statuses.in_force_first_reported_on,
        statuses.terminated_first_reported_on,
        count_from.instrument_count,
        count_from.instrument_count_bound,
        amount_from.amount,
        amount_from.currency,
        amount_from.amount_bound,
        subject_from.subject,
        subject_from.language as subject_language,
        statuses.sectors,
        statuses.document_ids,
        facts.first_reported_on,
        facts.last_reported_on,
        facts.report_count,
        facts.languages,
        facts.contested
    from facts
    inner join statuses using (fact_id)
    inner join claims as parties_from on parties_from.claim_key = facts.source_claims['parties']
    inner join claims as kind_from on kind_from.claim_key = facts.source_claims['kind']
    inner join claims as count_from on count_from.claim_key = facts.source_claims['instrument_count']
    left join claims as dates_from on dates_from.claim_key = facts.source_claims['signed_on']
    left join claims as amount_from on amount_from.claim_key = facts.source_claims['amount']
    left join claims as subject_from on subject_from.claim_key = facts.source_claims['subject']
),
dated as (
    select
        * exclude (stated_on, stated_on_precision),
        case
            when stated_on is not null then stated_on
            -- A signing that no report dates is put on the day it was first reported; a plan is not.
            when status in ('signed', 'in_force', 'terminated') then signed_first_reported_on
        end as signed_on,
        stated_on_precision as signed_on_precision,
        case
            when stated_on is not null then 'stated'
            when status in ('signed', 'in_force', 'terminated') and signed_first_reported_on is not null then 'published'
        end as date_basis
    from assembled
)
select * from dated
