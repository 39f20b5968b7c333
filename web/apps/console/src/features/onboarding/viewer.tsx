import { Failed, Loading } from '@ferrypay/desk/ui/states.tsx';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { callBytes } from '../../api/http';
import { useText } from '../../i18n/use-text';
import { drawPicture, type Painting } from './draw';

const SMALLEST = 0.25;
const LARGEST = 4;

/**
 * Shows a merchant's paper without trusting it: it is fetched as bytes and painted, page by page, onto canvases. Nothing in it is ever a
 * document of ours, so nothing in it can run, load or be clicked.
 */
export function Viewer({ url, mediaType, name }: { url: string; mediaType: string; name: string }) {
  const say = useText();
  const place = useRef<HTMLElement>(null);
  const [painting, setPainting] = useState<Painting | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [tries, setTries] = useState(0);
  const [zoom, setZoom] = useState(1);
  const [turn, setTurn] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: trying again is asking for the same
  useEffect(() => {
    let current = true;
    let opened: Painting | null = null;
    setPainting(null);
    setError(null);
    setZoom(1);
    setTurn(0);
    const open = async () => {
      const bytes = await callBytes(url);
      // The reader of PDF is large, and most papers are pictures.
      const read = mediaType === 'application/pdf' ? (await import('./draw-pdf')).drawPdf : drawPicture;
      opened = await read(bytes);
      if (current) {
        setPainting(opened);
      } else {
        opened.close();
      }
    };
    open().catch((problem) => current && setError(problem));
    return () => {
      current = false;
      opened?.close();
    };
  }, [url, mediaType, tries]);

  useEffect(() => {
    const sheet = place.current;
    if (painting === null || sheet === null) {
      return undefined;
    }
    let current = true;
    painting
      .paint(zoom, turn)
      .then((pages) => {
        if (current) {
          for (const page of pages) {
            page.setAttribute('role', 'img');
            page.setAttribute('aria-label', name);
          }
          sheet.replaceChildren(...pages);
        }
      })
      .catch((problem) => current && setError(problem));
    return () => {
      current = false;
    };
  }, [painting, zoom, turn, name]);

  return (
    <div>
      <div className="viewer-tools">
        <Button size="small" onClick={() => setZoom(Math.max(SMALLEST, zoom / 1.25))} disabled={zoom <= SMALLEST}>
          {say('viewer.smaller')}
        </Button>
        <span aria-live="polite">{Math.round(zoom * 100)} %</span>
        <Button size="small" onClick={() => setZoom(Math.min(LARGEST, zoom * 1.25))} disabled={zoom >= LARGEST}>
          {say('viewer.larger')}
        </Button>
        <Button size="small" onClick={() => setTurn((turn + 90) % 360)}>
          {say('viewer.rotate')}
        </Button>
      </div>
      {error === null ? null : <Failed error={error} again={() => setTries(tries + 1)} />}
      {painting === null && error === null ? <Loading rows={6} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus */}
      <section className="viewer-sheet" ref={place} aria-label={say('viewer.sheet', { name })} tabIndex={0} hidden={painting === null} />
    </div>
  );
}
