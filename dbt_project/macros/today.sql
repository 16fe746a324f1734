{#- The day that "days since" and "years left" count to: today, or BILATERAL_TODAY for output that can be compared. -#}
{% macro today() -%}
    coalesce(try_cast('{{ env_var("BILATERAL_TODAY", "") }}' as date), current_date)
{%- endmacro %}
