{#- Names and words in Latin script, folded so that spellings meet. All macros take and give SQL expressions. -#}

{#- Lower case, no accents, letters and single blanks only. -#}
{% macro folded(text) -%}
    trim(regexp_replace(
        translate(lower(strip_accents(replace({{ text }}, 'İ', 'I'))), 'ıəħðđłøœßþʼ’''`-–.', 'iahddloosp        '),
        '[^a-z ]+| {2,}', ' ', 'g'
    ))
{%- endmacro %}

{#-
  The consonants of one folded word in classes that romanisations of one sound share: Zhaparov, Japarov, Dzhaparov and
  Caparov all give SPRF. `soft_c` reads c as in Turkish (dj), else it is read as k; a caller that does not know the
  language compares both. Vowels are dropped but for a leading one; h and kh are dropped, for languages disagree on them.
-#}
{% macro skeleton(word, soft_c=false) -%}
    {%- set sounds = [
        ('^[aeiouy]+', 'A'), ('sch|tch|dzh|dsh|dj|dz|zh|sh|ch|ts|tz|[zsjx]', 'S'), ('ph|[vfw]', 'F'), ('kh|h', ''),
        ('c', 'S' if soft_c else 'K'), ('[qkg]', 'K'), ('[dt]', 'T'), ('[pb]', 'P'), ('l', 'L'), ('r', 'R'), ('m', 'M'),
        ('n', 'N'), ('[a-z]+', ''), ('S+', 'S'), ('F+', 'F'), ('K+', 'K'), ('T+', 'T'), ('P+', 'P'), ('L+', 'L'),
        ('R+', 'R'), ('M+', 'M'), ('N+', 'N'),
    ] -%}
    {%- set ns = namespace(sql=word) -%}
    {%- for sound, letter in sounds -%}
        {%- set ns.sql = "regexp_replace(" ~ ns.sql ~ ", '" ~ sound ~ "', '" ~ letter ~ "', 'g')" -%}
    {%- endfor -%}
    {{ ns.sql }}
{%- endmacro %}

{#- Key of one folded word: its skeleton, or the word itself where too few consonants are left to tell anything. -#}
{% macro word_key(word, soft_c=false) -%}
    case when length({{ skeleton(word, soft_c) }}) >= 2 then {{ skeleton(word, soft_c) }} else {{ word }} end
{%- endmacro %}
