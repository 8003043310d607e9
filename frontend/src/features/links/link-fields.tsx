import { useChoices } from "@/api/places";
import type { Link, LinkBody } from "@/api/types";
import { useT } from "@/i18n";
import { ChoiceField } from "@/ui/choice-field";
import type { FaultAt } from "@/ui/edit-dialog";
import { CheckField, SelectField, TextField } from "@/ui/field";

export const FIELDS = [
  "name",
  "branch_id",
  "provider_id",
  "role",
  "probe_address",
  "source_address",
  "circuit_id",
  "bandwidth_mbps",
  "profile_id",
  "site_id",
] as const;

interface LinkFieldsProps {
  link: Link | null;
  branch: number | undefined;
  fault: FaultAt<LinkBody>;
}

export function LinkFields({ link, branch, fault }: LinkFieldsProps) {
  const t = useT();
  const roles = (["primary", "backup"] as const).map((value) => ({
    value,
    label: t(`link.role.${value}`),
  }));
  return (
    <>
      <TextField
        label={t("device.name")}
        name="name"
        defaultValue={link?.name}
        required
        autoFocus
        hint={t("link.name.hint")}
        error={fault("name")}
      />
      <SelectField
        label={t("link.role")}
        name="role"
        defaultValue={link?.role}
        options={roles}
        error={fault("role")}
      />
      <ChoiceField
        kind="branches"
        name="branch_id"
        label={t("device.branch")}
        chosen={link?.branch ?? branch}
        none={t("choice.choose")}
        missing={t("link.branch.missing")}
        error={fault("branch_id")}
      />
      <ChoiceField
        kind="providers"
        name="provider_id"
        label={t("link.provider")}
        chosen={link?.provider}
        none={t("choice.choose")}
        missing={t("link.provider.missing")}
        error={fault("provider_id")}
      />
      <TextField
        label={t("link.probe")}
        name="probe_address"
        defaultValue={link?.probe_address}
        required
        hint={t("link.probe.hint")}
        error={fault("probe_address")}
      />
      <LessAsked link={link} fault={fault} />
      <div className="sm:col-span-2">
        <CheckField
          label={t("link.enabled")}
          name="enabled"
          defaultChecked={link?.enabled ?? true}
        />
      </div>
    </>
  );
}

function LessAsked({ link, fault }: Omit<LinkFieldsProps, "branch">) {
  const t = useT();
  const sites = useChoices("sites").data ?? [];
  return (
    <>
      <TextField
        label={t("link.source")}
        name="source_address"
        defaultValue={link?.source_address ?? ""}
        hint={t("link.source.hint")}
        error={fault("source_address")}
      />
      <TextField
        label={t("link.circuit")}
        name="circuit_id"
        defaultValue={link?.circuit_id}
        hint={t("link.circuit.hint")}
        error={fault("circuit_id")}
      />
      <TextField
        label={`${t("link.bandwidth")}, ${t("unit.mbps")}`}
        name="bandwidth_mbps"
        inputMode="numeric"
        defaultValue={link?.bandwidth_mbps ?? ""}
        error={fault("bandwidth_mbps")}
      />
      <ChoiceField
        kind="profiles"
        name="profile_id"
        label={t("device.profile")}
        chosen={link?.profile}
        none={t("cadence.default")}
        error={fault("profile_id")}
      />
      {sites.length > 1 ? (
        <ChoiceField
          kind="sites"
          name="site_id"
          label={t("device.site")}
          chosen={link?.site}
          error={fault("site_id")}
        />
      ) : null}
    </>
  );
}
