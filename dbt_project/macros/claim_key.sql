{#-
  The lasting name of a claim: document, place in the text and what tells claims of one place apart. Unlike claim_id it
  survives a new version of the extractor that reads the same claim from the same words, so that fact ids and overrides
  stay. Claims that cannot be told apart are numbered.
-#}
{% macro claim_key(fact_type, columns) -%}
    {%- set place = "concat_ws('|', claims.document_id, '" ~ fact_type ~ "', claims.evidence_start, " ~ columns ~ ")" -%}
    md5(concat_ws('|', {{ place }}, row_number() over (partition by {{ place }} order by claims.claim_id)))
{%- endmacro %}
