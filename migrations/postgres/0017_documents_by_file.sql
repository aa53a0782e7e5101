-- Which documents a file stands in is asked for every file that comes.
create index document_file on document (file_id);
