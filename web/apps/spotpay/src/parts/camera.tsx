import { useEffect, useRef } from 'react';
import { useSpeech } from '../i18n/speech';
import { reader } from './scanner';

const PAUSE_MILLIS = 150;

/** Looks through the camera until it is taken away, and tells each code it sees. */
export function Camera({ onCode, onTrouble }: { onCode: (text: string) => void; onTrouble: () => void }) {
  const { say } = useSpeech();
  const video = useRef<HTMLVideoElement>(null);
  const listener = useRef({ onCode, onTrouble });
  listener.current = { onCode, onTrouble };

  useEffect(() => {
    let over = false;
    let stream: MediaStream | null = null;
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) {
        track.stop();
      }
    };
    const look = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
      const read = await reader();
      const picture = video.current;
      if (over || picture === null) {
        stop();
        return;
      }
      picture.srcObject = stream;
      await picture.play();
      while (!over) {
        for (const text of await read(picture)) {
          if (!over) {
            listener.current.onCode(text);
          }
        }
        await new Promise((done) => setTimeout(done, PAUSE_MILLIS));
      }
    };
    look().catch(() => {
      stop();
      if (!over) {
        listener.current.onTrouble();
      }
    });
    return () => {
      over = true;
      stop();
    };
  }, []);

  return <video ref={video} className="camera" playsInline muted aria-label={say('cameraPicture')} />;
}
