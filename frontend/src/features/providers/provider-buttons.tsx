import { Link } from "@tanstack/react-router";
import { lazy } from "react";
import { PROVIDERS } from "@/api/editables";
import type { Provider } from "@/api/types";
import { useT } from "@/i18n";
import { EditButtons } from "@/ui/edit-buttons";

const ProviderDialog = lazy(() => import("./provider-dialog"));
const DeleteDialog = lazy(() => import("@/ui/delete-dialog"));

export function ProviderButtons({
  provider,
  onDeleted,
}: {
  provider: Provider;
  onDeleted: () => void;
}) {
  const t = useT();
  const count = provider.link_count;
  const links = (
    <Link
      to="/links"
      search={{ provider_id: String(provider.id) }}
      className="text-accent hover:underline"
    >
      {t("overview.links", { count })}
    </Link>
  );
  return (
    <EditButtons
      name={provider.name}
      edit={(close) => <ProviderDialog provider={provider} onClose={close} />}
      remove={(close) => (
        <DeleteDialog
          kind={PROVIDERS}
          id={provider.id}
          name={provider.name}
          text={t("provider.delete.text")}
          holders={[{ count, link: links }]}
          onClose={close}
          onDeleted={onDeleted}
        />
      )}
    />
  );
}
