import { PROFILES } from "@/api/editables";
import type { Profile, ProfileBody } from "@/api/types";
import { useT } from "@/i18n";
import { EditDialog } from "@/ui/edit-dialog";
import { TextArea, TextField } from "@/ui/field";
import { valuesOf } from "@/ui/form-values";

const FIELDS = ["name", "ping_cadence_s", "description"] as const;

function bodyOf(form: FormData): ProfileBody {
  const { text, number } = valuesOf(form);
  return {
    name: text("name"),
    // Nothing written is refused by the server as no number.
    ping_cadence_s: number("ping_cadence_s") as number,
    description: text("description"),
  };
}

/** Adds a cadence, or changes the one given. */
export default function ProfileDialog({
  profile,
  onClose,
}: {
  profile: Pick<Profile, "id" | "name"> | null;
  onClose: () => void;
}) {
  const t = useT();
  return (
    <EditDialog
      kind={PROFILES}
      id={profile?.id ?? null}
      title={profile ? t("device.edit", { name: profile.name }) : t("cadence.add")}
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
            label={t("cadence.seconds")}
            name="ping_cadence_s"
            inputMode="decimal"
            defaultValue={row?.ping_cadence_s}
            required
            hint={t("cadence.seconds.hint")}
            error={fault("ping_cadence_s")}
          />
          <div className="sm:col-span-2">
            <TextArea
              label={t("cadence.description")}
              name="description"
              rows={2}
              defaultValue={row?.description}
              error={fault("description")}
            />
          </div>
        </>
      )}
    </EditDialog>
  );
}
