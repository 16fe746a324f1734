{#-
  Which groups of countries must be reconciled again: those whose claims, rules or overrides are not what the facts of the
  last build were made of. Everything that a decision depends on is in the fingerprint, so it does not matter in how many
  steps the claims arrived, and a build that was killed is simply seen as not done.
-#}
{%- set built = adapter.get_relation(this.database, 'intermediate', 'int_clusters') if execute else none -%}
with
claims as (
    select 'agreement' as fact_type, block, hash(claims) as content from {{ ref('int_agreement_claims') }} as claims
    union all
    select 'flow', block, hash(claims) from {{ ref('int_flow_claims') }} as claims
    union all
    select 'meeting', block, hash(claims) from {{ ref('int_meeting_claims') }} as claims
    union all
    select fact_type, block, hash(overrides) from {{ ref('int_overrides') }} as overrides
),
current_blocks as (
    select
        fact_type,
        block,
        md5(concat_ws('|', sum(content::hugeint), count(*), '{{ reconciliation_version() }}')) as fingerprint
    from claims
    group by fact_type, block
),
built_blocks as (
    {% if built and not flags.FULL_REFRESH -%}
    select distinct fact_type, block, fingerprint from {{ built }}
    {%- else -%}
    select null::varchar as fact_type, null::varchar as block, null::varchar as fingerprint where false
    {%- endif %}
),
compared as (
    select
        fact_type,
        block,
        current_blocks.fingerprint,
        current_blocks.fingerprint is null as is_gone,
        current_blocks.fingerprint is distinct from built_blocks.fingerprint as is_touched
    from current_blocks
    full join built_blocks using (fact_type, block)
)
select * from compared
