import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { EChartsOption } from 'echarts';

/**
 * Draws charts. Slack shows uploaded pictures, and pictures of an address only if it can reach that address, so the bot
 * makes the files itself: echarts writes the SVG, resvg (WebAssembly) makes the PNG with an included Korean font. Both
 * are loaded when the first chart is asked for, so that the start does not wait for them.
 */
interface Series {
  name: string;
  /** One value for each category. */
  values: readonly number[];
  /** The meaning of the series, if it has one: rejected filings are never green. */
  colour?: keyof typeof MEANINGS;
}

export interface Chart {
  title: string;
  /** Line below the title: what is counted, and the period. */
  subtitle?: string;
  kind: 'bars' | 'columns';
  categories: readonly string[];
  series: readonly Series[];
  /** The bars of a category are stacked instead of side by side. */
  stacked?: boolean;
  /** The unit after each number: 건, 일. */
  unit?: string;
}

const FONT = 'NanumGothic';
const WIDTH = 960;
const INK = '#1d2733';
const FAINT = '#d5dbe3';
const COLOURS = ['#1b4f9c', '#e0892b', '#3a8f5c', '#6a5aa8', '#9aa5b1', '#a23b52'];
const MEANINGS = { good: '#3a8f5c', waiting: '#e0892b', undone: '#6a5aa8', bad: '#a23b52' } as const;
/** Height of one bar with the space around it. */
const ROW = 44;

/** @returns PNG, 1,920 pixels wide */
export async function drawChart(chart: Chart): Promise<Buffer> {
  return toPng(await chartSvg(chart));
}

export async function chartSvg(chart: Chart): Promise<string> {
  const { init } = await import('echarts');
  const rows = chart.categories.length * (chart.stacked ? 1 : Math.max(1, chart.series.length));
  const height = chart.kind === 'bars' ? Math.max(260, 150 + rows * ROW) : 480;
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    drawing.setOption(optionsOf(chart));
    return drawing.renderToSVGString();
  } finally {
    drawing.dispose();
  }
}

function optionsOf({
  title,
  subtitle,
  kind,
  categories,
  series,
  stacked,
  unit = '건',
}: Chart): EChartsOption {
  const across = kind === 'bars';
  const totals = categories.map((_, index) =>
    series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0),
  );
  // A part of a stacked bar that is narrower than its number is drawn without it; the table has the number.
  const narrow = stacked ? Math.max(1, Math.max(0, ...totals) * 0.07) : 0;
  const text = { color: INK, fontFamily: FONT, fontSize: 15 };
  const number = (value: unknown) => `${Number(value).toLocaleString('ko-KR')}${unit}`;
  const names = {
    type: 'category' as const,
    data: [...categories],
    inverse: across,
    axisLabel: { ...text, ...(across ? { width: 220, overflow: 'truncate' as const } : {}) },
    axisLine: { lineStyle: { color: FAINT } },
    axisTick: { show: false },
  };
  const values = {
    type: 'value' as const,
    minInterval: 1,
    axisLabel: { ...text, fontSize: 13 },
    splitLine: { lineStyle: { color: FAINT } },
  };
  return {
    animation: false,
    backgroundColor: '#ffffff',
    color: COLOURS,
    textStyle: text,
    title: {
      text: title,
      subtext: subtitle ?? '',
      left: 24,
      top: 18,
      textStyle: { ...text, fontSize: 22, fontWeight: 'bold' },
      subtextStyle: { ...text, fontSize: 14 },
    },
    legend:
      series.length > 1 ? { bottom: 14, textStyle: text, itemGap: 24, icon: 'roundRect' } : { show: false },
    grid: { left: 24, right: 70, top: 96, bottom: series.length > 1 ? 56 : 24, containLabel: true },
    xAxis: across ? values : names,
    yAxis: across ? names : values,
    series: series.map(({ name, values: data, colour }) => ({
      name,
      ...(colour ? { itemStyle: { color: MEANINGS[colour] } } : {}),
      type: 'bar' as const,
      data: [...data],
      ...(stacked ? { stack: 'all' } : {}),
      barMaxWidth: 28,
      label: {
        ...text,
        fontSize: 13,
        show: true,
        position: stacked ? ('inside' as const) : across ? ('right' as const) : ('top' as const),
        ...(stacked ? { color: '#ffffff' } : {}),
        formatter: ({ value }: { value: unknown }) => (Number(value) < narrow ? '' : number(value)),
      },
    })),
  };
}

let ready: Promise<{ fonts: Uint8Array[]; Resvg: typeof import('@resvg/resvg-wasm').Resvg }> | null = null;

async function load() {
  const require = createRequire(import.meta.url);
  const [{ initWasm, Resvg }, wasm, ...fonts] = await Promise.all([
    import('@resvg/resvg-wasm'),
    readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')),
    ...['400Regular/NanumGothic_400Regular.ttf', '700Bold/NanumGothic_700Bold.ttf'].map((file) =>
      readFile(require.resolve(`@expo-google-fonts/nanum-gothic/${file}`)),
    ),
  ]);
  await initWasm(wasm);
  return { fonts, Resvg };
}

async function toPng(svg: string): Promise<Buffer> {
  ready ??= load();
  const { fonts, Resvg } = await ready;
  const picture = new Resvg(svg, {
    font: { fontBuffers: fonts, defaultFontFamily: FONT, sansSerifFamily: FONT },
    fitTo: { mode: 'width', value: WIDTH * 2 },
  });
  const drawn = picture.render();
  try {
    return Buffer.from(drawn.asPng());
  } finally {
    drawn.free();
    picture.free();
  }
}
