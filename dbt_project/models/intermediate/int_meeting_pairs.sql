{#-
  Which two claims can be one meeting, how strongly, and why. Pairs that contradict each other (another medium, other people
  on one side, another day, another city) are not here, and claims of one document never are: a fact is built only of claims
  that are all compatible with each other. See int_clusters.
-#}
with
claims as (
    select stated.*
    from {{ ref('int_meeting_claims') }} as stated
    inner join {{ ref('int_blocks') }} as blocks using (block)
    where blocks.fact_type = 'meeting' and blocks.is_touched
),
candidates as (
    select
        one.block,
        one.claim_key as claim_a,
        other.claim_key as claim_b,
        one.status as status_a,
        other.status as status_b,
        one.status = other.status as is_same_status,
        one.dated_by as dated_by_a,
        other.dated_by as dated_by_b,
        one.dated_by = 'day' and other.dated_by = 'day' as both_dated,
        -- Who came, without whom he met: the visit was to his peer.
        one.named_sides = 1 and other.is_of_peers or other.named_sides = 1 and one.is_of_peers as is_among_peers,
        'none' in (one.dated_by, other.dated_by) as is_undated,
        -- Days between the two windows; 0 where they touch or one is open.
        greatest(one.known_from - other.known_to, other.known_from - one.known_to, 0) as days_apart,
        -- From the report of the plan to what is told as held.
        case
            when one.status = 'planned' and other.status = 'held' then other.known_to - one.written_from
            when other.status = 'planned' and one.status = 'held' then one.known_to - other.written_from
        end as days_waited,
        len(list_intersect(one.people, other.people)) as shared_people,
        list_transform(
            list_intersect(one.countries, other.countries),
            side -> struct_pack(
                named_a := len(list_filter(one.people, person -> starts_with(person, side || '-'))),
                named_b := len(list_filter(other.people, person -> starts_with(person, side || '-'))),
                shared := len(
                    list_filter(list_intersect(one.people, other.people), person -> starts_with(person, side || '-'))
                )
            )
        ) as sides,
        one.city_key = other.city_key as is_same_city,
        one.city_key != other.city_key as is_other_city,
        one.host_country = other.host_country as is_same_host,
        one.host_country != other.host_country as is_other_host,
        one.forum is not null and other.forum is not null as both_in_forum,
        {{ folded('one.forum') }} = {{ folded('other.forum') }} as is_same_forum,
        len(list_intersect(one.countries, other.countries))
        / len(list_distinct(list_concat(one.countries, other.countries))) as shared_countries
    from claims as one
    inner join claims as other
        on
            one.block = other.block
            and one.manner = other.manner
            and one.claim_key < other.claim_key
            and one.document_id != other.document_id
            -- The widest that two windows may be apart; closer limits follow below.
            and coalesce(one.known_from <= other.known_to + {{ var('reconciliation').slip_days }}, true)
            and coalesce(other.known_from <= one.known_to + {{ var('reconciliation').slip_days }}, true)
),
judged as (
    select
        *,
        len(list_filter(sides, side -> side.shared > 0)) as shared_sides,
        len(list_filter(sides, side -> side.named_a > 0 and side.named_b > 0 and side.shared = 0)) as contradicted_sides
    from candidates
),
compatible as (
    select *
    from judged
    where
        contradicted_sides = 0
        and shared_countries >= 0.5
        and case
            -- Two reports of one day can differ by a day (time zones, "today" in a text of the next morning).
            when is_same_status and both_dated then days_apart <= 1
            when both_dated then days_apart <= {{ var('reconciliation').slip_days }}
            else days_apart <= 1
        end
        -- One city against another settles it, unless day and people on two sides say that one report has it wrong.
        and (
            not coalesce(is_other_city or is_other_host, false)
            or (both_dated and days_apart = 0 and shared_sides >= 2)
        )
),
scored as (
    select
        *,
        case
            when is_undated then 0.5
            when both_dated and days_apart = 0 then 3.5
            when both_dated and days_apart = 1 then 2
            when both_dated then 1
            when dated_by_a in ('day', 'month') and dated_by_b in ('day', 'month') then 1.5
            when 'year' in (dated_by_a, dated_by_b) then 0.5
            else 1
        end
        + case when days_waited <= {{ var('reconciliation').news_days }} then 0.25 else 0 end as date_points,
        1.5 * least(shared_sides, 2) + least(shared_people, 4) * 0.25 + case when is_among_peers then 0.25 else 0 end
            as people_points,
        case when is_same_city then 1.5 when is_other_city or is_other_host then -1 when is_same_host then 0.75 else 0 end
            as place_points,
        case when is_same_forum then 1 when both_in_forum then 0.5 else 0 end as forum_points
    from compatible
)
select
    'meeting' as fact_type,
    block,
    claim_a,
    claim_b,
    date_points + people_points + place_points + forum_points as score,
    concat_ws(
        ', ',
        case
            when is_undated then 'no date on one side'
            when both_dated and days_apart = 0 then 'same day'
            when both_dated then days_apart || case days_apart when 1 then ' day apart' else ' days apart' end
            else 'dates agree (' || dated_by_a || ', ' || dated_by_b || ')'
        end,
        case shared_people
            when 0 then null
            when 1 then '1 person in common'
            else shared_people || ' people in common'
        end,
        case when is_same_city then 'same city' when is_same_host then 'same host' end,
        case when is_same_forum then 'same forum' end,
        case when not is_same_status then 'planned, then held' end
    ) as reason
from scored
