import { SITES } from "@/api/editables";
import type { Site, SiteBody } from "@/api/types";
import { useT } from "@/i18n";
import { EditDialog } from "@/ui/edit-dialog";
import { TextArea, TextField } from "@/ui/field";
import { valuesOf } from "@/ui/form-values";

const FIELDS = ["name", "description"] as const;

function bodyOf(form: FormData): SiteBody {
  const { text } = valuesOf(form);
  return { name: text("name"), description: text("description") };
}

/** Adds a site, or changes the one given. */
export default function SiteDialog({
  site,
  onClose,
}: {
  site: Pick<Site, "id" | "name"> | null;
  onClose: () => void;
}) {
  const t = useT();
  return (
    <EditDialog
      kind={SITES}
      id={site?.id ?? null}
      title={site ? t("device.edit", { name: site.name }) : t("site.add")}
      fields={FIELDS}
      bodyOf={bodyOf}
      onClose={onClose}
    >
      {(row, fault) => (
        <div className="flex flex-col gap-4 sm:col-span-2">
          <TextField
            label={t("device.name")}
            name="name"
            defaultValue={row?.name}
            required
            autoFocus
            hint={t("site.name.hint")}
            error={fault("name")}
          />
          <TextArea
            label={t("cadence.description")}
            name="description"
            rows={2}
            defaultValue={row?.description}
            error={fault("description")}
          />
        </div>
      )}
    </EditDialog>
  );
}
