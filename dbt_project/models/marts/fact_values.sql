with
stated as (
    select * from {{ ref('int_fact_values') }}
)
select
    fact_id,
    fact_type,
    attribute,
    value,
    report_count,
    first_reported_on,
    last_reported_on,
    is_chosen,
    is_contested,
    chosen_because
from stated
