-- A measure is written only together with the total of its month, whose row holds the indicator by a reference of its own:
-- the same reference on each measure said nothing more, and checking it row by row was a third of the time of an intake.
alter table impact.measures drop constraint measures_indicator_id_fkey;
