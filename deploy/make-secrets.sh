#!/usr/bin/env bash
# Makes passwords and keys for docker-compose.yml, in deploy/secrets or the folder that is named. What is there stays.
# Needs openssl. Whoever may enter the folder may read them: containers run as somebody else, so the files themselves are open.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-$root/deploy/secrets}
all=(gateway-service merchant-service payment-channel-service notify-service trade-admin-service reconcile-service job-service)
storing=(merchant-service payment-channel-service notify-service trade-admin-service reconcile-service job-service)

umask 077
mkdir -p "$folder"
chmod 700 "$folder"

keep() { # file: standard input becomes its text unless it has one
  if [ -s "$1" ]; then cat >/dev/null; return; fi
  cat >"$1.part"
  chmod 444 "$1.part"
  mv "$1.part" "$1"
  printf 'made %s\n' "${1#"$folder"/}"
}
password() { openssl rand -base64 24; }
base64url() { base64 -w 0 | tr '+/' '-_' | tr -d '='; }

# A key of the curve P-256 as a JWK. In its DER form the private number stands at byte 8, the public point at the end.
private_jwk() {
  local der=$folder/.key.der
  openssl ecparam -name prime256v1 -genkey -noout -outform DER -out "$der"
  local d x y
  d=$(tail -c +8 "$der" | head -c 32 | base64url)
  x=$(tail -c 64 "$der" | head -c 32 | base64url)
  y=$(tail -c 32 "$der" | base64url)
  rm -f "$der"
  printf '{"kty":"EC","crv":"P-256","kid":"%s","x":"%s","y":"%s","d":"%s"}\n' "$1" "$x" "$y" "$d"
}
public_jwk() { sed 's/,"d":"[^"]*"//' "$1"; }

for service in "${all[@]}"; do
  mkdir -p "$folder/$service"
  chmod 755 "$folder/$service"
  private_jwk "$service" | keep "$folder/$service/identity.jwk"
done
# Always anew: it holds only public halves, and says whom services trust.
trusted=$(for service in "${all[@]}"; do public_jwk "$folder/$service/identity.jwk"; done | paste -sd ,)
for service in "${all[@]}"; do
  printf '{"keys":[%s]}\n' "$trusted" >"$folder/.trusted.part"
  chmod 444 "$folder/.trusted.part"
  mv -f "$folder/.trusted.part" "$folder/$service/trusted.jwks"
done
for service in "${storing[@]}"; do
  password | keep "$folder/$service/spring.datasource.password"
  openssl rand -base64 32 | keep "$folder/$service/ferry.secrets.key"
done
password | keep "$folder/admin.password"
password | keep "$folder/grafana.password"
