{{ config(materialized='incremental', incremental_strategy='replace_blocks', on_schema_change='fail') }}
{#-
  Which claims are one fact. Claims start alone; in every step each group looks for the group it fits best, and two groups
  that choose each other become one, if every claim of the one is compatible with every claim of the other. A group that
  fits two others equally well, which do not fit each other, joins neither: an open question stays open. The outcome depends
  on the claims alone, not on their order. Only touched blocks are computed.
-#}
with recursive
claims as (
    select
        claims.fact_type,
        claims.block,
        blocks.fingerprint,
        claims.claim_id,
        claims.claim_key,
        claims.document_id,
        claims.published_on
    from (
        select 'agreement' as fact_type, block, claim_id, claim_key, document_id, published_on
        from {{ ref('int_agreement_claims') }}
        union all
        select 'flow', block, claim_id, claim_key, document_id, published_on from {{ ref('int_flow_claims') }}
        union all
        select 'meeting', block, claim_id, claim_key, document_id, published_on from {{ ref('int_meeting_claims') }}
    ) as claims
    inner join {{ ref('int_blocks') }} as blocks using (fact_type, block)
    where blocks.is_touched
),
found_pairs as (
    select * from {{ ref('int_agreement_pairs') }}
    union all
    select * from {{ ref('int_flow_pairs') }}
    union all
    select * from {{ ref('int_meeting_pairs') }}
),
overrides as (
    select overrides.*
    from {{ ref('int_overrides') }} as overrides
    inner join {{ ref('int_blocks') }} as blocks using (fact_type, block)
    where blocks.is_touched
),
same as (
    select claim_a as claim_key, claim_b as other_key from overrides where decision = 'same'
    union
    select claim_b, claim_a from overrides where decision = 'same'
),
-- Claims that a person has joined are one node from the start; the lowest key names it.
nodes (claim_key, node) using key (claim_key) as (
    select claim_key, claim_key as node from claims
    union
    select known.claim_key, min(nodes.node) as node
    from nodes
    inner join same using (claim_key)
    inner join recurring.nodes as known on same.other_key = known.claim_key
    where nodes.node < known.node
    group by known.claim_key
),
pairs as (
    select
        least(one.node, other.node) as node_a,
        greatest(one.node, other.node) as node_b,
        max(
            found_pairs.score - case found_pairs.fact_type
                when 'agreement' then {{ var('reconciliation').least_score.agreement }}
                when 'flow' then {{ var('reconciliation').least_score.flow }}
                when 'meeting' then {{ var('reconciliation').least_score.meeting }}
            end
        ) as score
    from found_pairs
    inner join nodes as one on found_pairs.claim_a = one.claim_key
    inner join nodes as other on found_pairs.claim_b = other.claim_key
    where one.node != other.node
    group by node_a, node_b
),
kept_apart as (
    select distinct
        least(one.node, other.node) as node_a,
        greatest(one.node, other.node) as node_b
    from overrides
    inner join nodes as one on overrides.claim_a = one.claim_key
    inner join nodes as other on overrides.claim_b = other.claim_key
    where overrides.decision = 'different'
),
allowed_pairs as (
    select pairs.* from pairs anti join kept_apart using (node_a, node_b)
),
grouping_steps (step, node, cluster) as (
    select 0, node, node from (
        select node_a as node from allowed_pairs
        union
        select node_b from allowed_pairs
    )
    union all
    (
        with
        state as (
            select * from grouping_steps
        ),
        sizes as (
            select cluster, count(*) as size from state group by cluster
        ),
        -- Two groups fit when all their pairs are compatible, as well as their best pair does: what a brief report leaves
        -- out says nothing against it.
        fitting as (
            select
                least(one.cluster, other.cluster) as cluster_a,
                greatest(one.cluster, other.cluster) as cluster_b,
                max(allowed_pairs.score) as score
            from allowed_pairs
            inner join state as one on allowed_pairs.node_a = one.node
            inner join state as other on allowed_pairs.node_b = other.node
            inner join sizes as size_one on one.cluster = size_one.cluster
            inner join sizes as size_other on other.cluster = size_other.cluster
            where one.cluster != other.cluster
            group by least(one.cluster, other.cluster), greatest(one.cluster, other.cluster)
            having count(*) = any_value(size_one.size * size_other.size) and max(allowed_pairs.score) >= 0
        ),
        choices as (
            select cluster_a as chooser, cluster_b as choice, score from fitting
            union all
            select cluster_b, cluster_a, score from fitting
        ),
        -- Nearly as good as the best.
        favourites as (
            select chooser, choice, score from choices
            qualify score > max(score) over (partition by chooser) - 0.2
        ),
        rivalries as (
            select
                one.chooser,
                one.choice,
                other.choice as rival
            from favourites as one
            inner join favourites as other on one.chooser = other.chooser and one.choice != other.choice
            anti join fitting
                on
                    fitting.cluster_a = least(one.choice, other.choice)
                    and fitting.cluster_b = greatest(one.choice, other.choice)
        ),
        torn as (
            select distinct chooser from rivalries
        ),
        -- A rival that is torn itself will not choose back now, so it keeps nobody waiting.
        open_choices as (
            select chooser, choice, score from favourites
            where chooser not in (select chooser from torn) or choice not in (select chooser from torn)
        ),
        best as (
            select chooser, choice from open_choices
            where chooser not in (
                select rivalries.chooser
                from rivalries
                inner join open_choices as one on rivalries.chooser = one.chooser and rivalries.choice = one.choice
                inner join open_choices as other on rivalries.chooser = other.chooser and rivalries.rival = other.choice
            )
            qualify row_number() over (
                partition by chooser order by score desc, least(chooser, choice), greatest(chooser, choice)
            ) = 1
        ),
        mergers as (
            select one.chooser as absorbed, one.choice as cluster
            from best as one
            inner join best as other on one.chooser = other.choice and one.choice = other.chooser
            where one.chooser > one.choice
        )
        select
            state.step + 1,
            state.node,
            coalesce(mergers.cluster, state.cluster)
        from state
        left join mergers on state.cluster = mergers.absorbed
        where exists (select 1 from mergers)
    )
),
clusters as (
    select
        nodes.claim_key,
        coalesce(last_step.cluster, nodes.node) as cluster
    from nodes
    left join (
        select node, cluster from grouping_steps where step = (select max(step) from grouping_steps)
    ) as last_step using (node)
),
-- Why a claim is where it is: its strongest pair within the fact.
links as (
    select claim_a as claim_key, claim_b as other_key, score, reason from found_pairs
    union all
    select claim_b, claim_a, score, reason from found_pairs
    union all
    select claim_a, claim_b, 1000, 'override: ' || reason from overrides where decision = 'same'
    union all
    select claim_b, claim_a, 1000, 'override: ' || reason from overrides where decision = 'same'
),
reasons as (
    select
        links.claim_key,
        arg_max(links.other_key, (links.score, links.other_key)) as matched_claim_key,
        max(links.score) as match_score,
        arg_max(links.reason, (links.score, links.other_key)) as match_reason
    from links
    inner join clusters as one using (claim_key)
    inner join clusters as other on links.other_key = other.claim_key and one.cluster = other.cluster
    group by links.claim_key
),
-- The founding claim names the fact: the earliest report, so that later ones leave the id as it is.
founders as (
    select
        clusters.cluster,
        arg_min(
            claims.claim_key, (coalesce(claims.published_on, date '9999-12-31'), claims.claim_key)
        ) as founding_claim_key
    from clusters
    inner join claims using (claim_key)
    group by clusters.cluster
),
facts as (
    select
        claims.fact_type,
        claims.block,
        claims.fingerprint,
        claims.claim_id,
        claims.claim_key,
        claims.fact_type || '-' || left(md5(founders.founding_claim_key), 12) as fact_id,
        reasons.matched_claim_key,
        reasons.match_score,
        coalesce(reasons.match_reason, 'the only report') as match_reason
    from claims
    inner join clusters using (claim_key)
    inner join founders using (cluster)
    left join reasons using (claim_key)
)
select * from facts
