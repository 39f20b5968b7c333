/** A paper that can be painted at any size. */
export interface Painting {
  /** A canvas a page; `turn` in degrees clockwise. */
  paint(zoom: number, turn: number): Promise<HTMLCanvasElement[]>;
  close(): void;
}

/** At 100 % a page is as wide as this, in pixels. */
export const WIDTH = 700;
/** Browsers paint nothing larger. */
export const LARGEST_SIDE = 8_000;

/** A quarter of a gigabyte; more than any screen shows at once. */
export const MOST_PIXELS = 64_000_000;

interface Size {
  width: number;
  height: number;
}

/**
 * The share of the wanted resolution, up to 1, at which all pages together stay below `MOST_PIXELS`: a paper of a stranger must not take
 * the browser's memory, whatever it says of its sizes.
 */
export function resolution(pages: readonly Size[]): number {
  const capped = pages.map((page) => ({ page, share: shareOfSide(page) }));
  const pixels = capped.reduce((sum, { page, share }) => sum + page.width * share * page.height * share, 0);
  return Math.min(1, Math.sqrt(MOST_PIXELS / Math.max(1, pixels)));
}

/** The share of the wanted resolution at which neither side of a page is too long. */
export function shareOfSide({ width, height }: Size): number {
  return Math.min(1, LARGEST_SIDE / Math.max(1, width, height));
}

export function canvas(width: number, height: number): { page: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const page = document.createElement('canvas');
  page.width = Math.max(1, Math.min(LARGEST_SIDE, Math.round(width)));
  page.height = Math.max(1, Math.min(LARGEST_SIDE, Math.round(height)));
  const context = page.getContext('2d');
  if (context === null) {
    throw new Error('This browser paints nothing.');
  }
  return { page, context };
}

export async function drawPicture(bytes: Blob): Promise<Painting> {
  const picture = await createImageBitmap(bytes);
  return {
    async paint(zoom, turn) {
      const scale = (WIDTH / picture.width) * zoom;
      const width = picture.width * scale;
      const height = picture.height * scale;
      const sideways = turn % 180 !== 0;
      const { page, context } = canvas(sideways ? height : width, sideways ? width : height);
      context.translate(page.width / 2, page.height / 2);
      context.rotate((turn * Math.PI) / 180);
      context.drawImage(picture, -width / 2, -height / 2, width, height);
      return [page];
    },
    close: () => picture.close(),
  };
}
