with
reference as (
    select * from {{ source('ref', 'countries') }}
),
seen as (
    select distinct unnest(parties) as code from {{ ref('agreements') }}
    union
    select unnest(pair) from {{ ref('financial_flows') }}
    union
    select unnest(countries) from {{ ref('meetings') }}
    union
    select host_country from {{ ref('meetings') }} where host_country is not null
),
countries as (
    select
        code,
        coalesce(reference.name, code) as name,
        reference.region,
        coalesce(reference.kind, 'unknown') as kind,
        seen.code is not null as is_in_facts
    from reference
    full join seen using (code)
)
select * from countries
