import type { Branch, BranchBody } from "@/api/types";
import { useT } from "@/i18n";
import { ChoiceField } from "@/ui/choice-field";
import type { FaultAt } from "@/ui/edit-dialog";
import { TextArea, TextField } from "@/ui/field";

export const FIELDS = [
  "name",
  "code",
  "region_id",
  "city",
  "address",
  "latitude",
  "longitude",
  "contact",
] as const;

export function BranchFields({
  branch,
  region,
  fault,
}: {
  branch: Branch | null;
  region: number | undefined;
  fault: FaultAt<BranchBody>;
}) {
  const t = useT();
  const text = (name: "code" | "city", label: string) => (
    <TextField label={label} name={name} defaultValue={branch?.[name]} error={fault(name)} />
  );
  const degrees = (name: "latitude" | "longitude", hint: string) => (
    <TextField
      label={t(`branch.${name}`)}
      name={name}
      inputMode="decimal"
      defaultValue={branch?.[name] ?? ""}
      hint={hint}
      error={fault(name)}
    />
  );
  return (
    <>
      <TextField
        label={t("device.name")}
        name="name"
        defaultValue={branch?.name}
        required
        autoFocus
        error={fault("name")}
      />
      <ChoiceField
        kind="regions"
        name="region_id"
        label={t("device.region")}
        chosen={branch?.region ?? region}
        none={t("choice.choose")}
        missing={t("branch.region.missing")}
        error={fault("region_id")}
      />
      {text("code", t("branch.code"))}
      {text("city", t("branch.city"))}
      <div className="sm:col-span-2">
        <TextField
          label={t("branch.address")}
          name="address"
          defaultValue={branch?.address}
          error={fault("address")}
        />
      </div>
      {degrees("latitude", t("branch.latitude.hint"))}
      {degrees("longitude", t("branch.longitude.hint"))}
      <div className="sm:col-span-2">
        <TextArea
          label={t("branch.contact")}
          name="contact"
          rows={2}
          defaultValue={branch?.contact}
          hint={t("branch.contact.hint")}
          error={fault("contact")}
        />
      </div>
    </>
  );
}
