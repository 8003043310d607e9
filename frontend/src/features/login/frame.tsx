import type { ReactNode } from "react";
import { useEffect } from "react";
import { speak, useLanguage, useT } from "@/i18n";

/** The card in the middle of the pages before the sign-in. */
export function EntryFrame({
  title,
  text,
  children,
}: {
  title: string;
  text?: string;
  children: ReactNode;
}) {
  const t = useT();
  const other = useLanguage() === "en" ? "ka" : "en";
  useEffect(() => {
    document.title = `${title} · WARD OPS`;
  }, [title]);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 p-4">
      <div className="flex items-center gap-3">
        <img src="/favicon.svg" alt="" className="size-10" />
        <div>
          <p className="text-lg font-semibold tracking-wide">WARD OPS</p>
          <p className="text-sm text-muted">{t("login.motto")}</p>
        </div>
      </div>
      <section className="flex w-full max-w-sm flex-col gap-4 rounded-md border border-line bg-surface p-6">
        <div>
          <h1 className="text-lg font-semibold">{title}</h1>
          {text ? <p className="mt-1 text-sm text-muted">{text}</p> : null}
        </div>
        {children}
      </section>
      <button
        type="button"
        lang={other}
        onClick={() => void speak(other)}
        className="rounded-md px-3 py-1 text-sm text-muted hover:text-text"
      >
        {other === "ka" ? "ქართულად" : "In English"}
      </button>
    </main>
  );
}
