import { Link, useNavigate } from "@tanstack/react-router";
import { lazy } from "react";
import { BRANCHES } from "@/api/editables";
import type { Branch } from "@/api/types";
import { useT } from "@/i18n";
import { EditButtons } from "@/ui/edit-buttons";

const BranchDialog = lazy(() => import("@/features/branches/branch-dialog"));
const DeleteDialog = lazy(() => import("@/ui/delete-dialog"));
const LINK = "text-accent hover:underline";

/** Edit and delete; what hangs on a branch are its devices and its `links`. */
export function BranchButtons({ branch, links }: { branch: Branch; links: number }) {
  const t = useT();
  const navigate = useNavigate();
  const search = { branch_id: String(branch.id) };
  const holders = [
    {
      count: branch.device_count,
      link: (
        <Link to="/devices" search={search} className={LINK}>
          {t("count.devices", { count: branch.device_count })}
        </Link>
      ),
    },
    {
      count: links,
      link: (
        <Link to="/links" search={search} className={LINK}>
          {t("overview.links", { count: links })}
        </Link>
      ),
    },
  ];
  return (
    <EditButtons
      name={branch.name}
      edit={(close) => <BranchDialog branch={branch} onClose={close} />}
      remove={(close) => (
        <DeleteDialog
          kind={BRANCHES}
          id={branch.id}
          name={branch.name}
          text={t("branch.delete.text")}
          holders={holders}
          onClose={close}
          onDeleted={() => void navigate({ to: "/branches" })}
        />
      )}
    />
  );
}
