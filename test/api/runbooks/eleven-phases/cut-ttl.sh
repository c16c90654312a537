# Cuts the time that resolvers may keep the address, and arranges that the old time comes back by itself in $expires seconds.

nsupdate -k "$HOME/dr.key" <<END
server 127.0.0.1
update delete $name A
update add $name 10 A $old_address
send
END

# One that an earlier drill has left waiting knows the time from before its own cut: it stays.
if [ -e ttl-backstop.pid ] && kill -0 "$(cat ttl-backstop.pid)" 2>/dev/null; then exit 0; fi

# In a session of its own, so that it outlives this connection and can be ended as one. On a host with systemd, use
# `systemd-run --user --on-active=$expires` instead: it outlives a restart too.
export name old_ttl expires
setsid sh -c '
  sleep "$expires"
  address=$(dig +short @127.0.0.1 "$name" A)
  printf "server 127.0.0.1\nupdate delete %s A\nupdate add %s %s A %s\nsend\n" "$name" "$name" "$old_ttl" "$address" | nsupdate -k "$HOME/dr.key"
  rm -f ttl-backstop.pid
' >/dev/null 2>&1 </dev/null &
echo $! >ttl-backstop.pid
