-- Which named agreements belong to which package?
-- A package counts documents that reports did not name; its named members are rows of their own.
select
    array_to_string(packages.parties, ' ') as parties,
    packages.signed_on,
    concat_ws(' ', nullif(packages.instrument_count_bound, 'exact'), packages.instrument_count) as documents,
    members.kind as member_kind,
    members.subject as member_subject
from {{ ref('agreements') }} as packages
left join {{ ref('agreements') }} as members on packages.agreement_id = members.package_id
where packages.kind = 'package'
order by packages.signed_on desc nulls last, packages.agreement_id, members.agreement_id
