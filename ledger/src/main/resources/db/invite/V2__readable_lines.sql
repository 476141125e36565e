-- How many lines of an import said something: an audience of which no line can be read is told, and not taken for an empty one.

ALTER TABLE audience_import ADD COLUMN readable BIGINT NOT NULL DEFAULT 0 AFTER next_line;

-- Imports from before are not judged.
UPDATE audience_import SET readable = 1;
