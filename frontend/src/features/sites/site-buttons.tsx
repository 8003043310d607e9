import { lazy } from "react";
import { SITES } from "@/api/editables";
import type { Site } from "@/api/types";
import { useT } from "@/i18n";
import { EditButtons } from "@/ui/edit-buttons";

const SiteDialog = lazy(() => import("./site-dialog"));
const DeleteDialog = lazy(() => import("@/ui/delete-dialog"));

export function SiteButtons({ site }: { site: Site }) {
  const t = useT();
  return (
    <EditButtons
      compact
      name={site.name}
      edit={(close) => <SiteDialog site={site} onClose={close} />}
      remove={(close) => (
        <DeleteDialog
          kind={SITES}
          id={site.id}
          name={site.name}
          text={t("site.delete.text")}
          onClose={close}
        />
      )}
    />
  );
}
