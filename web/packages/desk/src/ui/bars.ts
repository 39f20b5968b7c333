import type { EChartsCoreOption } from 'echarts/core';

export interface Bar {
  /** Where it stands, such as a day. */
  key: string;
  /** What it belongs to: one colour and one line of the legend. */
  series: string;
  /** A decimal string; only the picture's height is computed from it. */
  value: string;
}

/** Bars beside each other for each key, in the order in which keys and series come. */
export function bars(found: readonly Bar[]): EChartsCoreOption {
  const keys = [...new Set(found.map(({ key }) => key))];
  const series = [...new Set(found.map((bar) => bar.series))];
  const values = new Map(found.map((bar) => [`${bar.series}\n${bar.key}`, Number(bar.value)]));
  return {
    aria: { enabled: false },
    animation: false,
    grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
    legend: { type: 'plain', top: 4 },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', data: keys },
    yAxis: { type: 'value' },
    series: series.map((name) => ({
      name,
      type: 'bar',
      data: keys.map((key) => values.get(`${name}\n${key}`) ?? null),
    })),
  };
}
