-- The schema of the module; each noun brings its tables in a file of its own.
create schema if not exists support;
