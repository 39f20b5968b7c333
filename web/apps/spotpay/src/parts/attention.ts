import { useEffect } from 'react';

let audio: AudioContext | null = null;

/** Browsers let a page sound only after a touch; to be called in one. */
export function allowSound(): void {
  try {
    audio ??= new AudioContext();
    void audio.resume();
  } catch {
    // A till without sound still shows.
  }
}

/** Two notes up for money that came, one low for none. */
export function sound(good: boolean): void {
  if (audio === null) {
    return;
  }
  const notes = good ? [660, 880] : [220];
  notes.forEach((pitch, index) => {
    if (audio === null) {
      return;
    }
    const start = audio.currentTime + index * 0.18;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.3, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.35);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.4);
  });
}

/** The screen stays on as long as this is shown. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let over = false;
    const take = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) {
        return;
      }
      try {
        lock = await navigator.wakeLock.request('screen');
        if (over) {
          void lock.release();
        }
      } catch {
        // Low battery, or forbidden: the screen may go dark, and nothing else changes.
      }
    };
    const again = () => void take();
    void take();
    document.addEventListener('visibilitychange', again);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
    };
  }, []);
}
