{#- Hash of the models, limits and macros that decide: a change of rules makes every fact be built again. -#}
{% macro reconciliation_version() -%}
    {%- set parts = [tojson(var('reconciliation'), sort_keys=true), amounts_agree('one', 'other')] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.fqn[1] == 'intermediate' -%}
            {%- do parts.append(node.name ~ node.checksum.checksum) -%}
        {%- endfor -%}
    {%- endif -%}
    {{- local_md5(parts | sort | join(',')) -}}
{%- endmacro %}
