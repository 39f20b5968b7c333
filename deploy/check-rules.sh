#!/usr/bin/env bash
# Checks Prometheus' settings and alert rules, runs their tests, and looks whether each alert has its runbook.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
promtool=${PROMTOOL:-promtool}
"$promtool" check config "$here/prometheus/prometheus.yml"
(cd "$here/prometheus/tests" && "$promtool" test rules ./*.yml)

wrong=0
alerts=$(sed -n 's/^ *- alert: //p' "$here"/prometheus/rules/*.yml)
for alert in $alerts; do
  grep -q "alertname: $alert\b" "$here"/prometheus/tests/*.yml || { echo "$alert has no test"; wrong=1; }
  grep -q "^| \`$alert\` |" "$here/../docs/runbooks/README.md" || { echo "$alert is not in docs/runbooks/README.md"; wrong=1; }
done
for runbook in $(sed -n 's/^ *runbook: //p' "$here"/prometheus/rules/*.yml); do
  [ -f "$here/../$runbook" ] || { echo "$runbook is missing"; wrong=1; }
done
[ "$(wc -w <<<"$alerts")" = "$(grep -c 'runbook:' <(cat "$here"/prometheus/rules/*.yml))" ] || { echo "an alert names no runbook"; wrong=1; }
exit $wrong
