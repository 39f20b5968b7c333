/** Reads the codes that are in a picture of the camera. */
export type Reader = (video: HTMLVideoElement) => Promise<string[]>;

interface NativeDetector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

interface NativeDetectors {
  new (options: { formats: string[] }): NativeDetector;
  getSupportedFormats(): Promise<string[]>;
}

/** A wallet shows its code in both: as bars and as a square. */
const FORMATS = ['qr_code', 'code_128'];
const WIDEST = 720;

/** The browser's own reader, and where it has none, one that is only loaded then. */
export async function reader(): Promise<Reader> {
  return (await nativeReader()) ?? (await ownReader());
}

async function nativeReader(): Promise<Reader | null> {
  const { BarcodeDetector: Native } = window as unknown as { BarcodeDetector?: NativeDetectors };
  if (Native === undefined) {
    return null;
  }
  try {
    const known = await Native.getSupportedFormats();
    if (!known.includes('qr_code')) {
      return null;
    }
    const detector = new Native({ formats: FORMATS.filter((each) => known.includes(each)) });
    return async (video) => (await detector.detect(video)).map((each) => each.rawValue);
  } catch {
    return null; // There by name alone, as on some desktops.
  }
}

async function ownReader(): Promise<Reader> {
  const { default: decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => {
    if (pen === null || video.videoWidth === 0) {
      return [];
    }
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return [decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height))];
    } catch {
      return []; // No code in the picture.
    }
  };
}
