-- report_count is the number of documents that fact_sources lists.
{{ config(meta={'dagster': {'ref': {'name': 'fact_sources'}}}) }}
with
facts as (
    select agreement_id as fact_id, report_count from {{ ref('agreements') }}
    union all
    select flow_id, report_count from {{ ref('financial_flows') }}
    union all
    select meeting_id, report_count from {{ ref('meetings') }}
),
documents as (
    select fact_id, count(distinct document_id) as document_count from {{ ref('fact_sources') }} group by fact_id
)
select *
from facts
full join documents using (fact_id)
where report_count is distinct from document_count
