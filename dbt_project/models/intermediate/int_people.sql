{#-
  Who is who: spellings of one name become one person, within a country. Full names meet when every word of the shorter
  one has its counterpart in the longer one, in any order; a surname alone joins the only person (or the only one in that
  office) who bears it, and stays by itself where that is not settled. The same surname can so be two people: the office
  tells.
-#}
with recursive
mentions as (
    select
        unnest(participants, recursive := true)
    from {{ ref('stg_meeting_claims') }}
),
offices_held as (
    select
        country,
        name,
        coalesce(role, 'other') as role,
        count(*) as mention_count
    from mentions
    where trim(name) != '' and country is not null
    group by country, name, coalesce(role, 'other')
),
names as (
    select
        country,
        name,
        {{ folded('name') }} as folded_name,
        list_sort(list(role)) as roles
    from offices_held
    group by country, name
),
words as (
    select
        country,
        name,
        folded_name,
        roles,
        unnest(range(1, len(split) + 1)) as position,
        unnest(split) as word
    from (
        select
            *,
            list_filter(
                string_split(folded_name, ' '),
                word -> length(word) > 1
                and word not in ('al', 'el', 'bin', 'ibn', 'ben', 'bint', 'van', 'von', 'de', 'da', 'di', 'der', 'ul', 'ur')
            ) as split
        from names
    )
),
keys as (
    select country, name, position, {{ word_key('word') }} as key from words
    union
    select country, name, position, {{ word_key('word', soft_c=true) }} from words
),
sizes as (
    select country, name, max(position) as word_count from words group by country, name
),
matches as (
    select
        one.country,
        one.name,
        other.name as other_name,
        least(count(distinct one.position), count(distinct other.position)) as matched
    from keys as one
    inner join keys as other on one.country = other.country and one.key = other.key and one.name != other.name
    group by one.country, one.name, other.name
),
same_full_name as (
    select
        matches.country,
        matches.name,
        matches.other_name
    from matches
    inner join sizes on matches.country = sizes.country and matches.name = sizes.name
    inner join sizes as other_sizes
        on matches.country = other_sizes.country and matches.other_name = other_sizes.name
    where
        least(sizes.word_count, other_sizes.word_count) >= 2
        and (
            matches.matched >= least(sizes.word_count, other_sizes.word_count)
            or jaro_winkler_similarity({{ folded('matches.name') }}, {{ folded('matches.other_name') }}) >= 0.93
        )
),
-- Each name starts as its own group; the lower label spreads to neighbours until nothing changes.
full_names (country, name, label) using key (country, name) as (
    select country, name, name as label from sizes where word_count >= 2
    union
    select
        known.country,
        known.name,
        min(full_names.label) as label
    from full_names
    inner join same_full_name using (country, name)
    inner join recurring.full_names as known
        on same_full_name.country = known.country and same_full_name.other_name = known.name
    where full_names.label < known.label
    group by known.country, known.name
),
bearers as (
    select
        singles.country,
        singles.name,
        offices_held.role,
        full_names.label,
        bool_or(list_contains(other_names.roles, offices_held.role)) as shares_office
    from sizes as singles
    inner join offices_held using (country, name)
    inner join matches using (country, name)
    inner join full_names on matches.country = full_names.country and matches.other_name = full_names.name
    inner join names as other_names on full_names.country = other_names.country and full_names.name = other_names.name
    where singles.word_count = 1
    group by singles.country, singles.name, offices_held.role, full_names.label
),
settled_singles as (
    select
        country,
        name,
        role,
        case
            when count(*) = 1 then min(label)
            when count(*) filter (where shares_office) = 1 then min(label) filter (where shares_office)
        end as label
    from bearers
    group by country, name, role
),
single_keys as (
    select country, name, min(key) as key from keys group by country, name
),
labelled as (
    select
        offices_held.*,
        names.folded_name,
        sizes.word_count,
        coalesce(full_names.label, settled_singles.label, single_keys.key, names.folded_name) as label
    from offices_held
    inner join names using (country, name)
    left join sizes using (country, name)
    left join full_names using (country, name)
    left join settled_singles using (country, name, role)
    left join single_keys using (country, name)
),
-- The id hashes the sorted skeletons of the group's fullest name, which another spelling seldom changes.
fullest as (
    select
        labelled.country,
        labelled.label,
        arg_min(
            coalesce(spelled.spelling, labelled.folded_name),
            (-coalesce(labelled.word_count, 0), coalesce(spelled.spelling, labelled.folded_name))
        ) as spelling
    from labelled
    left join (
        select country, name, string_agg(key, ' ' order by key) as spelling
        from (select country, name, position, min(key) as key from keys group by country, name, position)
        group by country, name
    ) as spelled using (country, name)
    group by labelled.country, labelled.label
),
people as (
    select
        labelled.country,
        labelled.name,
        labelled.role,
        labelled.country || '-' || left(md5(labelled.country || '|' || fullest.spelling), 10) as person_id,
        labelled.mention_count,
        coalesce(labelled.word_count, 0) as word_count
    from labelled
    inner join fullest using (country, label)
)
select * from people
