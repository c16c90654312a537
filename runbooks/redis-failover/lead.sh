# Makes this server the primary, whether it was stopped or has become a replica in the meantime.

if ! redis-cli ping >/dev/null 2>&1; then redis-server "$HOME/redis.conf"; fi
until redis-cli -e ping >/dev/null 2>&1; do sleep 0.2; done
redis-cli -e replicaof no one
redis-cli -e config rewrite
