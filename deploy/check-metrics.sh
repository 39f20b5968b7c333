#!/usr/bin/env bash
# Whether a running Prometheus has every series that alerts and dashboards ask for: deploy/check-metrics.sh http://127.0.0.1:9090
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
address=${1:-http://127.0.0.1:9090}

# Told only once something has happened: a difference, a rate from a channel, a judged payment, a delivery, a channel's refusal.
seldom='reconcile_unreconciled_value ferry_fx_rate_age_seconds ferry_risk_screening_seconds webhook_delivery_seconds jvm_gc_pause_seconds'

asked=$({ grep -h '"expr"' "$here"/grafana/dashboards/*.json; grep -hvE 'summary:|runbook:|alert:|for:|labels:|#' "$here"/prometheus/rules/*.yml; } |
  grep -oE '\b(ferry|ledger|audit|reconcile|webhook|wechat|withdrawals|staff|approvals|resilience4j|hikaricp|jvm|disk|process|logback|http)_[a-z0-9_]+' | sort -u)
known=$(curl -sf "$address/api/v1/label/__name__/values" | tr -d '[]"{}' | tr ',' '\n')
missing=0
for name in $asked; do
  grep -qx "$name" <<<"$known" && continue
  if grep -qw "$(sed -E 's/_(sum|count|max)$//' <<<"$name")" <<<"$seldom"; then continue; fi
  printf 'nobody tells %s\n' "$name"
  missing=$((missing + 1))
done
printf '%s of %s series that alerts and dashboards ask for are there, or come later\n' "$(($(wc -w <<<"$asked") - missing))" "$(wc -w <<<"$asked")"
[ $missing = 0 ]
