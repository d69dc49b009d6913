"""A copy of what incidents can be filtered and counted by, in memory, column by column, beside PostgreSQL.

Every column holds small numbers that stand for distinct values (tables.py); a filter is answered on the distinct values and
looked up for each incident (masks.py); counting is counting of numbers (incidents/aggregates). Before each answer the copy takes
in what changed (following.py), so it is never stale. docs/scaling.md has the memory it takes.
"""
