with
agreements as (
    select
        *,
        -- What is signed is worth what it was worth that day; a plan what it is worth when it is reported.
        least(signed_on, last_reported_on) as valued_on
    from {{ ref('int_agreements') }}
),
priced as (
    {{ with_usd_rate('agreements', 'priced.currency', 'coalesce(priced.valued_on, priced.first_reported_on)') }}
),
-- A package and a member of it: the same countries, and the same day of signing or a report of both.
memberships as (
    select
        member.fact_id,
        arg_max(package.fact_id, (package.instrument_count, package.fact_id)) as package_id
    from agreements as member
    inner join agreements as package
        on
            member.block = package.block
            and member.fact_id != package.fact_id
            and package.kind = 'package'
            and member.instrument_count < package.instrument_count
            and (member.status = 'planned') = (package.status = 'planned')
            and (
                abs(member.signed_on - package.signed_on) <= 1
                or list_has_any(member.document_ids, package.document_ids)
                and coalesce(abs(member.signed_on - package.signed_on) <= 31, true)
            )
    group by member.fact_id
),
agreements_with_value as (
    select
        priced.fact_id as agreement_id,
        priced.parties,
        priced.kind,
        priced.status,
        priced.signed_on,
        priced.signed_on_precision,
        priced.date_basis,
        priced.instrument_count,
        priced.instrument_count_bound,
        priced.amount,
        priced.currency,
        priced.amount_bound,
        priced.amount * priced.usd_rate as amount_usd,
        case when priced.amount is not null then priced.usd_rate end as usd_rate,
        case when priced.amount is not null then priced.usd_rate_on end as usd_rate_on,
        case when priced.amount is not null then priced.usd_rate_source end as usd_rate_source,
        priced.subject,
        priced.subject_language,
        priced.sectors,
        memberships.package_id,
        priced.planned_first_reported_on,
        priced.signed_first_reported_on,
        priced.in_force_first_reported_on,
        priced.terminated_first_reported_on,
        priced.first_reported_on,
        priced.last_reported_on,
        priced.report_count,
        priced.languages,
        priced.contested
    from priced
    left join memberships using (fact_id)
)
select * from agreements_with_value
