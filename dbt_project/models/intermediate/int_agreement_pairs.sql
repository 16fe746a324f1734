{#-
  Which two claims can be one agreement, how strongly, and why. A package is never its member; another kind, count, value or
  day of signing is another agreement. Outlets in two languages share no words, so kind and time carry the decision, and
  sectors, value, purpose, names and numbers tell agreements of one day apart.
-#}
with
claims as (
    select stated.*
    from {{ ref('int_agreement_claims') }} as stated
    inner join {{ ref('int_blocks') }} as blocks using (block)
    where blocks.fact_type = 'agreement' and blocks.is_touched
),
candidates as (
    select
        one.block,
        one.claim_key as claim_a,
        other.claim_key as claim_b,
        one.kind,
        one.kind = other.kind as is_same_kind,
        list_sort([one.status, other.status]) as statuses,
        one.dated_by = 'day' and other.dated_by = 'day' as both_dated,
        one.dated_by as dated_by_a,
        other.dated_by as dated_by_b,
        case when one.status = 'planned' then one.written_from when other.status = 'planned' then other.written_from end
            as planned_as_of,
        case when one.status = 'planned' then other.known_to when other.status = 'planned' then one.known_to end
            as done_by,
        'none' in (one.dated_by, other.dated_by) as is_undated,
        -- Days between the two windows; 0 where they touch or one is open.
        greatest(one.known_from - other.known_to, other.known_from - one.known_to, 0) as days_apart,
        -- From the report of the plan to what is told as done.
        case
            when one.status = 'planned' and other.status != 'planned' then other.known_to - one.written_from
            when other.status = 'planned' and one.status != 'planned' then one.known_to - other.written_from
        end as days_waited,
        one.instrument_count = other.instrument_count as is_same_count,
        case
            when one.instrument_count = other.instrument_count then true
            when one.instrument_count_bound = 'exact' and other.instrument_count_bound = 'exact' then false
            when one.instrument_count_bound = 'at_least' and other.instrument_count > one.instrument_count then true
            when other.instrument_count_bound = 'at_least' and one.instrument_count > other.instrument_count then true
            when one.instrument_count_bound = 'at_most' and other.instrument_count < one.instrument_count then true
            when other.instrument_count_bound = 'at_most' and one.instrument_count < other.instrument_count then true
            else
                'about' in (one.instrument_count_bound, other.instrument_count_bound)
                and abs(one.instrument_count - other.instrument_count)
                <= 0.2 * greatest(one.instrument_count, other.instrument_count)
        end as counts_agree,
        one.amount is not null and other.amount is not null as both_valued,
        case when one.currency = other.currency then {{ amounts_agree('one', 'other') }} end as agreement,
        one.currency != other.currency
        and abs(one.compared_usd - other.compared_usd) <= 0.2 * greatest(one.compared_usd, other.compared_usd)
            as is_same_value,
        coalesce(one.purpose != other.purpose, false) as is_other_purpose,
        coalesce(one.purpose = other.purpose, false) as is_same_purpose,
        len(list_intersect(one.sectors, other.sectors)) as shared_sectors,
        len(one.sectors) > 0 and len(other.sectors) > 0 as both_in_sectors,
        one.language = other.language as is_same_language,
        len(list_intersect(one.stems, other.stems)) / greatest(least(len(one.stems), len(other.stems)), 1) as shared_stems,
        list_intersect(one.sounds, other.sounds) as sounds,
        list_intersect(one.numbers, other.numbers) as numbers,
        len(list_intersect(one.parties, other.parties))
        / len(list_distinct(list_concat(one.parties, other.parties))) as shared_parties
    from claims as one
    inner join claims as other
        on
            one.block = other.block
            and (one.kind = 'package') = (other.kind = 'package')
            and one.claim_key < other.claim_key
            and one.document_id != other.document_id
            and coalesce(one.known_from <= other.known_to + {{ var('reconciliation').negotiation_days }}, true)
            and coalesce(other.known_from <= one.known_to + {{ var('reconciliation').negotiation_days }}, true)
),
compatible as (
    select *
    from candidates
    where
        is_same_kind
        and counts_agree
        and shared_parties >= 0.5
        and not is_other_purpose
        and (not both_valued or agreement is not null or is_same_value)
        and case
            when 'planned' in statuses and statuses != ['planned', 'planned']
                -- A plan comes before the signing, and the expected day may slip.
                then coalesce(planned_as_of <= done_by + 1, true) and days_apart <= {{ var('reconciliation').plan_days }}
            when both_dated and statuses = ['planned', 'planned'] then days_apart <= {{ var('reconciliation').plan_days }}
            else days_apart <= 1
        end
),
scored as (
    select
        *,
        case
            when is_undated then 0.5
            when both_dated and days_apart = 0 then 2
            when both_dated and days_apart = 1 then 1.5
            when days_apart > 1 then 0.5
            when dated_by_a in ('day', 'month') and dated_by_b in ('day', 'month') then 1.5
            else 1
        end
        + case when days_waited <= {{ var('reconciliation').news_days }} then 0.25 else 0 end as date_points,
        case when kind = 'package' and is_same_count then 2 else 1 end as kind_points,
        case agreement when 'equal' then 2 when 'rounded' then 1.5 else case when is_same_value then 1 else 0 end end
        + case when is_same_purpose then 1 else 0 end as value_points,
        case when shared_sectors > 0 then 1.5 when both_in_sectors then -1.5 else 0 end as sector_points,
        case
            when not is_same_language then 0
            when shared_stems >= 0.3 then 3 * shared_stems
            when shared_stems < 0.1 then -1.5
            else 0
        end
        + least(len(sounds), 4) * 0.25
        + least(len(numbers), 2) * 0.25 as word_points
    from compatible
)
select
    'agreement' as fact_type,
    block,
    claim_a,
    claim_b,
    date_points + kind_points + value_points + sector_points + word_points as score,
    concat_ws(
        ', ',
        'same kind',
        case
            when is_undated then 'no date on one side'
            when both_dated and days_apart = 0 then 'same day'
            when days_apart <= 1 then 'dates agree (' || dated_by_a || ', ' || dated_by_b || ')'
            else days_apart || ' days later than planned'
        end,
        case when is_same_count and kind = 'package' then 'same number of documents' end,
        case agreement
            when 'equal' then 'same value' when 'rounded' then 'same value, rounded'
            else case when is_same_value then 'same value in another currency' end
        end,
        case when is_same_purpose then 'same purpose' end,
        case when shared_sectors > 0 then 'same sector' end,
        case when is_same_language and shared_stems >= 0.3 then 'same words' end
    ) as reason
from scored
