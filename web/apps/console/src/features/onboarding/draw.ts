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
