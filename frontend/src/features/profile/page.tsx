import { useMe } from "@/api/session";
import { useT } from "@/i18n";
import { PageHeader } from "@/ui/page";
import { PasswordPanel } from "./password-panel";
import { PreferencesPanel } from "./preferences-panel";

export function ProfilePage() {
  const t = useT();
  const me = useMe();
  return (
    <>
      <PageHeader
        title={t("nav.profile")}
        meta={
          <span>
            {me.username} · {t(`role.${me.role}`)}
          </span>
        }
      />
      <div className="grid max-w-4xl items-start gap-3 px-4 pb-6 max-md:px-3 md:grid-cols-2">
        <PreferencesPanel />
        <PasswordPanel />
      </div>
    </>
  );
}
