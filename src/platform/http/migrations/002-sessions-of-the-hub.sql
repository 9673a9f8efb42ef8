-- When a session at the hub ends, those that stand on it end too.
create index sessions_by_hub_session on http.sessions ((data -> 'hub' ->> 'sid'))
  where data -> 'hub' ->> 'sid' is not null;
