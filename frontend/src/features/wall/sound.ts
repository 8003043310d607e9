import { useEffect, useRef, useState } from "react";

const STORED = "ward.wall.sound";

/** Two short tones; made here, so that no file is needed. */
function ring(context: AudioContext) {
  for (const [index, frequency] of [880, 660].entries()) {
    const start = context.currentTime + index * 0.18;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.12, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.16);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.17);
  }
}

/** Sound for new outages: off until asked for, as browsers and neighbours want it. */
export function useSound() {
  const [on, setOn] = useState(localStorage.getItem(STORED) === "on");
  const context = useRef<AudioContext | null>(null);
  useEffect(() => () => void context.current?.close(), []);
  const play = () => {
    if (on) {
      context.current ??= new AudioContext();
      ring(context.current);
    }
  };
  const toggle = () => {
    localStorage.setItem(STORED, on ? "off" : "on");
    setOn(!on);
  };
  return { on, play, toggle };
}
