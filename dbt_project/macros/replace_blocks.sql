{#-
  Incremental strategy `replace_blocks`: the rows of every touched block go, those of touched blocks that still have claims
  come. Blocks whose last claim has gone lose their rows too, which delete+insert by key cannot do.
-#}
{% macro get_incremental_replace_blocks_sql(arg_dict) -%}
    {%- set columns = get_quoted_csv(arg_dict["dest_columns"] | map(attribute="name")) -%}
    delete from {{ arg_dict["target_relation"] }} as built
    using {{ ref('int_blocks') }} as blocks
    where built.fact_type = blocks.fact_type and built.block = blocks.block and blocks.is_touched;

    insert into {{ arg_dict["target_relation"] }} ({{ columns }})
    select {{ columns }} from {{ arg_dict["temp_relation"] }}
{%- endmacro %}
