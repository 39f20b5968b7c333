// Arrows point one way: app -> features -> session -> ui -> api and i18n. A feature knows no other feature.
const layer = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to: { path: to } });

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'features-do-not-know-each-other',
      severity: 'error',
      from: { path: '^apps/portal/src/features/([^/]+)/' },
      to: { path: '^apps/portal/src/features/', pathNot: '^apps/portal/src/features/$1/' },
    },
    layer('features-do-not-know-the-app', '^apps/portal/src/features/', '^apps/portal/src/app/'),
    layer('who-is-signed-in-knows-no-feature', '^apps/portal/src/session/', '^apps/portal/src/(app|features)/'),
    layer('the-kit-knows-nobody', '^apps/portal/src/ui/', '^apps/portal/src/(app|features|session)/'),
    layer('the-api-does-not-draw', '^apps/portal/src/api/', '^apps/portal/src/(app|features|session|ui|i18n)/'),
    layer('texts-do-not-draw', '^apps/portal/src/i18n/', '^apps/portal/src/(app|features|session|ui|api)/'),
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '(\\.d\\.ts|\\.test\\.tsx?|\\.css)$' },
      to: {},
    },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true },
};
