# Reads every page once. A page that is not in the cache yet takes longer.

mkdir -p warm
for page in $(seq 20); do
  if [ ! -e "warm/$page" ]; then
    sleep 0.05
    touch "warm/$page"
  fi
done
sleep 0.4
