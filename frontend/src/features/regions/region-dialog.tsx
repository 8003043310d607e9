import { REGIONS } from "@/api/editables";
import type { Region, RegionBody } from "@/api/types";
import { useT } from "@/i18n";
import { EditDialog } from "@/ui/edit-dialog";
import { TextField } from "@/ui/field";
import { valuesOf } from "@/ui/form-values";

const FIELDS = ["name", "code"] as const;

function bodyOf(form: FormData): RegionBody {
  const { text } = valuesOf(form);
  return { name: text("name"), code: text("code") };
}

/** Adds a region, or changes the one given. */
export default function RegionDialog({
  region,
  onClose,
}: {
  region: Pick<Region, "id" | "name"> | null;
  onClose: () => void;
}) {
  const t = useT();
  return (
    <EditDialog
      kind={REGIONS}
      id={region?.id ?? null}
      title={region ? t("device.edit", { name: region.name }) : t("region.add")}
      fields={FIELDS}
      bodyOf={bodyOf}
      onClose={onClose}
    >
      {(row, fault) => (
        <>
          <TextField
            label={t("device.name")}
            name="name"
            defaultValue={row?.name}
            required
            autoFocus
            error={fault("name")}
          />
          <TextField
            label={t("branch.code")}
            name="code"
            defaultValue={row?.code}
            hint={t("region.code.hint")}
            error={fault("code")}
          />
        </>
      )}
    </EditDialog>
  );
}
