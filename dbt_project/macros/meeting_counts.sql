{#- Meetings held, by level and by medium: the same columns per pair and per pair and year. -#}
{% macro meeting_counts() -%}
    count(*) filter (where status = 'held') as meetings_held,
    {%- for tier in ['leaders', 'ministers', 'officials'] %}
    count(*) filter (where status = 'held' and tier = '{{ tier }}') as meetings_of_{{ tier }},
    {%- endfor %}
    count(*) filter (where status = 'held' and tier is null) as meetings_of_unknown_level,
    {%- for name, medium in [('in_person', 'in_person'), ('by_phone', 'phone'), ('by_video', 'video')] %}
    count(*) filter (where status = 'held' and medium = '{{ medium }}') as meetings_{{ name }},
    {%- endfor %}
    min(started_on) filter (where status = 'held') as first_meeting_on,
    max(started_on) filter (where status = 'held') as last_meeting_on,
    median(gap_days) as median_gap_days,
    max(gap_days) as longest_gap_days
{%- endmacro %}
