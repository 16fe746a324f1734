{#-
  The group of countries within which claims are compared, and the unit that an incremental build replaces: a pair, or all
  gatherings of three and more together, because two reports of a summit seldom list the same guests.
-#}
{% macro block(sides) -%}
    case when len({{ sides }}) > 2 then 'multilateral' else array_to_string({{ sides }}, '-') end
{%- endmacro %}
