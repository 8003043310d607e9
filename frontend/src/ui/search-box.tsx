import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { CONTROL } from "./field";
import { useKeys } from "./keys";

const PAUSE_MS = 200;

/** Text to filter by; told after a short pause. `/` goes there. */
export function SearchBox({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  const box = useRef<HTMLInputElement>(null);
  const timer = useRef(0);
  useEffect(() => setText(value), [value]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useKeys({ "/": () => box.current?.focus() });
  const typed = (next: string) => {
    setText(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => onChange(next.trim()), PAUSE_MS);
  };
  return (
    <div className="relative w-56 max-md:w-full">
      <Search
        size={14}
        className="absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
        aria-hidden
      />
      <input
        ref={box}
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => typed(event.target.value)}
        className={`${CONTROL} pl-8`}
      />
    </div>
  );
}
