import { useMe, useSaveMe } from "@/api/session";
import type { Language, Theme } from "@/api/types";
import { useFormat } from "@/format";
import { useNow } from "@/format/now";
import { browserZone } from "@/format/zone";
import { useT } from "@/i18n";
import { SelectField, TextField } from "@/ui/field";
import { Panel } from "@/ui/panel";

const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "ka", label: "ქართული" },
];

/** Every choice is kept at once; there is nothing to save. */
export function PreferencesPanel() {
  const t = useT();
  const me = useMe();
  const save = useSaveMe();
  const format = useFormat();
  const now = new Date(useNow()).toISOString();
  const themes = (["system", "light", "dark"] as const).map((value) => ({
    value,
    label: t(`theme.${value}`),
  }));
  const zones = ["", ...Intl.supportedValuesOf("timeZone")].map((value) => ({
    value,
    label: value || t("profile.zone.browser", { zone: browserZone() }),
  }));
  return (
    <Panel title={t("profile.look")}>
      <div className="flex flex-col gap-4">
        <TextField
          label={t("users.name")}
          defaultValue={me.display_name}
          onBlur={(event) => {
            const display_name = event.target.value.trim();
            if (display_name !== me.display_name) {
              save.mutate({ display_name });
            }
          }}
        />
        <SelectField
          label={t("profile.theme")}
          value={me.theme}
          options={themes}
          onChange={(event) => save.mutate({ theme: event.target.value as Theme })}
        />
        <SelectField
          label={t("profile.language")}
          value={me.language}
          options={LANGUAGES}
          onChange={(event) => save.mutate({ language: event.target.value as Language })}
        />
        <SelectField
          label={t("profile.zone")}
          value={me.time_zone}
          options={zones}
          hint={format.dateTime(now)}
          onChange={(event) => save.mutate({ time_zone: event.target.value })}
        />
      </div>
    </Panel>
  );
}
