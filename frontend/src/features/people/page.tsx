import { Lock } from "lucide-react";
import { useMay } from "@/api/session";
import { useT } from "@/i18n";
import { PageHeader } from "@/ui/page";
import { Notice } from "@/ui/states";
import { TokensPanel } from "./tokens-panel";
import { UsersPanel } from "./users-panel";

/** Who may sign in, and which programs may call. */
export function PeoplePage() {
  const t = useT();
  const admin = useMay("admin");
  return (
    <>
      <PageHeader title={t("nav.users")} />
      {admin ? (
        <div className="flex flex-col gap-3 px-4 pb-6 max-md:px-3">
          <UsersPanel />
          <TokensPanel />
        </div>
      ) : (
        <Notice page icon={Lock} title={t("error.forbidden.title")} text={t("error.forbidden")} />
      )}
    </>
  );
}
