#!/usr/bin/env bash
# Brings docker-compose.yml up on a machine that has only Debian's packages, and shows that it does what it is for:
#   1. every image is built, every container becomes healthy, the demo payment reaches the shop's webhook;
#   2. with two instances of every stateless service, thousands of payments run while one of each is killed: none may fail;
#   3. Prometheus scrapes every instance, its alert rules load, every series that alerts and dashboards ask for is there, and the
#      database answers every question of the runbooks.
# It starts a Docker engine of its own, removes what it made, and may be run again and again. Needs root.
#
# FERRY_VERIFY_HOME    where the engine and the stand-ins' downloads are kept (default /var/tmp/ferrypay-verify)
# FERRY_VERIFY_KEEP=1  leaves stand-ins and built images for the next run
# FERRY_PORT_BASE      the gateways' ports are this and the next (default 7200)
# Arguments name the steps to do instead of all: stand-ins build up metrics runbooks scale down
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
home=${FERRY_VERIFY_HOME:-/var/tmp/ferrypay-verify}
base=${FERRY_PORT_BASE:-7200}
payments=${FERRY_VERIFY_PAYMENTS:-2400}
shoppers=${FERRY_VERIFY_SHOPPERS:-24}
log=$home/verify.log
socket=$home/docker.sock
stateless=(merchant-service payment-channel-service notify-service trade-admin-service reconcile-service job-service gateway-service)

# Debian's own clients: one that was installed by hand may lack BuildKit.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH DOCKER_HOST=unix://$socket DOCKER_BUILDKIT=1 COMPOSE_DOCKER_CLI_BUILD=1 DOCKER=/usr/bin/docker
export COMPOSE_PROJECT_NAME=ferrypay-verify

mkdir -p "$home"
exec > >(tee -a "$log") 2>&1
said=$(date +%s)
say() { printf '%s  +%4d s  %s\n' "$(date -u +%H:%M:%S)" "$(($(date +%s) - said))" "$*"; }
fail() { say "FAILED: $*"; exit 1; }
compose() { docker-compose --env-file "$home/env" -f "$root/docker-compose.yml" "$@"; }

install() {
  local missing=() package
  for package in docker.io docker-compose debootstrap openssl; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    say "installing ${missing[*]}"
    apt-get update -qq
    # Nothing is started by the packages: the engine here is our own, at its own socket.
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$home/apt.log" 2>&1 || fail "see $home/apt.log"
    rm -f /usr/sbin/policy-rc.d
  fi
}

engine=
start_engine() {
  if [ -S "$socket" ] && docker version >/dev/null 2>&1; then return; fi
  rm -f "$home/docker.pid" "$socket"
  dockerd --data-root "$home/docker" --exec-root "$home/docker-run" --host "$DOCKER_HOST" --pidfile "$home/docker.pid" >"$home/dockerd.log" 2>&1 &
  engine=$!
  for _ in $(seq 60); do
    docker version >/dev/null 2>&1 && { say "engine $(docker version --format '{{.Server.Version}}'), compose $(docker-compose version --short)"; return; }
    kill -0 "$engine" 2>/dev/null || fail "dockerd ended: $(tail -n 3 "$home/dockerd.log")"
    sleep 1
  done
  fail "dockerd did not answer"
}
stop_engine() {
  [ -n "$engine" ] || return 0
  kill "$engine" 2>/dev/null || true
  wait "$engine" 2>/dev/null || true
  engine=
}

settings() {
  "$root/deploy/make-secrets.sh" "$home/secrets" >/dev/null
  sed -e "s|^FERRY_SECRETS=.*|FERRY_SECRETS=$home/secrets|" -e "s|^FERRY_ENV=.*|FERRY_ENV=$root/deploy/env/demo|" \
    -e "s|^FERRY_PORTS=.*|FERRY_PORTS=127.0.0.1:$base-$((base + 1))|" -e "s|^FERRY_SANDBOX_PORT=.*|FERRY_SANDBOX_PORT=127.0.0.1:$((base + 6))|" \
    -e "s|^FERRY_PROMETHEUS_PORT=.*|FERRY_PROMETHEUS_PORT=127.0.0.1:$((base + 9))|" "$root/.env.example" >"$home/env"
  # On two cores the second compiler would only compete with sixteen starts.
  printf 'FERRY_JAVA_OPTIONS=-XX:TieredStopAtLevel=1\n' >>"$home/env"
}

stand_ins() {
  "$root/deploy/stand-ins/make.sh" "$home/stand-ins"
  say "stand-ins are there"
}

build() {
  compose build --quiet >"$home/build.log" 2>&1 || { tail -n 40 "$home/build.log"; fail "the images could not be built"; }
  say "images: $(docker images 'ferrypay/*' --format '{{.Repository}} {{.Size}}' | sed 's|ferrypay/||' | sort | paste -sd ';')"
}

# All containers of a service; only the healthy ones with "healthy" behind it.
containers() { docker ps -q --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" --filter "label=com.docker.compose.service=$1" ${2:+--filter "health=$2"}; }

await_healthy() { # service, how many
  for _ in $(seq 420); do
    [ "$(containers "$1" healthy | wc -l)" -ge "$2" ] && return
    sleep 1
  done
  compose logs --no-color --tail 25 "$1"
  fail "$1 did not become healthy"
}

up() {
  # What an earlier run left when its engine was stopped.
  compose --profile observability --profile demo down --volumes --remove-orphans --timeout 5 >"$home/down.log" 2>&1 || true
  compose up -d --no-build >"$home/up.log" 2>&1 || { tail -n 20 "$home/up.log"; compose ps; compose logs --no-color --tail 15; fail "not up"; }
  local service
  for service in registry-service channel-sandbox "${stateless[@]}"; do await_healthy "$service" 1; done
  say "every container is healthy: $(docker ps --format '{{.Names}}' | wc -l) of them"
  local demo
  demo=$(docker ps -aq --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" --filter label=com.docker.compose.service=demo)
  [ "$(docker wait "$demo")" = 0 ] || { docker logs "$demo"; fail "the demo payment"; }
  docker logs "$demo"
  say "the demo payment reached its webhook"
  local running
  running=$(containers payment-channel-service | head -n 1)
  say "as user $(docker exec "$running" id -u), root file system read-only: $(docker exec "$running" sh -c 'touch /app/x 2>/dev/null && echo no || echo yes'), start-up: $(docker logs "$running" 2>&1 | grep -o 'Started PaymentChannelService in [0-9.]* seconds' | head -n 1)"
}

scale() {
  local service arguments=()
  for service in "${stateless[@]}"; do arguments+=(--scale "$service=2"); done
  compose up -d --no-build --no-recreate "${arguments[@]}" >"$home/scale.log" 2>&1 || { tail -n 20 "$home/scale.log"; fail "two instances"; }
  for service in "${stateless[@]}"; do await_healthy "$service" 2; done
  # Known to the registry, and so to the gateways, within seconds.
  sleep 5
  say "two instances of each of ${stateless[*]}"

  compose run --rm -T --no-deps demo demo many "$payments" "$shoppers" >"$home/load.log" 2>&1 &
  local load=$! victims=() victim
  for service in "${stateless[@]}"; do
    for _ in $(seq 600); do
      kill -0 "$load" 2>/dev/null || break
      [ "$(grep -c 'payments done' "$home/load.log")" -ge $((${#victims[@]} + 1)) ] && break
      sleep 0.2
    done
    kill -0 "$load" 2>/dev/null || break
    victim=$(containers "$service" | head -n 1)
    docker kill "$victim" >/dev/null
    victims+=("$service")
    say "killed one $service after: $(grep 'payments done' "$home/load.log" | tail -n 1)"
  done
  local answer=0
  wait "$load" || answer=$?
  say "under load, one killed of each: ${victims[*]}"
  tail -n 25 "$home/load.log" | grep -v 'payments done' || true
  [ "$answer" = 0 ] || fail "payments failed"
  [ ${#victims[@]} = ${#stateless[@]} ] || fail "the load ended before one of each was killed"
  local served
  for service in gateway-service payment-channel-service; do
    served=$(docker ps -aq --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" --filter "label=com.docker.compose.service=$service" | wc -l)
    say "$service: $(containers "$service" | wc -l) of $served left"
  done
}

metrics() {
  compose --profile observability up -d --no-build --no-deps prometheus >"$home/metrics.log" 2>&1 || { cat "$home/metrics.log"; fail "prometheus"; }
  local address=http://127.0.0.1:$((base + 9)) up=0
  for _ in $(seq 60); do
    up=$(curl -sf "$address/api/v1/query?query=count(up==1)" | grep -o '"[0-9]*"\]' | tr -dc 0-9 || true)
    [ "${up:-0}" -ge 7 ] && break
    sleep 1
  done
  [ "${up:-0}" -ge 7 ] || { curl -s "$address/api/v1/targets?state=active" | head -c 3000; fail "Prometheus scrapes only ${up:-0} instances"; }
  say "Prometheus scrapes $up instances and knows $(curl -sf "$address/api/v1/rules" | grep -o '"type":"alerting"' | wc -l) alert rules"
  "$root/deploy/check-metrics.sh" "$address" || fail "a dashboard or an alert asks for what nobody tells"
}

# Every question to the database that a runbook asks.
runbooks() {
  local database questions=0 wrong=0 question
  database=$(docker ps -q --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" --filter label=com.docker.compose.service=postgres)
  while read -r question; do
    questions=$((questions + 1))
    docker exec "$database" psql -U postgres -d ferrypay -v ON_ERROR_STOP=1 -qtc "$question" >/dev/null </dev/null || { echo "wrong: $question"; wrong=1; }
  done < <(grep -ohE 'psql -U postgres -d ferrypay -c "[^"]*"' "$root"/docs/runbooks/*.md | sed -E 's/^[^"]*"(.*)"$/\1/' | sort -u)
  [ $wrong = 0 ] && [ $questions -gt 10 ] || fail "runbooks ask what the database does not know"
  say "the database answers all $questions questions of the runbooks"
}

down() {
  compose --profile observability --profile demo down --volumes --remove-orphans --timeout 5 >"$home/down.log" 2>&1 || true
  say "taken down"
}

clean() {
  local code=$?
  trap - EXIT
  if [ $code -ne 0 ] && [ -z "${FERRY_VERIFY_LEAVE:-}" ] && docker version >/dev/null 2>&1; then down; fi
  if [ -z "${FERRY_VERIFY_KEEP:-}" ] && docker version >/dev/null 2>&1; then
    docker images -q | sort -u | xargs -r docker rmi -f >/dev/null 2>&1 || true
    docker builder prune -af >/dev/null 2>&1 || true
  fi
  [ -n "${FERRY_VERIFY_LEAVE:-}" ] || stop_engine
  if [ -z "${FERRY_VERIFY_KEEP:-}" ] && [ -z "${FERRY_VERIFY_LEAVE:-}" ]; then rm -rf "$home/docker" "$home/docker-run" "$home/secrets"; fi
  exit $code
}

[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 2; }
: >"$log"
trap clean EXIT
trap 'exit 130' INT TERM
say "verify-compose at $(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)"
install
start_engine
settings
if [ $# -eq 0 ]; then set -- stand-ins build up metrics runbooks scale down; fi
for step in "$@"; do
  case $step in
    stand-ins) stand_ins ;;
    build | up | scale | metrics | runbooks | down) "$step" ;;
    *) fail "there is no step $step" ;;
  esac
done
say "OK: $*"
