import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist';
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { canvas, type Painting, WIDTH } from './draw';

GlobalWorkerOptions.workerSrc = worker;

/** More pages than anybody reviews at once. */
const MOST_PAGES = 40;

/** Without scripts, forms, links, fonts of the page's own or anything loaded from elsewhere: painted glyphs and pictures only. */
export async function drawPdf(bytes: Blob): Promise<Painting> {
  const document = await getDocument({
    data: await bytes.arrayBuffer(),
    enableXfa: false,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    stopAtErrors: false,
  }).promise;
  return {
    async paint(zoom, turn) {
      const pages: HTMLCanvasElement[] = [];
      for (let number = 1; number <= Math.min(document.numPages, MOST_PAGES); number++) {
        const sheet = await document.getPage(number);
        const plain = sheet.getViewport({ scale: 1 });
        const viewport = sheet.getViewport({ scale: (WIDTH / plain.width) * zoom, rotation: (plain.rotation + turn) % 360 });
        const { page, context } = canvas(viewport.width, viewport.height);
        await sheet.render({ canvas: page, canvasContext: context, viewport, annotationMode: 0 }).promise;
        pages.push(page);
      }
      return pages;
    },
    close: () => void document.destroy(),
  };
}
