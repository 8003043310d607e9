/** What a form says, as the server takes it. */
export interface FormValues {
  text: (name: string) => string;
  /** Null when nothing was written. */
  textOrNull: (name: string) => string | null;
  /** A number, null when empty; what is none goes as it is, for the server to refuse at its field. */
  number: (name: string) => number | null;
  /** The choice of a select; left out when nothing is chosen, which the server refuses in words. */
  chosen: <Name extends string>(name: Name) => { [name in Name]: number };
  checked: (name: string) => boolean;
}

export function valuesOf(form: FormData): FormValues {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const number = (name: string) => {
    const written = text(name).replace(",", ".");
    const value = Number(written);
    return written === "" ? null : ((Number.isNaN(value) ? written : value) as number);
  };
  return {
    text,
    textOrNull: (name) => text(name) || null,
    number,
    chosen: (name) => (text(name) ? { [name]: Number(text(name)) } : {}) as never,
    checked: (name) => form.get(name) === "on",
  };
}
