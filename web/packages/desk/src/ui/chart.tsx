import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

// On a canvas: drawn as SVG, its inline styles would be refused by the page's policy.
use([AriaComponent, BarChart, CanvasRenderer, GridComponent, LegendComponent, LineChart, TooltipComponent]);

/** A picture of figures. Whoever does not see it reads `label`, and the page shows the figures as a table, too. */
export default function Chart({ option, label, height = 260 }: { option: EChartsCoreOption; label: string; height?: number }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) {
      return undefined;
    }
    const chart = init(place.current, null, { renderer: 'canvas', height });
    chart.setOption(option);
    const resized = new ResizeObserver(() => chart.resize());
    resized.observe(place.current);
    return () => {
      resized.disconnect();
      chart.dispose();
    };
  }, [option, height]);
  return <div ref={place} role="img" aria-label={label} className="chart" />;
}
