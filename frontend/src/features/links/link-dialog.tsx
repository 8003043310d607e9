import { LINKS } from "@/api/editables";
import type { Link, LinkBody } from "@/api/types";
import { useT } from "@/i18n";
import { EditDialog } from "@/ui/edit-dialog";
import { valuesOf } from "@/ui/form-values";
import { FIELDS, LinkFields } from "./link-fields";

function bodyOf(form: FormData): LinkBody {
  const { text, textOrNull, number, chosen, checked } = valuesOf(form);
  return {
    name: text("name"),
    ...chosen("branch_id"),
    ...chosen("provider_id"),
    role: text("role") as Link["role"],
    probe_address: text("probe_address"),
    source_address: textOrNull("source_address"),
    circuit_id: text("circuit_id"),
    bandwidth_mbps: number("bandwidth_mbps"),
    profile_id: number("profile_id"),
    ...chosen("site_id"),
    enabled: checked("enabled"),
  };
}

/** Adds a link, of `branch` at first, or changes the one given. */
export default function LinkDialog({
  link,
  branch,
  onClose,
}: {
  link: Pick<Link, "id" | "name"> | null;
  branch?: number | undefined;
  onClose: () => void;
}) {
  const t = useT();
  return (
    <EditDialog
      kind={LINKS}
      id={link?.id ?? null}
      title={link ? t("device.edit", { name: link.name }) : t("link.add")}
      fields={FIELDS}
      bodyOf={bodyOf}
      onClose={onClose}
    >
      {(row, fault) => <LinkFields link={row} branch={branch} fault={fault} />}
    </EditDialog>
  );
}
