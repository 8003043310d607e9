import { Link } from "@tanstack/react-router";
import { lazy } from "react";
import { REGIONS } from "@/api/editables";
import type { Region } from "@/api/types";
import { useT } from "@/i18n";
import { EditButtons } from "@/ui/edit-buttons";

const RegionDialog = lazy(() => import("./region-dialog"));
const DeleteDialog = lazy(() => import("@/ui/delete-dialog"));

export function RegionButtons({ region, onDeleted }: { region: Region; onDeleted: () => void }) {
  const t = useT();
  const count = region.branch_count;
  const branches = (
    <Link
      to="/branches"
      search={{ region_id: String(region.id) }}
      className="text-accent hover:underline"
    >
      {t("count.branches", { count })}
    </Link>
  );
  return (
    <EditButtons
      name={region.name}
      edit={(close) => <RegionDialog region={region} onClose={close} />}
      remove={(close) => (
        <DeleteDialog
          kind={REGIONS}
          id={region.id}
          name={region.name}
          text={t("region.delete.text")}
          holders={[{ count, link: branches }]}
          onClose={close}
          onDeleted={onDeleted}
        />
      )}
    />
  );
}
