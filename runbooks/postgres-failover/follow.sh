# Makes this server follow the one on the other site: at once when it never led, else rewound to where the two parted, else copied anew.
# `other-site` is a service of pg_service.conf, and primary_conninfo names it too.

follows() { # for this many seconds at most
  looks=$(($1 * 2))
  while [ "$looks" -gt 0 ]; do
    if [ "$(psql -Atc 'select status from pg_stat_wal_receiver' 2>/dev/null || true)" = streaming ]; then return 0; fi
    looks=$((looks - 1))
    sleep 0.5
  done
  return 1
}

start() {
  if ! pg_ctl status >/dev/null; then pg_ctl start -w -t 120 -l "$HOME/postgresql.log" >/dev/null; fi
}

if [ -e "$PGDATA/standby.signal" ]; then
  start
  if follows 10; then
    echo 'It follows the other site.'
    exit 0
  fi
fi

if pg_ctl status >/dev/null; then pg_ctl stop -m fast; fi
if ! pg_rewind --source-server='service=other-site' --target-pgdata="$PGDATA"; then
  # The log of the time when the two parted is gone, or the files are damaged. What was here is kept until somebody deletes it.
  echo 'It cannot be rewound and is copied anew.'
  mv "$PGDATA" "$PGDATA.$(date +%Y%m%d-%H%M%S)"
  pg_basebackup -d service=other-site -D "$PGDATA" -c fast
fi
touch "$PGDATA/standby.signal"
start
if follows 60; then
  echo 'It follows the other site.'
else
  echo 'It runs and does not follow the other site: see postgresql.log.' >&2
  exit 1
fi
