{#- Every meeting once for each two countries that took part, with the days since the meeting of the two before it. -#}
with
meetings as (
    select * from {{ ref('meetings') }}
),
guests as (
    select meeting_id, unnest(countries) as country from meetings
),
pairs as (
    select
        one.meeting_id,
        one.country as country_a,
        other.country as country_b
    from guests as one
    inner join guests as other on one.meeting_id = other.meeting_id and one.country < other.country
),
with_meetings as (
    select
        pairs.country_a,
        pairs.country_b,
        meetings.*,
        offices.tier
    from pairs
    inner join meetings using (meeting_id)
    left join (select distinct level, tier from {{ ref('offices') }}) as offices using (level)
),
with_gaps as (
    select
        *,
        case
            when is_dated
                then started_on - lag(started_on) over (
                    partition by country_a, country_b, is_dated order by started_on, meeting_id
                )
        end as gap_days
    from (
        -- A meeting known only to its year is no measure of silence.
        select
            *,
            status = 'held' and started_on is not null and coalesce(date_precision, 'day') != 'year' as is_dated
        from with_meetings
    ) as dated
)
select * from with_gaps
