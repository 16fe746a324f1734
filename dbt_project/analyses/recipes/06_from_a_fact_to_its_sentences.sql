-- Which sentences stand behind a fact?
-- From any agreement_id, flow_id or meeting_id to the words of each report; here the meeting with most reports.
with
chosen as (
    select meeting_id from {{ ref('meetings') }} order by report_count desc, meeting_id limit 1
)
select
    fact_id,
    source_path,
    published_on,
    language,
    match_reason,
    evidence
from {{ ref('fact_sources') }}
where fact_id in (select meeting_id from chosen)
order by published_on nulls last, source_path, evidence_start
