{#-
  Which of the stated values a fact takes: the more precise kind of statement first, then the value that most documents
  state, then the one of an official source, then the latest. The others are kept, and what decided is said.
-#}
with
counted as (
    select
        fact_id,
        fact_type,
        attribute,
        value,
        min(preference) as preference,
        count(distinct document_id) as report_count,
        bool_or(is_official) as is_official,
        min(published_on) as first_reported_on,
        max(published_on) as last_reported_on,
        arg_min(claim_key, (preference, coalesce(published_on, date '9999-12-31'), claim_key)) as claim_key
    from {{ ref('int_stated_values') }}
    group by fact_id, fact_type, attribute, value
),
ranked as (
    select
        *,
        row_number() over ranking as rank,
        count(*) over (partition by fact_id, attribute) as value_count,
        lead(preference) over ranking as next_preference,
        lead(report_count) over ranking as next_report_count,
        lead(is_official) over ranking as next_is_official,
        lead(last_reported_on) over ranking as next_last_reported_on
    from counted
    window
        ranking as (
            partition by fact_id, attribute
            order by preference, report_count desc, is_official desc, last_reported_on desc nulls last, value
        )
),
chosen as (
    select
        fact_id,
        fact_type,
        attribute,
        value,
        report_count,
        first_reported_on,
        last_reported_on,
        claim_key,
        rank = 1 as is_chosen,
        -- A vaguer statement of the same (a month, 'about 8 million') does not contest the chosen one.
        count(*) over (partition by fact_id, attribute, preference) > 1
        and preference = min(preference) over (partition by fact_id, attribute) as is_contested,
        case
            when rank > 1 then null
            when value_count = 1 then 'the only value'
            when preference < next_preference then 'more precise'
            when report_count > next_report_count then 'majority'
            when is_official and not next_is_official then 'official source'
            when next_last_reported_on is null or last_reported_on > next_last_reported_on then 'latest'
            else 'first in order'
        end as chosen_because
    from ranked
)
select * from chosen
