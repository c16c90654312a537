# Makes this server the replica of the one that leads now. What it holds and the other does not is given up.

if ! redis-cli ping >/dev/null 2>&1; then redis-server "$HOME/redis.conf"; fi
until redis-cli -e ping >/dev/null 2>&1; do sleep 0.2; done
redis-cli -e replicaof "$to_address" "$to_port"
redis-cli -e config rewrite
