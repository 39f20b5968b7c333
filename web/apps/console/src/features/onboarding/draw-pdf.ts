import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist';
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { canvas, type Painting, resolution, shareOfSide, WIDTH } from './draw';

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
      const sheets = [];
      for (let number = 1; number <= Math.min(document.numPages, MOST_PAGES); number++) {
        const sheet = await document.getPage(number);
        const plain = sheet.getViewport({ scale: 1 });
        const rotation = (plain.rotation + turn) % 360;
        const scale = (WIDTH / plain.width) * zoom;
        sheets.push({ sheet, rotation, scale, wanted: sheet.getViewport({ scale, rotation }) });
      }
      const share = resolution(sheets.map(({ wanted }) => wanted));
      const pages: HTMLCanvasElement[] = [];
      for (const { sheet, rotation, scale, wanted } of sheets) {
        const viewport = sheet.getViewport({ scale: scale * share * shareOfSide(wanted), rotation });
        const { page, context } = canvas(viewport.width, viewport.height);
        await sheet.render({ canvas: page, canvasContext: context, viewport, annotationMode: 0 }).promise;
        // As large as asked for, only less sharp.
        page.style.width = `${Math.round(wanted.width * shareOfSide(wanted))}px`;
        pages.push(page);
      }
      return pages;
    },
    close: () => void document.destroy(),
  };
}
