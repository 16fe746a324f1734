with
files as (
    select * from {{ source('landing', 'files') }}
),
documents as (
    select * from {{ source('landing', 'documents') }}
),
present_files as (
    select
        document_id,
        min(source_path) as source_path,
        list(source_path order by source_path) as source_paths
    from files
    where status in ('ingested', 'duplicate')
    group by document_id
),
present_documents as (
    select
        documents.document_id,
        documents.language,
        documents.published_on,
        documents.published_on_basis,
        documents.title,
        present_files.source_path,
        present_files.source_paths
    from documents
    inner join present_files using (document_id)
)

select * from present_documents
