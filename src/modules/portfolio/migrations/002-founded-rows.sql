-- An import compares the rows that founded a project, batch by batch: without this index each batch reads them all.
create index row_identity_founded on portfolio.row_identity (edition_id, row_id) where link = 'founded';
