// Arrows point one way: app -> features -> session -> ui -> api and i18n. A feature knows no other feature.
const layer = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to: { path: to } });

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'features-do-not-know-each-other',
      severity: 'error',
      from: { path: '^apps/console/src/features/([^/]+)/' },
      to: { path: '^apps/console/src/features/', pathNot: '^apps/console/src/features/$1/' },
    },
    layer('features-do-not-know-the-app', '^apps/console/src/features/', '^apps/console/src/app/'),
    layer('who-is-signed-in-knows-no-feature', '^apps/console/src/session/', '^apps/console/src/(app|features)/'),
    layer('the-kit-knows-nobody', '^apps/console/src/ui/', '^apps/console/src/(app|features|session)/'),
    layer('the-api-does-not-draw', '^apps/console/src/api/', '^apps/console/src/(app|features|session|ui|i18n)/'),
    layer('texts-do-not-draw', '^apps/console/src/i18n/', '^apps/console/src/(app|features|session|ui|api)/'),
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '(\\.d\\.ts|\\.test\\.tsx?|\\.css)$' },
      to: {},
    },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true },
};
