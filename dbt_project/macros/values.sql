{#- A stated date as words: as long as the text's own precision. -#}
{% macro stated_day(day, precision) -%}
    case {{ precision }}
            when 'year' then left({{ day }}::varchar, 4)
            when 'month' then left({{ day }}::varchar, 7)
            else {{ day }}::varchar
        end
{%- endmacro %}

{#- An amount without exponent and without empty decimals. -#}
{% macro plain_number(amount) -%}
    rtrim(rtrim(printf('%.4f', {{ amount }}), '0'), '.')
{%- endmacro %}
