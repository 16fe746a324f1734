{#- For sqlfluff alone, which knows neither dbt's context nor how to read a long chain of regular expressions quickly. -#}
{% macro env_var(name, default='') %}{{ default }}{% endmacro %}

{% macro reconciliation_version() %}version{% endmacro %}

{% macro skeleton(word, soft_c=false) %}upper({{ word }}){% endmacro %}
