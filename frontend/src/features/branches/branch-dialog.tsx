import { BRANCHES } from "@/api/editables";
import type { Branch, BranchBody } from "@/api/types";
import { useT } from "@/i18n";
import { EditDialog } from "@/ui/edit-dialog";
import { valuesOf } from "@/ui/form-values";
import { BranchFields, FIELDS } from "./branch-fields";

function bodyOf(form: FormData): BranchBody {
  const { text, number, chosen } = valuesOf(form);
  return {
    name: text("name"),
    code: text("code"),
    ...chosen("region_id"),
    city: text("city"),
    address: text("address"),
    latitude: number("latitude"),
    longitude: number("longitude"),
    contact: text("contact"),
  };
}

/** Adds a branch, in `region` at first, or changes the one given. */
export default function BranchDialog({
  branch,
  region,
  onClose,
}: {
  branch: Pick<Branch, "id" | "name"> | null;
  region?: number | undefined;
  onClose: () => void;
}) {
  const t = useT();
  return (
    <EditDialog
      kind={BRANCHES}
      id={branch?.id ?? null}
      title={branch ? t("device.edit", { name: branch.name }) : t("branch.add")}
      fields={FIELDS}
      bodyOf={bodyOf}
      onClose={onClose}
    >
      {(row, fault) => <BranchFields branch={row} region={region} fault={fault} />}
    </EditDialog>
  );
}
