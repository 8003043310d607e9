import { Link, useRouter } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { useT } from "@/i18n";
import { buttonClass } from "@/ui/button";
import { Failed, Loading, Notice } from "@/ui/states";

export const PagePending = () => <Loading rows={12} />;

export function PageError({ error }: { error: unknown }) {
  const router = useRouter();
  return <Failed page error={error} onRetry={() => void router.invalidate()} />;
}

export function NotFound() {
  const t = useT();
  return (
    <main>
      <Notice page icon={SearchX} title={t("error.missing.title")} text={t("error.missing")}>
        <Link to="/" className={buttonClass("primary")}>
          {t("nav.overview")}
        </Link>
      </Notice>
    </main>
  );
}
