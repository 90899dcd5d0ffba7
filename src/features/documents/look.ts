import type { Look } from './paper.ts';

/** The style of a paragraph, in points. PDF and DOCX share it. */
interface Style {
  size: number;
  bold: boolean;
  align: 'left' | 'center' | 'right';
  /** Space above and below the paragraph. */
  space: readonly [number, number];
}

export const styles: Record<Look, Style> = {
  title: { size: 17, bold: true, align: 'center', space: [4, 12] },
  remark: { size: 9, bold: false, align: 'left', space: [0, 4] },
  body: { size: 9, bold: false, align: 'left', space: [0, 1] },
  small: { size: 7.5, bold: false, align: 'left', space: [0, 1] },
  strong: { size: 9.5, bold: true, align: 'left', space: [0, 1] },
  sentence: { size: 11, bold: true, align: 'center', space: [8, 8] },
  instruction: { size: 10, bold: false, align: 'left', space: [0, 5] },
  signature: { size: 10, bold: false, align: 'right', space: [4, 8] },
};

/** Line height as a share of the size. */
export const LEADING = 1.4;
export const A4 = { width: 595.28, height: 841.89 } as const;
export const MARGIN = { side: 45, top: 36, bottom: 36 } as const;
/** Space between the border of a cell and its text, in points. */
export const PADDING = { x: 4, y: 3 } as const;
export const GREY = 'E6E6E6';
export const LINE = { thin: 0.5, thick: 1.75 } as const;
