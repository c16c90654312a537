# Makes this server the primary, whether it was stopped or has become a standby in the meantime.

if ! pg_ctl status >/dev/null; then pg_ctl start -w -t 120 -l "$HOME/postgresql.log" >/dev/null; fi
if [ "$(psql -Atc 'select pg_is_in_recovery()')" = t ]; then pg_ctl promote -w; fi
echo 'It is the primary.'
