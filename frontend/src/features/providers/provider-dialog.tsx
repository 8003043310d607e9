import { PROVIDERS } from "@/api/editables";
import type { Provider, ProviderBody } from "@/api/types";
import { useT } from "@/i18n";
import { EditDialog } from "@/ui/edit-dialog";
import { TextArea, TextField } from "@/ui/field";
import { valuesOf } from "@/ui/form-values";

const FIELDS = ["name", "contact", "phone"] as const;

function bodyOf(form: FormData): ProviderBody {
  const { text } = valuesOf(form);
  return { name: text("name"), contact: text("contact"), phone: text("phone") };
}

/** Adds a provider, or changes the one given. */
export default function ProviderDialog({
  provider,
  onClose,
}: {
  provider: Pick<Provider, "id" | "name"> | null;
  onClose: () => void;
}) {
  const t = useT();
  return (
    <EditDialog
      kind={PROVIDERS}
      id={provider?.id ?? null}
      title={provider ? t("device.edit", { name: provider.name }) : t("provider.add")}
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
            label={t("provider.phone")}
            name="phone"
            defaultValue={row?.phone}
            hint={t("provider.phone.hint")}
            error={fault("phone")}
          />
          <div className="sm:col-span-2">
            <TextArea
              label={t("branch.contact")}
              name="contact"
              rows={3}
              defaultValue={row?.contact}
              hint={t("provider.contact.hint")}
              error={fault("contact")}
            />
          </div>
        </>
      )}
    </EditDialog>
  );
}
