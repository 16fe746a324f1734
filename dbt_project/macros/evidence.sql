{#- The stems of a text's words, to be compared within one language: lower case, the first five letters, short words left out. -#}
{% macro evidence_stems(text) -%}
    list_sort(list_distinct(list_transform(
        regexp_extract_all(lower(strip_accents({{ text }})), '\p{L}{4,}'), word -> left(word, 5)
    )))
{%- endmacro %}

{#-
  What a text's words sound like, to be compared across scripts: Cyrillic and Arabic letters in Latin, then the skeleton of
  the word without its ending. Names meet here (Masdar, Масдар, مصدر), other words seldom do.
-#}
{% macro evidence_sounds(text) -%}
    list_sort(list_distinct(list_filter(
        list_transform(
            regexp_extract_all(
                translate(
                    lower(strip_accents({{ text }})),
                    'абвгдежзийклмнопрстуфхцчшщыэюяәғқңөұүһіёўҳابتثجحخدذرزسشصضطظغفقكلمنهويىپچگژأإآıъьعةءئؤ',
                    'abvgdezziyklmnoprstufhssssieuaagknouuhieuhabtsjhhdzrzsssdtzgfkklmnhuyapskzaaai'
                ),
                '[a-z]{4,}'
            ),
            word -> left({{ skeleton("regexp_replace(word, '^al', '')") }}, 4)
        ),
        sound -> length(sound) >= 3
    )))
{%- endmacro %}

{#- The numbers of a text (2025, 500, 8.2), digits of all scripts in ASCII and commas as points. -#}
{% macro evidence_numbers(text) -%}
    list_sort(list_distinct(regexp_extract_all(
        translate({{ text }}, '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫,', '01234567890123456789..'), '\d+(?:\.\d+)?'
    )))
{%- endmacro %}

{#- How many characters of a document part the evidence of two claims; 0 where they overlap. -#}
{% macro evidence_gap(one, other) -%}
    greatest({{ other }}.evidence_start - {{ one }}.evidence_end, {{ one }}.evidence_start - {{ other }}.evidence_end, 0)
{%- endmacro %}
