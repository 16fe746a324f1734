{#- How many leading digits an amount states: 43.8 billion has three, 44 billion two. -#}
{% macro significant_digits(amount) -%}
    length(rtrim(replace(cast({{ amount }}::decimal(38, 4) as varchar), '.', ''), '0'))
{%- endmacro %}

{#- An amount rounded to that many leading digits. -#}
{% macro rounded_to(amount, digits) -%}
    round({{ amount }}, ({{ digits }} - 1 - floor(log10(nullif(abs({{ amount }}), 0))))::int)
{%- endmacro %}

{#-
  How near two amounts of one currency are: 'equal', 'rounded' (one is the other with fewer digits, or within what its
  bound allows), null where they differ. Takes the aliases of two rows with amount, amount_bound and digits.
-#}
{% macro amounts_agree(a, b) -%}
    case
        when {{ a }}.amount is null or {{ b }}.amount is null then null
        when abs({{ a }}.amount - {{ b }}.amount) <= 0.005 * greatest({{ a }}.amount, {{ b }}.amount) then 'equal'
        when abs({{ a }}.amount - {{ b }}.amount) > 0.15 * greatest({{ a }}.amount, {{ b }}.amount) then null
        {%- for coarse, fine in [(a, b), (b, a)] %}
        when
            {{ coarse }}.digits < {{ fine }}.digits
            and (
                {{ rounded_to(fine ~ '.amount', coarse ~ '.digits') }} = {{ coarse }}.amount
                or {{ coarse }}.amount_bound = 'at_least' and {{ fine }}.amount > {{ coarse }}.amount
                or {{ coarse }}.amount_bound = 'at_most' and {{ fine }}.amount < {{ coarse }}.amount
            )
            then 'rounded'
        when
            {{ coarse }}.amount_bound = 'about'
            and abs({{ a }}.amount - {{ b }}.amount) <= 0.05 * greatest({{ a }}.amount, {{ b }}.amount)
            then 'rounded'
        {%- endfor %}
    end
{%- endmacro %}
