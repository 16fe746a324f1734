{#- Last day of the month or year that `started_on` opens, but for what is done not later than the report of it. -#}
{% macro month_or_year_end(past_status, part) -%}
    case
        when status = '{{ past_status }}'
            then least(started_on + interval 1 {{ part }} - interval 1 day, coalesce(written_to, date '9999-12-31'))::date
        else (started_on + interval 1 {{ part }} - interval 1 day)::date
    end
{%- endmacro %}
