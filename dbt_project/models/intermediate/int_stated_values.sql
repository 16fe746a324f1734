{#-
  What each claim of a fact states for each attribute that reports can contradict each other on. `preference` orders kinds of
  statement before their number counts: what happened before what was planned, a day before a month, exact before about or
  at least, a figure before what it is rounded to.
-#}
with
clusters as (
    select fact_id, fact_type, claim_key from {{ ref('int_clusters') }}
),
agreements as (
    select * from {{ ref('int_agreement_claims') }}
),
flows as (
    select * from {{ ref('int_flow_claims') }}
),
meetings as (
    select * from {{ ref('int_meeting_claims') }}
),
amounts as (
    select
        clusters.fact_id,
        claims.*
    from (
        select claim_key, amount, currency, amount_bound, digits from agreements where amount is not null
        union all
        select claim_key, amount, currency, amount_bound, digits from flows
    ) as claims
    inner join clusters using (claim_key)
),
rounded as (
    select distinct coarse.claim_key
    from amounts as coarse
    inner join amounts as fine
        on
            coarse.fact_id = fine.fact_id
            and coarse.currency = fine.currency
            and coarse.digits < fine.digits
            and coarse.amount = {{ rounded_to('fine.amount', 'coarse.digits') }}
),
stated as (
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'parties' as attribute,
        array_to_string(parties, '-') as value,
        0 as preference
    from agreements
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'kind',
        kind,
        0
    from agreements
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'signed_on',
        {{ stated_day('started_on', 'dated_by') }},
        case dated_by when 'day' then 0 when 'month' then 2 else 4 end + case when status = 'planned' then 1 else 0 end
    from agreements
    where dated_by in ('day', 'month', 'year')
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'instrument_count',
        concat_ws(' ', instrument_count_bound, instrument_count),
        case when instrument_count_bound = 'exact' then 0 else 1 end
    from agreements
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'amount',
        concat_ws(' ', amount_bound, {{ plain_number('amount') }}, currency),
        case when amount_bound = 'exact' and claim_key not in (select claim_key from rounded) then 0 else 1 end
    from agreements
    where amount is not null
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'subject',
        subject,
        case when status = 'planned' then 1 else 0 end
    from agreements
    where subject is not null
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'amount',
        concat_ws(' ', amount_bound, {{ plain_number('amount') }}, currency),
        case when amount_bound = 'exact' and claim_key not in (select claim_key from rounded) then 0 else 1 end
    from flows
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'direction',
        provider || ' to ' || recipient,
        0
    from flows
    where provider is not null and recipient is not null
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'period',
        concat(period_start, ' to ', period_end),
        case when period_start is not null and period_end is not null then 0 else 1 end
    from flows
    where period_start is not null or period_end is not null
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'countries',
        array_to_string(countries, '-'),
        0
    from meetings
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'medium',
        medium,
        0
    from meetings
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'held_on',
        concat_ws(
            ' to ',
            {{ stated_day('started_on', 'dated_by') }},
            case when ended_on > started_on and dated_by = 'day' then ended_on end
        ),
        case dated_by when 'day' then 0 when 'month' then 2 else 4 end + case when status = 'planned' then 1 else 0 end
    from meetings
    where dated_by in ('day', 'month', 'year')
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'held_by',
        'by ' || ended_on,
        0
    from meetings
    where started_on is null and ended_on is not null
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'city',
        city,
        case when status = 'planned' then 1 else 0 end
    from meetings
    where city is not null
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'host_country',
        host_country,
        case when status = 'planned' then 1 else 0 end
    from meetings
    where host_country is not null
    union all
    select
        claim_key,
        document_id,
        published_on,
        is_official,
        'forum',
        forum,
        case when status = 'planned' then 1 else 0 end
    from meetings
    where forum is not null
)
select
    clusters.fact_id,
    clusters.fact_type,
    stated.*
from stated
inner join clusters using (claim_key)
