-- Where do reports contradict each other, and which value was taken?
-- All values stay; the reason is `majority`, `official source` or `latest`, after `more precise`.
select
    fact_id,
    attribute,
    value,
    report_count,
    is_chosen,
    chosen_because
from {{ ref('fact_values') }}
qualify bool_or(is_contested) over (partition by fact_id, attribute)
order by fact_id, attribute, is_chosen desc, value
