{#-
  The rows of a CTE with the dollar rate of their currency on their day: `usd_rate`, `usd_rate_on`, `usd_rate_source`. The
  ECB's daily rate where there is one, else the month's rate of HMRC; null where neither is published, never a guess.
-#}
{% macro with_usd_rate(rows, currency, day) -%}
    select
        priced.*,
        case
            when {{ currency }} = 'USD' then 1.0
            when {{ day }} <= daily.applies_until then daily.usd_per_unit
            when {{ day }} <= monthly.applies_until then monthly.usd_per_unit
        end as usd_rate,
        case
            when {{ currency }} = 'USD' then {{ day }}
            when {{ day }} <= daily.applies_until then daily.rate_on
            when {{ day }} <= monthly.applies_until then monthly.rate_on
        end as usd_rate_on,
        case
            when {{ currency }} = 'USD' then 'stated in dollars'
            when {{ day }} <= daily.applies_until then 'ECB, daily'
            when {{ day }} <= monthly.applies_until then 'HMRC, monthly'
            when {{ currency }} is null then null
            when {{ day }} is null then 'missing: no date to convert at'
            else 'missing: no rate published for that day'
        end as usd_rate_source
    from {{ rows }} as priced
    asof left join (
        select * from {{ source('ref', 'exchange_rates') }} where frequency = 'daily'
    ) as daily on {{ currency }} = daily.currency and {{ day }} >= daily.rate_on
    asof left join (
        select * from {{ source('ref', 'exchange_rates') }} where frequency = 'monthly'
    ) as monthly on {{ currency }} = monthly.currency and {{ day }} >= monthly.rate_on
{%- endmacro %}
